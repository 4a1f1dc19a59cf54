using System.Text.RegularExpressions;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Changes;

/// <summary>What newsrooms and sites write above, below or in place of articles, in all known languages: recognised by the beginning of a paragraph or sentence.</summary>
internal static partial class Notices
{
    private const int MaxFurniture = 120;
    private const int MaxNotice = 600;

    /// <summary>Quotes, brackets and marks that may stand before the words.</summary>
    private const int MaxBefore = 20;
    private static readonly IReadOnlyList<Regex> Furniture = Matcher("furniture");
    private static readonly IReadOnlyList<Regex> Correction = Matcher("correction");
    private static readonly IReadOnlyList<Regex> Withdrawal = Matcher("withdrawn");
    private static readonly IReadOnlyList<Regex> Wall = Matcher("wall");

    /// <summary>A paragraph that is none of the article: "Updated 14:32", "Share this story".</summary>
    public static bool IsFurniture(string paragraph) => paragraph.Length <= MaxFurniture && Any(Furniture, paragraph);

    /// <summary>"Correction: an earlier version of this article ...".</summary>
    public static bool IsCorrection(string sentence) => Any(Correction, Beginning(sentence));

    /// <summary>"This article has been withdrawn."</summary>
    public static bool IsWithdrawal(string paragraph) => Any(Withdrawal, Beginning(paragraph));

    /// <summary>What a site says to those who have not paid, registered or consented, or whom it gives an error.</summary>
    public static bool IsWall(string paragraph) => Any(Wall, Beginning(paragraph));

    /// <summary>An entry of a live page: "16:40 The number of people killed has risen to 51."</summary>
    public static bool IsEntry(string paragraph) => Clock().IsMatch(Beginning(paragraph));

    private static string Beginning(string text) => text.Length > MaxNotice ? text[..MaxNotice] : text;

    private static bool Any(IReadOnlyList<Regex> languages, string text) => languages.Any(language => language.IsMatch(text));

    /// <summary>One expression for each language, for texts of up to <see cref="MaxNotice"/> characters that begin with few others.</summary>
    private static IReadOnlyList<Regex> Matcher(string section) => [.. WordList.Names("Changes.Words.")
        .Select(name => string.Join('|', WordList.Sections(name).Where(line => line.Section == section).Select(line => line.Text)))
        .Where(phrases => phrases.Length > 0)
        .Select(phrases => RegexLimit.OfPhrases($@"^\W{{0,{MaxBefore}}}({phrases})"))];

    [GeneratedRegex(@"^\W*\d{1,2}[:.h]\d{2}\b.{0,12}\p{L}", RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Clock();
}
