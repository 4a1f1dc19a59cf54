using System.Globalization;
using System.Text.RegularExpressions;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Articles.Metadata;

/// <summary>Splits a byline into names.</summary>
internal static partial class BylineNames
{
    private const int MaxNames = 20;

    // What a link to a writer's page says around the name.
    private static readonly Regex LinkWords = RegexLimit.OfPhrases(@"^\s*(?:(?:view|see|read|show|browse|more)\s+)?(?:all\s+)?(?:(?:the|other)\s+)?(?:posts?|articles?|stories|content|more)\s+(?:by|from|of)\s+|^\s*(?:zeige\s+)?(?:alle|mehr|weitere)\s+(?:beiträge|artikel|posts)\s+(?:anzeigen\s+)?von\s+|^\s*(?:voir\s+)?(?:tous\s+)?les\s+articles\s+d[eu]\s+|^\s*ver\s+tod[ao]s\s+l[ao]s\s+(?:entradas|artículos)\s+de\s+|^\s*(?:vedi\s+)?tutti\s+gli\s+articoli\s+di\s+");

    private static readonly Regex House = RegexLimit.OfPhrases(@"\b(?:desk|news ?room|news ?desk|newsdesk|staff|team|redaktion|redazione|redacción|rédaction|redaktionen|editors|editorial board|media|press office|agency|agencies|wire)$|\b[\w-]+\.(?:com|net|org|info|co\.\w\w)\b");

    /// <summary>The names in a byline in their order: "By A. Writer and B. Writer, Berlin correspondent" has two.</summary>
    public static IReadOnlyList<string> Split(string? byline)
    {
        if (PlainText.OneLine(byline) is not { Length: <= 300 } line)
        {
            return [];
        }

        var names = Separator().Split(WithoutAround(line.AsSpan().IndexOfAny('/', '@', '.') < 0 ? line : Address().Replace(line, " ")))
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

    /// <summary>The name of a house or one of its desks, and of no person: "Courier Newsroom" of the Example Courier.</summary>
    public static bool IsHouse(string name, string? publisher) =>
        House.IsMatch(name) || (publisher is not null && name.Split(' ').All(word => word is "The" or "the" || publisher.Split(' ').Contains(word, StringComparer.OrdinalIgnoreCase)));

    /// <summary>The name in the address of a writer's page, where nothing else names one: /author/ann-writer.</summary>
    public static IReadOnlyList<string> OfAddress(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var page) && NameInPath().Match(page.AbsolutePath) is { Success: true } match
            ? [CultureInfo.InvariantCulture.TextInfo.ToTitleCase(match.Groups["name"].Value.Replace('-', ' '))]
            : [];

    // "By Ann Writer in Berlin on 3 May", "View all posts by Ann Writer".
    private static string WithoutAround(string line)
    {
        var bare = Prefix().Replace(LinkWords.Replace(line, ""), "");
        return bare.Length < line.TrimStart().Length ? After().Replace(bare, "") : bare;
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

    [GeneratedRegex(@"^\s*(?:by|written by|posted by|published by|interview:|(?:erstellt|geschrieben|verfasst|veröffentlicht|gespeichert|pressemitteilung|kommentar|interview|bericht) von|von|par|por|di|de|av|af|door|od|przez|text(?:e)?|texto|testo|story by|words by|a report by|report by|ein (?:bericht|artikel|kommentar|gastbeitrag|interview) von|aus|autor(?:en|in|a|e|i)?|author(?:s)?|auteur|foto|reporting by)(?:\s*:\s*|\s+)(?=\S)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"\s*(?:[,;|/•·、，](?:\s+(?:and|und|et|y|e|og|och|en|i|&)\s)?|\s[-–—]\s|\s(?:and|und|et|y|e|og|och|en|i|mit|with|&)\s)\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Separator();

    [GeneratedRegex(@"\s*(?:@\w+|\S+@\S+|https?://\S+|\([^)]*\)|\[[^\]]*\])\s*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Handle();

    // An address may hold slashes and hyphens, which would part it into names.
    [GeneratedRegex(@"(?:https?:)?//\S+|\bwww\.\S+|\S+@\S+\.\S+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    [GeneratedRegex("/(?:authors?|profiles?|people|person|editors?|writers?|staff|autor(?:en|es)?|auteurs?|contributors?|by)/(?<name>[a-z]{2,20}(?:-[a-z]{2,20}){1,3})/?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex NameInPath();

    [GeneratedRegex(@"\s+(?:in|on|at|for|am|um|im|vom|für|le|el|en|il|den|op|til)\s+\S.*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex After();

    [GeneratedRegex(@"^[\w-]+\.[a-z]{2,4}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Domain();

    // What Korean, Japanese and German bylines put after the name: "reporter", "correspondent", "editor".
    [GeneratedRegex(@"\s*(?:기자|특파원|논설위원|인턴기자|記者|特派員)\s*$|\s+(?:Chefredakteur(?:in)?|Redakteur(?:in)?|Volontär(?:in)?|Redaktor(?:in)?)$", RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Role();

    [GeneratedRegex(@"^(?:.*\b(?:correspondent|reporter|editor|writer|columnist|redakteur(?:in)?|korrespondent(?:in)?|journaliste?|producer|updated|published|admin|administrator|unknown|null|undefined|staff writer|guest author|n/a|analyst|economist|officer|ceo|director|professor|photographer|presenter|contributor|intern)|\d.*|(?:see|view|read|show|more|zeige|alle|voir|ver|all)\b.*|zu[rm] .*|about the authors?|(?:medically |fact[- ])?(?:edited|reviewed|checked|translated|illustrated|photographed|photos?|illustrations?) by\b.*|M\.?A|M\.?D|M\.?Sc|M\.?P\.?H|Ph\.?D|MBA|RN|JD|Esq|Md[BLE]P?|OBE|CBE|news|follow|website|about|profile|bio|(?:full|author)[ -]?(?:bio|profile|page))$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex NoName();
}
