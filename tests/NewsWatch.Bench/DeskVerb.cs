using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using NewsWatch.Core.Text;
using NewsWatch.Storage;
using NewsWatch.Tests.Support;

namespace NewsWatch.Bench;

/// <summary>The desk over many alerts and sources: what a page weighs, how long the server takes, what open pages cost.</summary>
internal static partial class DeskVerb
{
    private const int Requests = 200;
    private const int Sources = 2_000;
    private const int Beats = 30;

    public static Verb Verb { get; } = new(
        "N", "the operator's desk over N alerts and 2,000 sources: bytes and requests of a page, server time p50 and p99, page 1,000 against page 1, heap, CPU with 50 open streams", RunAsync);

    private static async Task<int> RunAsync(string[] args)
    {
        var count = int.Parse(args[0], CultureInfo.InvariantCulture);
        await using var ports = await OpenPorts.OpenAsync();
        await ports.World.TellAsync("Truce holds along the northern line", text: "The truce held for a third day, officials said. Both sides agreed to extend it.");
        await FillAsync(ports.World.Database, count);
        var client = ports.Operator;
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        await HeapAsync(client, "the first visit of every page", Pages(ports.World.Database));
        var assets = await AssetsAsync(client, "/desk/alerts");
        Print($"assets of a first visit: {assets.Bytes / 1024.0:0.0} KB in {assets.Requests} requests; of the workbench {(await AssetsAsync(client, "/desk/workbench")).Bytes / 1024.0:0.0} KB");
        var pages = Pages(ports.World.Database);
        foreach (var page in pages)
        {
            await MeasureAsync(client, page);
        }

        await HeapAsync(client, "another visit of every page", pages);
        await StreamsAsync(ports, client);
        return 0;
    }

    /// <summary>Every page, and the last of 1,000 pages of alerts.</summary>
    private static string[] Pages(Database database)
    {
        var last = database.Read(db => db.ExecuteScalar<long>("SELECT max(id) FROM alert"));
        return
        [
            "/desk/", "/desk/alerts", $"/desk/alerts?before={Math.Max(2, last - 49_950)}", "/desk/alerts/1", "/desk/stories", "/desk/articles", "/desk/articles?q=truce%20northern", "/desk/articles/1",
            "/desk/decisions", "/desk/sources", "/desk/deliveries", "/desk/rules", "/desk/rules/ceasefire", "/desk/workbench?rule=ceasefire", "/desk/subscribers", "/desk/silences", "/desk/configuration",
        ];
    }

    private static async Task MeasureAsync(HttpClient client, string page)
    {
        var (times, bytes) = (new List<double>(), 0);
        for (var request = 0; request < Requests + 10; request++)
        {
            var begun = Stopwatch.GetTimestamp();
            bytes = (await client.GetByteArrayAsync(new Uri(page, UriKind.Relative))).Length;
            if (request >= 10)
            {
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
        }

        times.Sort();
        Print($"{page,-32} {bytes / 1024.0,6:0.0} KB gzipped, p50 {times[times.Count / 2],6:0.0} ms, p99 {times[times.Count * 99 / 100],6:0.0} ms");
    }

    private static async Task<(int Requests, int Bytes)> AssetsAsync(HttpClient client, string page)
    {
        using var plain = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.All }) { BaseAddress = client.BaseAddress };
        var html = await plain.GetStringAsync(new Uri(page, UriKind.Relative));
        var addresses = Address().Matches(html).Select(match => match.Value).Distinct().ToList();
        var bytes = (await client.GetByteArrayAsync(new Uri(page, UriKind.Relative))).Length;
        foreach (var address in addresses)
        {
            bytes += (await client.GetByteArrayAsync(new Uri(address, UriKind.Relative))).Length;
        }

