namespace NewsWatch.Core.Alerts;

/// <summary>What was alerted before about a story.</summary>
public sealed record EarlierAlert(string Key, string Rule, AlertReason Reason, int Step, Severity Severity, DateTimeOffset At)
{
    /// <summary>True where it told the report that the article belongs to. Where stories are told by their headline, a story is one report.</summary>
    public bool IsOfReport { get; init; } = true;

    /// <summary>True where it told this very article.</summary>
    public bool IsOfArticle { get; init; }
}
