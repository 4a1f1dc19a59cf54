using System.Diagnostics.Metrics;

namespace NewsWatch.Desk;

/// <summary>The metrics of the desk.</summary>
internal sealed class DeskMetrics
{
    private readonly Histogram<double> _seconds;

    public DeskMetrics(IMeterFactory meters, Live live)
    {
        var meter = meters.Create("newswatch");
        _seconds = meter.CreateHistogram<double>("desk_request_seconds", "s", "One request to the desk, by page.");
        meter.CreateObservableGauge("desk_streams", () => live.Open, description: "Open pages that follow what happens.");
    }

    /// <summary>A page was asked for.</summary>
    /// <param name="page">Its route, so that the number of series is that of pages.</param>
    public void Asked(string page, TimeSpan took) => _seconds.Record(took.TotalSeconds, new KeyValuePair<string, object?>("page", page));
}
