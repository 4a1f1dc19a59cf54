using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using NewsWatch.Tests.Support;

namespace NewsWatch.Bench.World;

/// <summary>News that is cheap to send and dear to read, beside good sources whose polls and mails must not wait for it.</summary>
internal static class HostileNews
{
    private const int Seconds = 32;

    /// <summary>One item of 1 MB: sentences of one word, each of them a hit.</summary>
    public static Task<TrialResult> OneWordSentencesAsync(CancellationToken cancellation) => TryAsync(
        _ => Compressed(Rss.Document("", [$"<item><guid>e1</guid><title>Evil headline of the day</title><link>http://e.example.com/1</link><description>{string.Concat(Enumerable.Repeat("Russia. Sanctions. Truce. Iran. Ukraine. ", 1_000_000 / 41))}</description></item>"])),
        cancellation);

    /// <summary>2,000 items with one link and titles that are alike by half; others at the second poll.</summary>
    public static Task<TrialResult> HalfAlikeAsync(CancellationToken cancellation) => TryAsync(
        poll => Compressed(Rss.Document("", Enumerable.Range(poll * 2_000, 2_000).Select(n => $"<item><guid>h{n}</guid><title>{HalfAlike(n)}</title><link>http://e.example.com/same</link><description>x</description></item>"))),
        cancellation);

    /// <summary>Bytes as gzip, with the header that says so.</summary>
    public static Reply Compressed(string text)
    {
        using var body = new MemoryStream();
        using (var gzip = new GZipStream(body, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return new Reply { Body = body.ToArray(), Headers = new Dictionary<string, string> { ["Content-Encoding"] = "gzip", ["Content-Type"] = "application/rss+xml" } };
    }

    private static async Task<TrialResult> TryAsync(Func<int, Reply> evil, CancellationToken cancellation)
    {
        await using var desk = await WorldDesk.OpenAsync();
        desk.Watch["Rules"]!["talks"] = new JsonObject { ["When"] = "(russia OR ukraine) AND (truce OR ceasefire)" };
        desk.Watch["Rules"]!["near"] = new JsonObject { ["When"] = "sanctions NEAR/30 (russia OR iran OR china)" };
        var good = Neighbourhood.Of(desk);
        var polls = 0;
        desk.Http.Answer("/evil", Reply.Text(Rss.Document("", [])));
        desk.AddSource("evil", "/evil", "127.0.6.1");
        await using var service = await desk.StartAsync(cancellation);
        await Task.Delay(TimeSpan.FromSeconds(14), cancellation);
        var began = Stopwatch.GetTimestamp();
        desk.Http.Answer("/evil", _ => evil(Math.Min(1, polls++)));
        for (var n = 0; n < Seconds; n++)
        {
            good.Feeds[n % good.Feeds.Count].Publish(n);
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
        }

        await WorldDesk.UntilAsync(() => Enumerable.Range(0, Seconds).All(n => desk.Told.Contains($"n{n:000000}")), 30, cancellation);
        var told = desk.Mail.Mails.SelectMany(mail => mail.Keys.Select(key => (key, mail.At))).GroupBy(mail => mail.key).ToDictionary(mails => mails.Key, mails => mails.Min(mail => mail.At));
        var waits = good.Feeds.SelectMany(feed => feed.Served).Select(served => told.TryGetValue(served.Key, out var at) ? Stopwatch.GetElapsedTime(served.Value, at).TotalSeconds : double.PositiveInfinity).ToList();
        var (mail, gap) = (waits.Max(), good.Since(began).Gaps[^1]);
        return new TrialResult.Measured(
            $"latest of {waits.Count} mails {mail:0.0} s after its news was served, longest gap between polls {gap:0.0} s; the bad feed was polled {polls} times",
            "mails within 2 s, polls at most 2 s behind their 10 s",
            mail <= 2 && gap <= 12 && polls > 1);
    }

    /// <summary>A title of which one half of the words is every title's.</summary>
    private static string HalfAlike(int n) => string.Join(' ', Enumerable.Range(0, 110).Select(place => place % 2 == 0 ? $"w{place}" : $"w{unchecked((uint)((n * 31) + place) * 2_654_435_761u) % 997}"));
}
