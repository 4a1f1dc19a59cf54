using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace NewsWatch.Web;

/// <summary>
/// The instruments of the meter "newswatch" in the Prometheus text format, each with its own type; nothing else, so the page stays readable.
/// A figure that cannot be read now, because the database is in trouble, is missing; the others are there.
/// (The library's own adapter turns counters into gauges and forgets them after five minutes.)
/// </summary>
internal sealed partial class MetricsPage : IDisposable
{
    /// <summary>The one meter of this program; its name is the prefix of the instruments' names.</summary>
    public const string Meter = "newswatch";

    /// <summary>Seconds: 10 ms to 90 min, doubling.</summary>
    private static readonly HistogramConfiguration Buckets = new() { Buckets = Histogram.ExponentialBuckets(0.01, 2, 20) };

    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private readonly MetricFactory _metrics;
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(Gauge Gauge, string[] Labels)> _observed = new();
    private readonly SemaphoreSlim _one = new(1);
    private readonly ILogger _log;

    /// <summary>Shows the meters of <paramref name="meters"/> alone: another service in this process has figures of its own.</summary>
    public MetricsPage(IMeterFactory meters, ILogger<MetricsPage> logger)
    {
        _log = logger;
        _metrics = Metrics.WithCustomRegistry(_registry);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Meter && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The page.</summary>
    public async Task<IResult> WriteAsync(CancellationToken cancellationToken)
    {
        using var page = new MemoryStream();
        await WriteAsync(page, cancellationToken);
        return Results.Bytes(page.ToArray(), PrometheusConstants.TextContentTypeWithVersionAndEncoding);
    }

    /// <summary>The page, into a stream.</summary>
    public async Task WriteAsync(Stream page, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            Observe();
            await _registry.CollectAndExportAsTextAsync(page, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _one.Dispose();
    }

    /// <summary>Clears earlier observations; else a series that is no longer observed would keep its value for ever.</summary>
    private void Observe()
    {
        while (_observed.TryDequeue(out var last))
        {
            last.Gauge.RemoveLabelled(last.Labels);
        }

        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException failures)
        {
            foreach (var failure in failures.InnerExceptions)
            {
                NotRead(_log, failure.Message);
            }
        }
    }

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var (name, help) = ($"{Meter}_{instrument.Name}", instrument.Description ?? "");
        var (names, labels) = (new string[tags.Length], new string[tags.Length]);
        for (var at = 0; at < tags.Length; at++)
        {
            (names[at], labels[at]) = (tags[at].Key, tags[at].Value?.ToString() ?? "");
        }

        switch (instrument)
        {
            case Counter<long> or Counter<int> or Counter<double>:
                _metrics.CreateCounter(name, help, names).WithLabels(labels).Inc(value);
                break;
            case Histogram<double> or Histogram<long> or Histogram<int>:
                _metrics.CreateHistogram(name, help, names, Buckets).WithLabels(labels).Observe(value);
                break;
            case ObservableCounter<long> or ObservableCounter<int> or ObservableCounter<double>:
                _metrics.CreateCounter(name, help, names).WithLabels(labels).IncTo(value);
                break;
            case UpDownCounter<long> or UpDownCounter<int> or UpDownCounter<double>:
                _metrics.CreateGauge(name, help, names).WithLabels(labels).Inc(value);
                break;
            default:
                Set(_metrics.CreateGauge(name, help, names), labels, value, instrument.IsObservable);
                break;
        }
    }

    private void Set(Gauge gauge, string[] labels, double value, bool observed)
    {
        gauge.WithLabels(labels).Set(value);
        if (observed && labels.Length > 0)
        {
            _observed.Enqueue((gauge, labels));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A figure of the metrics page could not be read: {Reason}")]
    private static partial void NotRead(ILogger logger, string reason);
}
