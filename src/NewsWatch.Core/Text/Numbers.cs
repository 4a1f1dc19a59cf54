using System.Buffers;

namespace NewsWatch.Core.Text;

/// <summary>Numbers as different countries write them: 1,000 and 1.000 and 1 000 are 1000, and 3,5 is 3.5.</summary>
internal static class Numbers
{
    private const int GroupLength = 3;
    private static readonly SearchValues<char> Parts = SearchValues.Create("0123456789.,");

    /// <summary>Normalises a folded word with commas or dots between its digits in place; returns its new length. Dates and versions stay as they are.</summary>
    public static int Normalise(Span<char> word)
    {
        var end = word.IndexOfAnyExcept(Parts);
        var number = end < 0 ? word : word[..end];
        var first = number.IndexOfAny('.', ',');
        if (first < 0)
        {
            return word.Length;
        }

        var behind = first <= GroupLength && number[0] != '0' ? BehindGroups(number, first) : first;
        if (behind < number.Length && (number[(behind + 1)..].ContainsAny('.', ',') || (behind > first && number[behind] == number[first])))
        {
            return word.Length;
        }

        if (behind < number.Length)
        {
            number[behind] = '.';
        }

        return Join(word, first, behind);
    }

    // Behind the last group of three digits, each after the same sign.
    private static int BehindGroups(ReadOnlySpan<char> number, int first)
    {
        var at = first;
        while (at < number.Length && number[at] == number[first] && IsGroup(number[(at + 1)..]))
        {
            at += GroupLength + 1;
        }

        return at;
    }

    private static bool IsGroup(ReadOnlySpan<char> rest) => rest.IndexOfAny('.', ',') == GroupLength || (rest.Length == GroupLength && !rest.ContainsAny('.', ','));

    // Drops the signs between the groups from first to before behind.
    private static int Join(Span<char> word, int first, int behind)
    {
        var to = first;
        for (var from = first; from < word.Length; from++)
        {
            if (from >= behind || (from - first) % (GroupLength + 1) != 0)
            {
                word[to++] = word[from];
            }
        }

        return to;
    }
}
