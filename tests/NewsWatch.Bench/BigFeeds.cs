using System.Diagnostics;
using System.Globalization;
using System.Text;
using NewsWatch.Core.Feeds;

namespace NewsWatch.Bench;

/// <summary>Feeds as large as they may be, and the memory that reading them takes.</summary>
internal static class BigFeeds
{
    private const int Size = 15 * 1024 * 1024;

    /// <summary>Reads one feed of each kind and prints the memory at its peak.</summary>
    public static void Print()
    {
        // As in a service that runs for a while: code that was compiled in haste holds on to what it no longer needs.
        for (var round = 0; round < 200; round++)
        {
            foreach (var (_, make) in Kinds())
            {
                FeedParser.Parse(make(20_000), null, null);
            }
        }

        foreach (var (name, make) in Kinds())
        {
            var body = make(Size);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            var (before, allocated, start) = (GC.GetTotalMemory(forceFullCollection: true) - body.Length, GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
            long peak = 0;
            using (new Timer(_ => peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false)), null, 0, 2))
            {
                FeedParser.Parse(body, null, null);
            }

            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name}: {body.Length / 1e6:F1} MB read in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s, allocated {(GC.GetTotalAllocatedBytes() - allocated) / 1e6:F0} MB, heap at its peak {(peak - before) / 1e6:F0} MB with the body"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the process at its peak: {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB"));
    }

    private static IEnumerable<(string Name, Func<int, byte[]> Make)> Kinds() =>
    [
        ("short items", size => Feed(size, "<rss version=\"2.0\"><channel><title>T</title>", at => $"<item><guid>{at}</guid><title>Item {at}</title><pubDate>Wed, 06 Aug 2025 12:00:00 GMT</pubDate></item>\n", "</channel></rss>")),
        ("long items", size => Feed(size, "<rss version=\"2.0\"><channel><title>T</title>", at => $"<item><guid>{at}</guid><description><![CDATA[<p>{Words(1_500)}</p>]]></description></item>\n", "</channel></rss>")),
        ("one item", size => Feed(size, "<rss version=\"2.0\"><channel><title>T</title><item><description><![CDATA[", at => $"<p>{Words(15)}</p>\n", "]]></description></item></channel></rss>")),
        ("undeclared entities", size => Feed(size, "<rss version=\"2.0\"><channel><title>&nbsp;</title>", at => $"<item><guid>{at}</guid><description>{Words(1_500)}&nbsp;</description></item>\n", "</channel></rss>")),
        ("cut off", size => Feed(size, "<rss version=\"2.0\"><channel><title>T</title>", at => $"<item><guid>{at}</guid><description>{Words(1_500)}</description></item>\n", "<item><title>Never")),
        ("JSON", size => Feed(size, "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"0\"}", at => $",{{\"id\":\"{at}\",\"content_html\":\"<p>{Words(1_500)}</p>\"}}\n", "]}")),
    ];

    private static string Words(int count) => string.Concat(Enumerable.Repeat("the talks went on ", count / 4));

    private static byte[] Feed(int size, string begin, Func<int, string> item, string end)
    {
        using var body = new MemoryStream(size);
        body.Write(Encoding.UTF8.GetBytes(begin));
        for (var at = 0; ; at++)
        {
            var bytes = Encoding.UTF8.GetBytes(item(at));
            if (body.Length + bytes.Length + end.Length > size)
            {
                break;
            }

            body.Write(bytes);
        }

        body.Write(Encoding.UTF8.GetBytes(end));
        return body.ToArray();
    }
}
