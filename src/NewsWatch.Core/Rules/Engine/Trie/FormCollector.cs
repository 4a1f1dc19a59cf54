using NewsWatch.Core.Rules.Terms;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Engine.Trie;

/// <summary>Gathers the forms of classes for a <see cref="FormTable"/>.</summary>
internal sealed class FormCollector
{
    private readonly List<ulong> _hashes = [];
    private readonly List<int> _uses = [];
    private readonly Dictionary<ClassUse, int> _numbers = [];

    /// <summary>Adds the forms of a class, which is known by its number until its symbol is.</summary>
    public void Add(int number, IReadOnlyList<Form> forms)
    {
        foreach (var form in forms)
        {
            var use = new ClassUse(number, form.Languages, form.Capital, OneToken: false);
            if (!_numbers.TryGetValue(use, out var known))
            {
                _numbers.Add(use, known = _numbers.Count);
            }

            _hashes.Add(WordHash.Of(form.Folded));
            _uses.Add(known);
        }
    }

    /// <summary>The table of all forms.</summary>
    /// <param name="firstClass">The symbol of the first class.</param>
    public FormTable Build(int firstClass) => new([.. _hashes], [.. _uses], [.. _numbers.Keys.Select(use => use with { Symbol = firstClass + use.Symbol })]);
}
