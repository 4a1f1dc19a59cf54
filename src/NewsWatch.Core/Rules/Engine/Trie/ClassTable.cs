namespace NewsWatch.Core.Rules.Engine.Trie;

/// <summary>The classes of every word, in one array.</summary>
internal sealed class ClassTable
{
    private readonly int[] _starts;
    private readonly ClassUse[] _uses;

    public ClassTable(int words, List<(int Word, ClassUse Use)> classes)
    {
        _starts = new int[words + 1];
        _uses = new ClassUse[classes.Count];
        classes.ForEach(one => _starts[one.Word + 1]++);
        for (var word = 0; word < words; word++)
        {
            _starts[word + 1] += _starts[word];
        }

        var next = _starts[..^1];
        classes.ForEach(one => _uses[next[one.Word]++] = one.Use);
    }

    public ReadOnlySpan<ClassUse> Of(int word) => _uses.AsSpan(_starts[word], _starts[word + 1] - _starts[word]);
}
