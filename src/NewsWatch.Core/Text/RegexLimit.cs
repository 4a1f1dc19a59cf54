namespace NewsWatch.Core.Text;

/// <summary>
/// The longest one pattern may look at one text. It guards against a pattern that backtracks without end; it is not a budget.
/// The runtime counts the time that passes, not the time a thread works, so on a crowded machine a limit of a second ends harmless searches.
/// </summary>
internal static class RegexLimit
{
    public const int Milliseconds = 30_000;
}
