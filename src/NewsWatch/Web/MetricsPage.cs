using Microsoft.AspNetCore.Http;
using Prometheus;

namespace NewsWatch.Web;

/// <summary>The instruments of the meter "newswatch" in the Prometheus text format; nothing else, so the page stays readable.</summary>
internal sealed class MetricsPage : IDisposable
{
    /// <summary>The one meter of this program; the exporter puts its name before the instruments' names.</summary>
    public const string Meter = "newswatch";

    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private readonly IDisposable _listener;

    public MetricsPage() =>
        _listener = MeterAdapter.StartListening(new MeterAdapterOptions
        {
            Registry = _registry,
            MetricFactory = Metrics.WithCustomRegistry(_registry),
            InstrumentFilterPredicate = instrument => instrument.Meter.Name == Meter,
        });

    /// <summary>The page.</summary>
    public async Task<IResult> WriteAsync(CancellationToken cancellation)
    {
        using var page = new MemoryStream();
        await WriteAsync(page, cancellation);
        return Results.Bytes(page.ToArray(), PrometheusConstants.TextContentTypeWithVersionAndEncoding);
    }

    /// <summary>The page, into a stream.</summary>
    public Task WriteAsync(Stream page, CancellationToken cancellation) => _registry.CollectAndExportAsTextAsync(page, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