        return (addresses.Count + 1, bytes);
    }

    private static async Task HeapAsync(HttpClient client, string what, IEnumerable<string> pages)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (last, most) = (before, (Page: "", Bytes: 0L));
        foreach (var page in pages)
        {
            await client.GetByteArrayAsync(new Uri(page, UriKind.Relative));
            var now = GC.GetTotalMemory(forceFullCollection: true);
            most = now - last > most.Bytes ? (page, now - last) : most;
            last = now;
        }

        Print($"live heap after {what}: {(last - before) / 1024.0:+0;-0} KiB, the most by {most.Page}: {most.Bytes / 1024.0:0} KiB");
    }

    private static async Task StreamsAsync(OpenPorts ports, HttpClient client)
    {
        var without = await BeatAsync(ports, client, 0);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var streams = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.GetStreamAsync(new Uri("/desk/events", UriKind.Relative))));
        var with = await BeatAsync(ports, client, 0);
        var busy = await BeatAsync(ports, client, 10);
        Print($"50 open streams: {(GC.GetTotalMemory(forceFullCollection: true) - before) / 1024.0 / 50:0} KiB each, both ends; CPU {with:0.0} ms a second, {without:0.0} without, {busy:0.0} with 10 requests a second as well");
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }
    }

    /// <summary>CPU time of a second of the service and of who asks, in milliseconds; the seconds go by quickly.</summary>
    private static async Task<double> BeatAsync(OpenPorts ports, HttpClient client, int requests)
    {
        var process = Process.GetCurrentProcess();
        var begun = process.TotalProcessorTime;
        for (var beat = 0; beat < Beats; beat++)
        {
            ports.World.Clock.Advance(TimeSpan.FromSeconds(1));
            for (var request = 0; request < requests; request++)
            {
                await client.GetByteArrayAsync(new Uri("/desk/alerts", UriKind.Relative));
            }

            await Task.Delay(50);
        }

        process.Refresh();
        return (process.TotalProcessorTime - begun).TotalMilliseconds / Beats;
    }

    /// <summary>Copies the first alert, with all that belongs to it.</summary>
    private static Task FillAsync(Database database, int count) => database.WriteAsync(db => db.Execute(
        """
        CREATE TEMP TABLE number AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @count) SELECT i FROM n;
        INSERT INTO story (id, key, title, first_seen, last_seen) SELECT 1000 + i, 'k' || i, title || ' ' || i, first_seen - 60000 * (@count - i), last_seen - 60000 * (@count - i) FROM number, (SELECT * FROM story WHERE id = 1);
        INSERT INTO article (id, url, story, source, title, text, authors, first_seen, updated, language, section, keywords, completeness, document)
          SELECT 1000 + i, url || '/' || i, 1000 + i, source, title || ' ' || i, text, authors, first_seen - 60000 * (@count - i), updated, language, section, keywords, completeness, document FROM number, (SELECT * FROM article WHERE id = 1);
        INSERT INTO reading (article, story, document, source, at, first_seen, stage, change, configuration)
          SELECT 1000 + i, 1000 + i, document, source, at - 60000 * (@count - i), first_seen - 60000 * (@count - i), stage, change, configuration FROM number, (SELECT * FROM reading WHERE id = 1);
        INSERT INTO alert (id, key, rule, story, reason, step, article, severity, created, configuration, content)
          SELECT 1000 + i, key || i, rule, 1000 + i, reason, step, 1000 + i, severity, created - 60000 * (@count - i), configuration, content FROM number, (SELECT * FROM alert WHERE id = 1);
        INSERT INTO verdict (article, rule, subscriber, at, outcome, reason, why, alert)
          SELECT 1000 + i, rule, subscriber, at - 60000 * (@count - i), outcome, reason, why, 1000 + i FROM number, (SELECT * FROM verdict WHERE article = 1);
        INSERT INTO delivery (key, bundle, kind, alert, subscriber, channel, created, state, due, severity, sent_at, attempts)
          SELECT key || i, key || i, kind, 1000 + i, subscriber, channel, created - 60000 * (@count - i), 'sent', due, severity, created - 60000 * (@count - i) + 900, 1 FROM number, (SELECT * FROM delivery WHERE alert = 1);
        INSERT INTO source (id, configured, url, poll, state, state_since)
          SELECT 'source-' || i, 1, 'https://news.example.com/' || i, 60000, CASE WHEN i % 50 = 0 THEN 'failing' ELSE 'ok' END, 0 FROM number WHERE i <= @Sources;
        INSERT INTO due (source, polled, next_due) SELECT 'source-' || i, 1, 0 FROM number WHERE i <= @Sources;
        INSERT INTO article_search (rowid, title, text) SELECT 1000 + i, @words, @words FROM number;
        UPDATE article SET searchable = 1;
        ANALYZE;
        """,
        new { count, Sources, words = SearchWords.Of("Truce holds along the northern line") }));

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex("/desk/assets/[^\"]+", RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
