namespace NewsWatch.Core.Stories;

/// <summary>
/// The " - Publisher" that sites and aggregators put behind headlines. Only what is surely a name is taken off:
/// "Live updates - Kyiv hit" and "Live updates - Odesa hit" are two headlines.
/// </summary>
internal static class PublisherSuffix
{
    private const int MaxWords = 5;
    private static readonly string[] Separators = [" - ", " – ", " — ", " | ", " · ", " • ", " :: ", " » "];

    private static readonly HashSet<string> NameWords =
    [
        "news", "times", "post", "daily", "today", "journal", "herald", "guardian", "tribune", "telegraph", "independent", "reuters", "press", "magazine",
        "review", "chronicle", "gazette", "observer", "express", "mail", "sun", "mirror", "standard", "star", "globe", "zeitung", "presse", "tv", "radio", "online",
    ];

    public static string Strip(string title, IEnumerable<string> names)
    {
        var (at, separator) = Separators
            .Select(separator => (At: title.LastIndexOf(separator, StringComparison.Ordinal), separator))
            .MaxBy(found => found.At);
        if (at <= 0)
        {
            return title;
        }

        var tail = title[(at + separator.Length)..].Trim();
        return IsName(tail, separator == " | ", names) ? title[..at] : title;
    }

    private static bool IsName(string tail, bool afterBar, IEnumerable<string> names)
    {
        var words = TitleKey.Words(tail);
        if (words.Count is 0 or > MaxWords)
        {
            return false;
        }

        return names.Any(name => TitleKey.Words(name).SequenceEqual(words))
            || IsHost(tail)
            || IsAcronym(tail)
            || (IsCapitalised(tail) && (words.Any(NameWords.Contains) || (afterBar && words.Count <= 3)));
    }

    private static bool IsCapitalised(string tail) =>
        tail.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => !char.IsLower(word[0]) || word is "the" or "of" or "and" or "de" or "für");

    private static bool IsHost(string tail) =>
        !tail.Contains(' ') && tail.IndexOf('.') is var dot and > 0 && tail.Length - dot is > 2 and < 10;

    private static bool IsAcronym(string tail) => tail.Length is >= 2 and <= 6 && tail.All(char.IsAsciiLetterUpper);
}
