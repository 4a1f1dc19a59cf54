using System.Text.RegularExpressions;
using NewsWatch.Core.Text;

namespace NewsWatch.Storage.Archive;

/// <summary>One part of an expression that <see cref="SearchQuery.Parse"/> made: words that stand in a row.</summary>
/// <param name="Words">As the index cuts them.</param>
/// <param name="IsBeginning">The last one is the beginning of a word.</param>
internal sealed partial record SearchTerm(IReadOnlyList<string> Words, bool IsBeginning)
{
    /// <summary>Letters of a beginning that the index finds at once. With fewer it reads a large part of all words, and where they stand, before it knows the first article.</summary>
    private const int Letters = 4;

    private readonly string _inText = $" {string.Join(' ', Words)}{(IsBeginning ? "" : " ")}";

    /// <summary>True for a beginning that stands in so many words that most articles have one of them.</summary>
    public bool IsShort => IsBeginning && Words is [.., { Length: < Letters } last] && last[0] < SearchQuery.FirstIdeograph;

    /// <summary>The parts of an expression.</summary>
    public static IReadOnlyList<SearchTerm> Parse(string expression) =>
        [.. Term().Matches(expression).Select(term => new SearchTerm(Cut(term.Groups["words"].Value), term.Groups["beginning"].Success)).Where(term => term.Words.Count > 0)];

    /// <summary>The expression of parts; null for none.</summary>
    public static string? Expression(IEnumerable<SearchTerm> terms) =>
        string.Join(" AND ", terms.Select(term => $"\"{string.Join(' ', term.Words)}\"{(term.IsBeginning ? " *" : "")}")) is { Length: > 0 } expression ? expression : null;

    /// <summary>Words as SQLite's index cuts them: at blanks and at all of ASCII that is no letter or digit.</summary>
    public static string[] Cut(string folded) => Between().Split(folded).Where(word => word.Length > 0).ToArray();

    /// <summary>A text as <see cref="IsIn"/> reads it.</summary>
    public static string Readable(string text) => $" {string.Join(' ', Cut(SearchWords.Of(text)))} ";

    /// <summary>True when a text has these words.</summary>
    /// <param name="readable">Made by <see cref="Readable"/>.</param>
    public bool IsIn(string readable) => readable.Contains(_inText, StringComparison.Ordinal);

    [GeneratedRegex("\"(?<words>([^\"]|\"\")*)\"(?<beginning> \\*)?", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Term();

    [GeneratedRegex(@"[\u0000-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u007F]+", RegexOptions.NonBacktracking)]
    private static partial Regex Between();
}
