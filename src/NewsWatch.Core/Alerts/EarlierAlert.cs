namespace NewsWatch.Core.Alerts;

/// <summary>An earlier alert of a story.</summary>
public sealed record EarlierAlert(string Key, string Rule, AlertReason Reason, int Step, Severity Severity, DateTimeOffset At)
{
    /// <summary>True for an alert of the report that the article belongs to. Where a story is a headline, it is one report.</summary>
    public bool IsOfReport { get; init; } = true;

    /// <summary>True for an alert of this very article.</summary>
    public bool IsOfArticle { get; init; }
}
