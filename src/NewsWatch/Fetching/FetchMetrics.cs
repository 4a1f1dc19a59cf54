using System.Diagnostics.Metrics;

namespace NewsWatch.Fetching;

/// <summary>The metrics of fetching.</summary>
public sealed class FetchMetrics
{
    private readonly Meter _meter;
    private readonly Counter<long> _fetches;
    private readonly Counter<long> _bytes;
    private readonly Histogram<double> _seconds;
    private readonly Counter<long> _names;

    public FetchMetrics(IMeterFactory meters)
    {
        _meter = meters.Create("newswatch");
        _fetches = _meter.CreateCounter<long>("fetches_total", description: "Fetches by outcome.");
        _bytes = _meter.CreateCounter<long>("fetched_bytes_total", "By", "Bytes of bodies after decompression.");
        _seconds = _meter.CreateHistogram<double>("fetch_seconds", "s", "From request to the last byte, redirects and the retry included.");
        _names = _meter.CreateCounter<long>("name_lookups_total", description: "Host names looked up, by outcome.");
    }

    /// <summary>Exports the memory budget.</summary>
    internal void Watch(MemoryBudget memory)
    {
        _meter.CreateObservableGauge("document_memory_bytes", () => Each(memory, pool => pool.Used), description: "Memory counted for bodies that are received and documents that are read.");
        _meter.CreateObservableGauge("document_memory_waiting", () => Each(memory, pool => pool.Waiting), description: "Bodies and documents that wait for memory.");
    }

    internal void Count(FetchResult result, TimeSpan took)
    {
        _fetches.Add(1, new KeyValuePair<string, object?>("outcome", Name(result)));
        _seconds.Record(took.TotalSeconds);
        if (result is FetchResult.Fetched fetched)
        {
            _bytes.Add(fetched.Body.Length);
        }
    }

    internal void CountName(string outcome) => _names.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    private static Measurement<long>[] Each(MemoryBudget memory, Func<BudgetPool, long> value) =>
    [
        new(value(memory.Received), new KeyValuePair<string, object?>("use", "received")),
        new(value(memory.Read), new KeyValuePair<string, object?>("use", "read")),
    ];

    private static string Name(FetchResult result) => result switch
    {
        FetchResult.Fetched => "fetched",
        FetchResult.NotModified => "not_modified",
        FetchResult.Gone => "gone",
        FetchResult.Blocked => "blocked",
        FetchResult.BadRedirect => "bad_redirect",
        FetchResult.TooLarge => "too_large",
        FetchResult.Failed { Why: FailureKind.Connection } => "connection",
        FetchResult.Failed { Why: FailureKind.Timeout } => "timeout",
        FetchResult.Failed { Why: FailureKind.Server } => "server_error",
        FetchResult.Failed { Why: FailureKind.Throttled } => "throttled",
        FetchResult.Failed { Why: FailureKind.NotFound } => "not_found",
        FetchResult.Failed { Why: FailureKind.Refused } => "refused",
        _ => "unusable",
    };
}
