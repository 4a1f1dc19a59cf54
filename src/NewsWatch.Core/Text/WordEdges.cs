namespace NewsWatch.Core.Text;

/// <summary>Where a word ends although letters follow, and where it goes on although none does.</summary>
internal static class WordEdges
{
    private const int GroupLength = 3;
    private const int YearLength = 4;

    /// <summary>Behind the ASCII letters and digits from a position that belong to the word of a hashtag or a handle which begins at <paramref name="word"/>.</summary>
    public static int EndOfTagWord(string text, int position, int word)
    {
        var end = position;
        while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]) && !(end > word && BeginsWordOfTag(text, end)))
        {
            end++;
        }

        return end;
    }

    /// <summary>Whether a word that reaches to <paramref name="end"/> ends before the character behind it: "NATO는" is a name and its particle.</summary>
    public static bool EndsBefore(char c, string text, int end, bool inTag) =>
        Scripts.IsHangul(c) ? char.IsAsciiLetterOrDigit(text[end - 1])
        : char.IsAsciiLetterOrDigit(c) ? inTag || Scripts.IsHangul(text[end - 1])
        : inTag && end < text.Length && BeginsWordOfTag(text, end);

    /// <summary>Whether there is a capital with its dot at a position: the second initial of "U. S. troops".</summary>
    public static bool IsInitial(string text, int position) =>
        position + 1 < text.Length && char.IsUpper(text[position]) && text[position + 1] == '.' && !(position + 2 < text.Length && char.IsLetter(text[position + 2]));

    /// <summary>Whether the sign at a position joins two digits of a number; a space or an apostrophe only before three of them.</summary>
    public static bool JoinsDigits(string text, int position)
    {
        var next = position + 1;
        return position > 0 && next < text.Length && char.IsDigit(text[next]) && char.IsDigit(text[position - 1])
            && (text[position] is '.' or ',' or '\u066B' or '\u066C' || IsGroup(text, next));
    }

    private static bool IsGroup(string text, int position) => DigitsFrom(text, position) == GroupLength;

    // At most one more than a year has.
    private static int DigitsFrom(string text, int position)
    {
        var digits = 0;
        while (position + digits < text.Length && digits <= YearLength && char.IsDigit(text[position + digits]))
        {
            digits++;
        }

        return digits;
    }

    // "StopPutin", "USElection", "G20Summit", "Election2028".
    private static bool BeginsWordOfTag(string text, int position) =>
        (char.IsAsciiDigit(text[position]) && char.IsLower(text[position - 1]) && DigitsFrom(text, position) == YearLength)
        || BeginsCapitalWord(text, position);

    private static bool BeginsCapitalWord(string text, int position) =>
        char.IsUpper(text[position])
        && (char.IsLower(text[position - 1]) || char.IsDigit(text[position - 1])
            || (char.IsUpper(text[position - 1]) && position + 2 < text.Length && char.IsLower(text[position + 1]) && char.IsLower(text[position + 2])));
}
