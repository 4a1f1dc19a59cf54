using NewsWatch.Configuration;

namespace NewsWatch.Backtest;

/// <summary>What a backtest compares, and over which readings.</summary>
/// <param name="Candidate">The configuration that is tried.</param>
internal sealed record BacktestRequest(WatchConfiguration Candidate)
{
    /// <summary>What it is compared with; null for nothing.</summary>
    public WatchConfiguration? Baseline { get; init; }

    /// <summary>The one rule to look at; null for all.</summary>
    public string? Rule { get; init; }

    /// <summary>The earliest reading; null for the archive's first.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The latest reading; null for the archive's last.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How far each reading is followed.</summary>
    public BacktestLevel Level { get; init; } = BacktestLevel.Alerts;

    /// <summary>True to see also how far readings come in the candidate's <see cref="Rule"/>, and which of them lack one clause alone.</summary>
    public bool Near { get; init; }

    /// <summary>The most samples of each kind: new, gone, the same, near.</summary>
    public int MaxSamples { get; init; } = 50;
}

/// <summary>How far a reading is followed.</summary>
public enum BacktestLevel
{
    /// <summary>To the rules that fire.</summary>
    Matches,

    /// <summary>To alerts and messages.</summary>
    Alerts,
}

/// <summary>How far a backtest is.</summary>
internal readonly record struct BacktestProgress(int Done, int Total);
