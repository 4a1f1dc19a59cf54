using System.Buffers;
using System.Text;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Terms;

/// <summary>Reads words with <c>*</c> and <c>?</c>: <c>sanct*</c>, <c>Uk?aine</c>, <c>CVE-2026*</c>, and <c>*Sanktionen</c> for what a long word ends in.</summary>
internal sealed class WildcardReader(TokenStream stream)
{
    private const int MinTailLength = 5;
    private const int MinBeginningLength = 3;
    private static readonly SearchValues<char> Dashes = SearchValues.Create("-\u2010\u2011\u2012\u2013\u2212");

    /// <summary>The spellings of a chunk with a wildcard, or what is wrong with it.</summary>
    public (List<TermWord[]> Spellings, string? Problem) Read(TermChunk chunk)
    {
        var body = chunk.Body;
        var first = body.AsSpan().IndexOfAny('*', '?');
        if (chunk.Exact || (chunk.Inflected && first > 0))
        {
            return ([], $"has both {(chunk.Exact ? "=" : "~")} and a wildcard. Keep one.");
        }

        if (first == 0)
        {
            return ReadTail(chunk);
        }

        var dash = body.AsSpan().LastIndexOfAny(Dashes);
        return dash > 0 && dash < first ? ReadHyphenated(body, dash) : ReadWord(body);
    }

    private (List<TermWord[]> Spellings, string? Problem) ReadTail(TermChunk chunk)
    {
        var tail = chunk.Body[0] == '*' && chunk.Body.AsSpan(1).IndexOfAny('*', '?') < 0 ? Fold(chunk.Body[1..]) : null;
        return tail is { Length: >= MinTailLength }
            ? ([[new TermWord(chunk.Inflected ? WordKind.InflectedTail : WordKind.Tail, tail, null, SameSentence: false)]], null)
            : ([], $"begins with a wildcard. Write at least {MinTailLength} letters behind it and no other wildcard (*Sanktionen finds Russlandsanktionen), or the beginning of the word: at least {MinBeginningLength} letters, then *.");
    }

    private (List<TermWord[]> Spellings, string? Problem) ReadWord(string body)
    {
        var pattern = Fold(body);
        return Problem(pattern, pattern) is { } problem ? ([], problem) : ([[Pattern(pattern!)]], null);
    }

    // The wildcard is in the last part of a compound.
    private (List<TermWord[]> Spellings, string? Problem) ReadHyphenated(string body, int dash)
    {
        var last = Fold(body[(dash + 1)..]);
        stream.Read(body[..dash]);
        var parts = Enumerable.Range(0, stream.Count).Select(i => new TermWord(WordKind.Exact, stream.FoldedOf(i).ToString(), null, i > 0)).ToList();
        var solid = last is null ? null : string.Concat(parts.Select(part => part.Folded)) + last;
        if (parts.Count == 0 || last is null or ['*' or '?', ..] || Problem(last, solid) is not null)
        {
            return ([], Problem(last is ['*' or '?', ..] ? null : last, solid));
        }

        return ([[.. parts, Pattern(last) with { SameSentence = true }], [Pattern(solid!)]], null);
    }

    private static TermWord Pattern(string folded) => new(WordKind.Wildcard, folded, null, SameSentence: false);

    private static string? Problem(string? pattern, string? whole) =>
        pattern is null || whole is null ? "mixes a wildcard with marks or with Chinese or Japanese characters. Write one word: letters, * and ?."
        : whole.IndexOf('*', StringComparison.Ordinal) is >= 0 and var star && !whole.AsSpan(0, star).Contains('?') && Weight(whole.AsSpan(0, star)) < MinBeginningLength ? $"is too short: at least {MinBeginningLength} letters must stand before *."
        : Weight(whole) < MinBeginningLength ? $"is too short: a word with a wildcard needs at least {MinBeginningLength} letters."
        : null;

    // A Korean syllable is two or three letters.
    private static int Weight(ReadOnlySpan<char> pattern)
    {
        var weight = 0;
        foreach (var c in pattern)
        {
            weight += Scripts.IsHangul(c) ? 2 : char.IsLetterOrDigit(c) ? 1 : 0;
        }

        return weight;
    }

    // Folds the text between the wildcards; null if it is not one plain word.
    private string? Fold(string body)
    {
        var pattern = new StringBuilder();
        var start = 0;
        while (start < body.Length)
        {
            var end = body.IndexOfAny(['*', '?'], start);
            end = end < 0 ? body.Length : end;
            if (!AppendFolded(pattern, body[start..end]))
            {
                return null;
            }

            if (end < body.Length)
            {
                pattern.Append(body[end]);
            }

            start = end + 1;
        }

        return pattern.ToString();
    }

    private bool AppendFolded(StringBuilder pattern, string part)
    {
        stream.Read(part);
        if (stream.Count > 1 || (part.Length > 0 && (stream.Count == 0 || stream.Marks[0].Has(TokenMarks.Ideograph))))
        {
            return false;
        }

        pattern.Append(stream.Count == 1 ? stream.FoldedOf(0) : "");
        return true;
    }
}
