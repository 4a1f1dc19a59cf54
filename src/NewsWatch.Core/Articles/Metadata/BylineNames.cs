using System.Text.RegularExpressions;
using NewsWatch.Core.Articles.Body;

namespace NewsWatch.Core.Articles.Metadata;

/// <summary>Splits a byline into names.</summary>
internal static partial class BylineNames
{
    private const int MaxNames = 20;

    /// <summary>The names in a byline in their order: "By A. Writer and B. Writer, Berlin correspondent" has two.</summary>
    public static IReadOnlyList<string> Split(string? byline)
    {
        if (PlainText.OneLine(byline) is not { Length: <= 300 } line)
        {
            return [];
        }

        var names = Separator().Split(Prefix().Replace(line, ""))
            .Select(Clean)
            .Where(IsName)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(MaxNames);
        return names.ToList();
    }

    /// <summary>Names the publisher, or a web site, and no person.</summary>
    public static bool IsPublisher(string name, string? publisher, string host)
    {
        var key = TextMeasure.Key(name);
        return Domain().IsMatch(name) || key == TextMeasure.Key(publisher ?? "") || key == TextMeasure.Key(host.Split('.')[0]);
    }

    private static string Clean(string part)
    {
        var text = Handle().Replace(Prefix().Replace(part.Trim(), ""), "");
        text = Role().Replace(text, "");
        return text.Trim(' ', ',', '.', ';', ':', '-', '–', '—', '|', '•', '·', '*', '"', '“', '”').Trim();
    }

    private static bool IsName(string text) =>
        text.Length is > 1 and <= 60
        && text.Any(char.IsLetter)
        && text.Count(c => c == ' ') <= 6
        && !text.Contains("://", StringComparison.Ordinal)
        && !text.Contains("www.", StringComparison.OrdinalIgnoreCase)
        && !text.Contains('(', StringComparison.Ordinal) && !text.Contains(')', StringComparison.Ordinal)
        && !NoName().IsMatch(text);

    [GeneratedRegex(@"^\s*(?:by|von|par|por|di|de|av|af|door|od|przez|text(?:e)?|texto|testo|written by|story by|words by|a report by|report by|ein (?:bericht|artikel|kommentar|gastbeitrag|interview) von|aus|autor(?:en|in|a|e|i)?|author(?:s)?|auteur|foto|reporting by)(?:\s*:\s*|\s+)(?=\S)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"\s*(?:[,;|/•·、，]|\s[-–—]\s|\s(?:and|und|et|y|e|og|och|en|i|mit|with|&)\s)\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Separator();

    [GeneratedRegex(@"\s*(?:@\w+|\S+@\S+|https?://\S+|\([^)]*\)|\[[^\]]*\])\s*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Handle();

    [GeneratedRegex(@"^[\w-]+\.[a-z]{2,4}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Domain();

    // What Korean and Japanese bylines put after the name: "reporter", "correspondent".
    [GeneratedRegex(@"\s*(?:기자|특파원|논설위원|인턴기자|記者|特派員)\s*$", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Role();

    [GeneratedRegex(@"^(?:.*\b(?:correspondent|reporter|editor|writer|columnist|redakteur(?:in)?|korrespondent(?:in)?|journaliste?|producer|updated|published|admin|administrator|unknown|null|undefined|staff writer|guest author|n/a)|\d.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex NoName();
}
