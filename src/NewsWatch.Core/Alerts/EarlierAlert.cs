namespace NewsWatch.Core.Alerts;

/// <summary>What was told before about a story.</summary>
public sealed record EarlierAlert(string Key, string Rule, AlertReason Reason, int Step, Severity Severity, DateTimeOffset At);
