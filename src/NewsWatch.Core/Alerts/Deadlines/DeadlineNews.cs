namespace NewsWatch.Core.Alerts.Deadlines;

/// <summary>What an article brings of the deadlines that a rule has told in its story.</summary>
public enum DeadlineNews
{
    /// <summary>Nothing that is new.</summary>
    None,

    /// <summary>A deadline that the rule has not told.</summary>
    Set,

    /// <summary>A deadline that the rule has told is another day, or was met, missed, denied or lifted.</summary>
    Moved,
}
