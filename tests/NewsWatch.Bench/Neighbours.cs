using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NewsWatch.Configuration;
using NewsWatch.Fetching;
using NewsWatch.Tests.Support;

namespace NewsWatch.Bench;

/// <summary>
/// Well sources that are fetched over and over in the same process, as other sources are while a hostile one is polled. Their servers answer
/// after 100 ms, as far ones do. Times are kept of each.
/// </summary>
internal sealed class Neighbours : IAsyncDisposable
{
    private const int Count = 16;
    private static readonly TimeSpan Far = TimeSpan.FromMilliseconds(100);
    private readonly FeedServer _server;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Fetcher _fetcher;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<(long Started, TimeSpan Took)> _times = [];
    private Task _polling = Task.CompletedTask;

    private Neighbours(FeedServer server)
    {
        _server = server;
        var holder = new ConfigurationHolder(WatchConfigurations.Of([], server.Port));
        var limits = new FetchLimits();
        var metrics = new FetchMetrics(_services.GetRequiredService<IMeterFactory>());
        var dialer = new Dialer(new NameResolver(metrics, TimeProvider.System).ResolveAsync, TimeProvider.System);
        _fetcher = new Fetcher(new GuardedHttp(new AddressGuard(holder), limits, dialer), holder, limits, MemoryBudget.OfProcess(), metrics, TimeProvider.System);
    }

    public static async Task<Neighbours> StartAsync()
    {
        var neighbours = new Neighbours(await FeedServer.StartAsync());
        neighbours._server.Answer("/feed", _ => new Reply { Body = Encoding.UTF8.GetBytes(Rss.Of(30)), After = Task.Delay(Far) });
        neighbours._polling = Task.WhenAll(Enumerable.Range(0, Count).Select(neighbours.PollAsync));
        return neighbours;
    }

    /// <summary>How long the polls took that began at this time or later and are over.</summary>
    public IReadOnlyList<TimeSpan> Since(long timestamp)
    {
        lock (_times)
        {
            return [.. _times.Where(time => time.Started >= timestamp).Select(time => time.Took)];
        }
    }

    /// <summary>The 99th percentile; zero of nothing.</summary>
    public static TimeSpan Percentile(IReadOnlyList<TimeSpan> times) => times.Count == 0 ? TimeSpan.Zero : times.Order().ElementAt((int)(times.Count * 0.99));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _polling;
        _fetcher.Dispose();
        await _services.DisposeAsync();
        await _server.DisposeAsync();
        _stop.Dispose();
    }

    private async Task PollAsync(int number)
    {
        try
        {
            while (true)
            {
                var started = Stopwatch.GetTimestamp();
                await _fetcher.FetchAsync(new FetchRequest { Url = _server.At(string.Create(CultureInfo.InvariantCulture, $"/feed?{number}"), "127.0.0.1") }, _stop.Token);
                lock (_times)
                {
                    _times.Add((started, Stopwatch.GetElapsedTime(started)));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The measuring is over.
        }
    }
}
