using System.Text.RegularExpressions;

namespace NewsWatch.Core.Text;

/// <summary>
/// The longest one pattern may look at one text. It guards against a pattern that backtracks without end; it is not a budget.
/// The runtime counts the time that passes, not the time a thread works, so on a crowded machine a limit of a second ends harmless searches.
/// </summary>
internal static class RegexLimit
{
    public const int Milliseconds = 30_000;

    /// <summary>
    /// An expression over a list of phrases, for texts of a few hundred characters, which leave little to go back to: the engine without backtracking would keep tables of 2 to 13 MB
    /// for each list, and code that is generated at build would take tens of KiB of the image.
    /// </summary>
    public static Regex OfPhrases(string expression, RegexOptions options = RegexOptions.IgnoreCase) =>
        new(expression, options | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromMilliseconds(Milliseconds));
}
