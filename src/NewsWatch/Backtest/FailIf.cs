using System.Globalization;

namespace NewsWatch.Backtest;

/// <summary>A limit on the result of a backtest, for scripts: <c>new&gt;20</c>.</summary>
internal sealed record FailIf(string Measure, int Limit)
{
    private static readonly string[] Measures = ["new", "gone", "alerts", "mails"];

    /// <summary>Parses <c>MEASURE&gt;NUMBER</c>; null for a text that is none.</summary>
    public static FailIf? Parse(string text) =>
        text.Split('>', 2, StringSplitOptions.TrimEntries) is [var measure, var limit]
        && Measures.Contains(measure)
        && int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var most)
            ? new(measure, most)
            : null;

    /// <summary>What to write.</summary>
    public static string Forms => $"Write {string.Join(", ", Measures.SkipLast(1).Select(measure => $"\"{measure}>20\""))} or \"{Measures[^1]}>20\" (mails a day of one subscriber).";

    /// <summary>True where the result is over the limit.</summary>
    public bool IsOver(BacktestResult result) => Measure switch
    {
        "new" => result.Difference.New,
        "gone" => result.Difference.Gone,
        "alerts" => result.Candidate.Alerts,
        _ => result.Subscribers.Select(subscriber => subscriber.After.ADay).DefaultIfEmpty().Max(),
    } > Limit;
}
