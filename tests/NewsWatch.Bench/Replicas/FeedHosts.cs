using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace NewsWatch.Bench.Replicas;

/// <summary>Feeds on many hosts of loopback, each answer after the same time; counts per host whether two requests were there at once, or one came too soon after another.</summary>
internal sealed class FeedHosts : IAsyncDisposable
{
    /// <summary>What a service keeps between two requests, but for what the network and the scheduler take.</summary>
    private const double LeastGap = 0.95;

    /// <summary>NewsWatch reads so many items of a feed, the newest: with more some would be lost here, and not there.</summary>
    private const int MostShown = 2_000;

    private readonly WebApplication _app;
    private readonly TimeSpan _latency;
    private readonly int _readers;
    private readonly ConcurrentDictionary<string, Host> _hosts = new();
    private readonly List<string>[] _news;
    private readonly List<long>[] _asked;
    private long _requests;
    private long _overlaps;
    private long _early;
    private int _turn;

    private FeedHosts(int sources, int readers, TimeSpan latency)
    {
        (_latency, _readers, _news) = (latency, readers, [.. Enumerable.Range(0, sources).Select(_ => new List<string>())]);
        _asked = [.. _news.Select(_ => new List<long>())];
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Any, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public int Port { get; private set; }

    public int Published => _news.Sum(news => news.Count);

    /// <summary>Requests, those that came while another one was under way at their host, and those that came too soon after one.</summary>
    public (long Requests, long Overlaps, long Early) Count => (Interlocked.Read(ref _requests), Interlocked.Read(ref _overlaps), Interlocked.Read(ref _early));

    public static async Task<FeedHosts> StartAsync(int sources, int readers, TimeSpan latency)
    {
        var hosts = new FeedHosts(sources, readers, latency);
        await hosts._app.StartAsync();
        hosts.Port = new Uri(hosts._app.Urls.First()).Port;
        return hosts;
    }

    /// <summary>The address of a source.</summary>
    public string UrlOf(int source, int hosts) => $"http://127.1.{source % hosts / 250}.{(source % hosts % 250) + 1}:{Port}/{source}";

    /// <summary>The seconds between two requests for a source, of all whose later one came after this timestamp, in rising order.</summary>
    public IReadOnlyList<double> Gaps(IEnumerable<int> sources, long since) =>
        [.. sources.SelectMany(source => Asked(source) is var asked ? asked.Zip(asked.Skip(1)) : []).Where(pair => pair.Second >= since).Select(pair => Stopwatch.GetElapsedTime(pair.First, pair.Second).TotalSeconds).Order()];

    /// <summary>Every source has so many more news, each for one of the readers.</summary>
    public void Publish(int each)
    {
        for (var source = 0; source < _news.Length; source++)
        {
            for (var news = 0; news < each; news++)
            {
                Publish(source, _news[source]);
            }
        }
    }

    /// <summary>Every source has one more, all with the same headline.</summary>
    public void PublishSame()
    {
        foreach (var news in _news)
        {
            lock (news)
            {
                news.Add("Cease-fire in all regions for desk0");
            }
        }
    }

    /// <summary>The next source has one more.</summary>
    public void PublishNext() => Publish(_turn % _news.Length, _news[_turn++ % _news.Length]);

    /// <summary>All that was published.</summary>
    public IEnumerable<NewsName> All() => _news.SelectMany((news, source) => Enumerable.Range(1, news.Count).Select(number => new NewsName(source, number)));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private void Publish(int source, List<string> news)
    {
        lock (news)
        {
            if (news.Count == MostShown)
            {
                throw new InvalidOperationException($"Source {source} has {MostShown} news, and NewsWatch reads no more of a feed. Ask for fewer (--rate, --news), or for more sources.");
            }

            news.Add($"{new NewsName(source, news.Count + 1).Headline} for desk{(source + news.Count + 1) % _readers}");
        }
    }

    private List<long> Asked(int source)
    {
        lock (_asked[source])
        {
            return [.. _asked[source]];
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        var source = int.Parse(context.Request.Path.Value![1..], CultureInfo.InvariantCulture);
        lock (_asked[source])
        {
            _asked[source].Add(Stopwatch.GetTimestamp());
        }

        var host = _hosts.GetOrAdd(context.Request.Host.Host, _ => new Host());
        var (overlaps, early) = host.Enter();
        Interlocked.Add(ref _overlaps, overlaps ? 1 : 0);
        Interlocked.Add(ref _early, early ? 1 : 0);
        try
        {
            await Task.Delay(_latency, context.RequestAborted);
            await AnswerAsync(context, source);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // Whoever asked was killed.
        }
        finally
        {
            host.Leave();
        }
    }

    private Task AnswerAsync(HttpContext context, int source)
    {
        string body;
        lock (_news[source])
        {
            var tag = $"\"{_news[source].Count}\"";
            if (context.Request.Headers.IfNoneMatch == tag)
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }

            context.Response.Headers.ETag = tag;
            body = Feed(source, _news[source]);
        }

        context.Response.ContentType = "application/rss+xml";
        return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body), context.RequestAborted).AsTask();
    }

    private static string Feed(int source, List<string> news)
    {
        var items = news.Select((headline, at) => new NewsName(source, at + 1) is var name ? $"<item><guid isPermaLink=\"false\">{source}-{name.Number}</guid><title>{headline}</title><link>{name.Link}</link></item>" : "").Reverse();
        return $"<rss version=\"2.0\"><channel><title>Region {source}</title><link>https://news.example.com/</link><description>News</description>{string.Concat(items)}</channel></rss>";
    }

    private sealed class Host
    {
        private readonly Lock _lock = new();
        private int _underWay;
        private long _left;

        public (bool Overlaps, bool Early) Enter()
        {
            lock (_lock)
            {
                return (_underWay++ > 0, _left > 0 && Stopwatch.GetElapsedTime(_left).TotalSeconds < LeastGap);
            }
        }

        public void Leave()
        {
            lock (_lock)
            {
                (_underWay, _left) = (_underWay - 1, Stopwatch.GetTimestamp());
            }
        }
    }
}
