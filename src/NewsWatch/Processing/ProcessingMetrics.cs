using System.Diagnostics.Metrics;

namespace NewsWatch.Processing;

/// <summary>What processing tells the metrics page.</summary>
public sealed class ProcessingMetrics
{
    private readonly Counter<long> _items;
    private readonly Counter<long> _alerts;
    private readonly Counter<long> _pages;
    private readonly Histogram<double> _seconds;

    public ProcessingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("newswatch");
        _items = meter.CreateCounter<long>("items_processed_total", description: "Items that became articles, by outcome.");
        _alerts = meter.CreateCounter<long>("alerts_total", description: "Alerts decided, from headlines or from pages.");
        _pages = meter.CreateCounter<long>("pages_total", description: "Article pages asked for, by outcome.");
        _seconds = meter.CreateHistogram<double>("processing_seconds", "s", "From claiming an item to its durable decision.");
    }

    internal void Item(string outcome, int alerts, TimeSpan took)
    {
        _items.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        _alerts.Add(alerts, new KeyValuePair<string, object?>("stage", "headline"));
        _seconds.Record(took.TotalSeconds);
    }

    internal void Page(string outcome, int alerts)
    {
        _pages.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        _alerts.Add(alerts, new KeyValuePair<string, object?>("stage", "page"));
    }
}
