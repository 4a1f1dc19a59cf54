using System.Net;
using System.Net.Http.Headers;
using System.Text;
using NewsWatch.Tests.Support;

namespace NewsWatch.Bench.World;

/// <summary>Sources and callers that would eat memory, places or threads, beside the good ones.</summary>
internal sealed class BadSources : IDisposable
{
    private const double Seconds = 55;
    private readonly CancellationTokenSource _forgotten = new();
    private readonly Lazy<Task<(Pace Pace, bool Alive, double Peak)>> _alone;

    public BadSources() => _alone = new(() => Neighbourhood.RunAsync(_ => { }, Seconds, _forgotten.Token));

    public void Dispose() => _forgotten.Dispose();

    /// <summary>Pages and feeds that are small on the wire and large in memory; the heap is limited to 768 MiB.</summary>
    public async Task<TrialResult> MemoryAsync(CancellationToken cancellation)
    {
        var alone = (await _alone.Value.WaitAsync(cancellation)).Pace;
        var beside = await Neighbourhood.RunAsync(AddLarge, Seconds, cancellation, ("DOTNET_GCHeapHardLimit", "0x30000000"));
        return new TrialResult.Measured(
            beside.Alive ? $"alive, peak {beside.Peak:0} MiB; gap between good polls p99 {beside.Pace.P99:0.0} s, alone {alone.P99:0.0} s ({beside.Pace.P99 / alone.P99:0.00} x)" : "the process ended",
            "alive, 1.1 x at most",
            beside.Alive && beside.Pace.P99 <= 1.1 * alone.P99);
    }

    /// <summary>750 sources that take the connection and never answer.</summary>
    public async Task<TrialResult> HangingAsync(CancellationToken cancellation)
    {
        var alone = (await _alone.Value.WaitAsync(cancellation)).Pace;
        var beside = await Neighbourhood.RunAsync(AddHanging, Seconds, cancellation);
        return new TrialResult.Measured(
            $"gap between good polls: median {beside.Pace.Median:0.0} s, longest {beside.Pace.Gaps[^1]:0.0} s; alone {alone.Median:0.0} s, {alone.Gaps[^1]:0.0} s ({beside.Pace.Median / alone.Median:0.00} x)",
            "median 1.1 x at most",
            beside.Pace.Median <= 1.1 * alone.Median);
    }

    /// <summary>200 names whose name server never answers: in a network of its own.</summary>
    public async Task<TrialResult> UnresolvedAsync(CancellationToken cancellation)
    {
        var alone = (await _alone.Value.WaitAsync(cancellation)).Pace;
        return await PrivateNetwork.MeasureAsync("unresolved", cancellation) is not { } figures
            ? PrivateNetwork.Missing
            : new TrialResult.Measured(
                $"health within {figures[0]:0} ms; gap between good polls median {figures[1]:0.0} s, alone {alone.Median:0.0} s ({figures[1] / alone.Median:0.00} x)",
                "health within 100 ms, median 1.1 x at most",
                figures[0] < 100 && figures[1] <= 1.1 * alone.Median);
    }

    /// <summary>100 bodies of 15 MiB to an upload address that nobody gave out.</summary>
    public static async Task<TrialResult> UploadsAsync(CancellationToken cancellation)
    {
        await using var desk = await WorldDesk.OpenAsync();
        Neighbourhood.Of(desk);
        await using var service = await desk.StartAsync(cancellation);
        await Task.Delay(TimeSpan.FromSeconds(20), cancellation);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{service.PublicPort}"), Timeout = TimeSpan.FromSeconds(20) };
        var (body, before, most) = (new byte[15 * 1024 * 1024], service.Memory(), 0.0);
        foreach (var wave in Enumerable.Range(0, 100).Chunk(12))
        {
            var uploads = wave.Select(_ => UploadAsync(client, body, cancellation)).ToList();
            do
            {
                most = Math.Max(most, service.Memory());
            }
            while (await Task.WhenAny(Task.WhenAll(uploads), Task.Delay(20, cancellation)) is not Task<bool[]>);
        }

        var refused = await UploadAsync(client, [1], cancellation);
        var live = await service.AskAsync("/health/live", cancellation) is { Status: HttpStatusCode.OK };
        return new TrialResult.Measured($"{before:0} to {most:0} MiB ({most - before:+0;-0}), a small one is {(refused ? "" : "not ")}answered by 404; {(live ? "live" : "not live")}", "32 MiB more at most, 404, live", most - before <= 32 && refused && live);
    }

    /// <summary>True when it was answered by 404; a large one is broken off while it is still being sent.</summary>
    private static async Task<bool> UploadAsync(HttpClient client, byte[] body, CancellationToken cancellation)
    {
        try
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
            using var answer = await client.PostAsync("/push/no-such-token", content, cancellation);
            return answer.StatusCode == HttpStatusCode.NotFound;
        }
        catch (Exception broken) when (broken is HttpRequestException || (broken is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }

    private static void AddHanging(WorldDesk desk)
    {
        var never = new TaskCompletionSource().Task;
        desk.Http.Answer("/hangs", _ => new Reply { After = never });
        for (var n = 0; n < 750; n++)
        {
            desk.AddSource($"hangs-{n}", "/hangs", $"127.0.{20 + (n / 250)}.{1 + (n % 250)}", "1m");
        }
    }

    private static void AddLarge(WorldDesk desk)
    {
        const string Element = "<p a=1 b=2 c=3>";
        var page = HostileNews.Compressed($"<html><body>{new StringBuilder().Insert(0, Element, 4_600_000 / Element.Length)}</body></html>");
        var feed = HostileNews.Compressed(Rss.Document("", Enumerable.Range(0, 2_000).Select(n => $"<item><guid>b{n}</guid><title>plain {n}</title>{string.Concat(Enumerable.Repeat("<category>c</category>", 310))}</item>")));
        desk.Http.Answer("/page", page);
        desk.Http.Answer("/large", feed);
        var links = Enumerable.Range(0, 32).Select(n => $"<item><guid>p{n}</guid><title>Sanctions page {n} of pages number {n * 7919}</title><link>http://127.0.7.{n + 1}:{desk.Http.Port}/page?{n}</link></item>");
        desk.Http.Answer("/pages", Reply.Text(Rss.Document("", links)));
        desk.AddSource("pages", "/pages", "127.0.6.1");
        desk.Watch["Sources"]!["pages"]!["FullText"] = "always";
        for (var n = 0; n < 30; n++)
        {
            desk.AddSource($"large-{n}", "/large", $"127.0.6.{n + 2}");
        }
    }
}
