using System.Buffers;
using System.Globalization;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Stories.Origins;

/// <summary>A place in a text where a source of news is named.</summary>
/// <param name="Name">The name that readers know.</param>
/// <param name="Start">UTF-16 offset of the mention.</param>
/// <param name="End">UTF-16 offset behind it.</param>
internal readonly record struct Mention(string Name, int Start, int End);

/// <summary>Names of sources of news, found in texts as whole words with their capitals.</summary>
internal sealed class NamedSources
{
    private static readonly Lazy<NamedSources> Shipped = new(() => new(WordList.Lines("Stories.Words.wires.txt").Select(line => line.Split('|')).SelectMany(names => names.Select(alias => (alias, names[0])))));

    private readonly Dictionary<string, string> _names = [];
    private readonly List<string> _longestFirst;
    private readonly SearchValues<string> _search;

    /// <summary>Remembers names.</summary>
    /// <param name="names">How texts write each, and the name that readers know.</param>
    public NamedSources(IEnumerable<(string Alias, string Name)> names)
    {
        foreach (var (alias, name) in names.Where(pair => pair.Alias.Length > 1))
        {
            _names.TryAdd(alias, name);
        }

        _longestFirst = [.. _names.Keys.OrderByDescending(alias => alias.Length)];
        _search = SearchValues.Create([.. _names.Keys], StringComparison.Ordinal);
    }

    /// <summary>The news agencies of the shipped table.</summary>
    public static NamedSources Wires => Shipped.Value;

    /// <summary>The name that readers know, of a name by itself; null for one that is not known.</summary>
    public string? NameOf(string text) => _names.GetValueOrDefault(text.Trim());

    /// <summary>Each mention in the order of the text.</summary>
    public IEnumerable<Mention> In(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var found = text.AsSpan(at).IndexOfAny(_search);
            if (found < 0)
            {
                yield break;
            }

            at += found;
            var alias = _longestFirst.Find(name => text.AsSpan(at).StartsWith(name, StringComparison.Ordinal))!;
            if (IsWhole(text, at, at + alias.Length))
            {
                yield return new(_names[alias], at, at + alias.Length);
                at += alias.Length;
            }
            else
            {
                at++;
            }
        }
    }

    // Chinese writes no spaces, and Arabic joins "to" and "and" to the name.
    private static bool IsWhole(string text, int start, int end)
    {
        var (before, first) = (start > 0 ? text[start - 1] : ' ', text[start]);
        var after = end < text.Length ? text[end] : ' ';
        return IsHan(first) || ((!IsWord(before) || (IsArabic(first) && before is 'ل' or 'و' or 'ب' && (start < 2 || !IsWord(text[start - 2])))) && !IsWord(after));
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;

    private static bool IsArabic(char c) => c is >= '\u0600' and <= '\u06FF';

    private static bool IsHan(char c) => c is >= '\u3400' and <= '\u9FFF';
}
