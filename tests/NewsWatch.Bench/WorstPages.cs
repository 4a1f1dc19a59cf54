using System.Diagnostics;
using System.Globalization;
using System.Text;
using NewsWatch.Core.Articles.Pages;

namespace NewsWatch.Bench;

/// <summary>Pages that cost the most: time and peak memory of each, decoded and read as the service does.</summary>
internal static class WorstPages
{
    private const string Sentence = "<p>A sentence of some length, with a comma, stands in this paragraph of the page.</p>";

    private static readonly (string Name, Func<byte[]> Build)[] Pages =
    [
        ("5 MB of paragraphs", () => Bytes("<body>" + string.Concat(Enumerable.Range(0, 19_000).Select(i => $"<p>{Repeat($"Sentence {i} of some length, with a comma, stands here. ", 5)}")))),
        ("as many elements as are read", () => Bytes("<body>" + string.Concat(Enumerable.Range(0, 19_900).Select(i => $"<p class=x>A line, number {i}.</p>")))),
        ("short elements", () => Bytes("<body>" + Repeat("<p>a <b>b</b> <a href=/c>c</a></p>", 6_600))),
        ("5 MB of scripts around a text", () => Bytes($"<body><script>{Repeat("var a = '<p>text</p>';", 220_000)}</script>{Sentences(20)}")),
        ("5 MB in one text", () => Bytes("<body><p>" + Repeat("word ", 1_000_000))),
        ("table cells", () => Bytes("<body><table>" + Repeat("<tr><td>a<td>b<td>c", 4_900))),
        ("100,000 nested elements", () => Bytes(Repeat("<div>", 100_000) + "text")),
        ("1 MB of JSON-LD", () => Bytes($$"""<script type="application/ld+json">[{{Repeat("""{"@type":"NewsArticle","headline":"a"},""", 27_000)}}{}]</script><body>""" + Sentence)),
        ("1 MB articleBody", () => Bytes($$"""<script type="application/ld+json">{"@type":"NewsArticle","headline":"a","articleBody":"{{Repeat("A sentence, with a comma. ", 40_000)}}"}</script><body>""" + Sentence)),
        ("broken UTF-8", () => Broken(Sentences(12_000))),
    ];

    public static void Print()
    {
        foreach (var (name, build) in Pages)
        {
            var page = build();
            Measure(page);
            var (seconds, peak, result) = Measure(page);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-32} {page.Length / 1048576.0,5:F1} MB  {seconds,6:F2} s  peak {peak / 1048576.0,6:F0} MB  {result}"));
        }
    }

    private static (double Seconds, long Peak, string Result) Measure(byte[] page)
    {
        GC.Collect();
        using var done = new ManualResetEventSlim();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = 0L;
        var watcher = new Thread(() =>
        {
            while (!done.Wait(2))
            {
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false) - before);
            }
        });
        watcher.Start();
        var watch = Stopwatch.StartNew();
        var result = PageReader.Read(PageDecoder.Decode(page, "text/html; charset=utf-8"), new Uri("https://example.com/worst"));
        var seconds = watch.Elapsed.TotalSeconds;
        done.Set();
        watcher.Join();
        return (seconds, peak, result is PageResult.Read read ? $"{read.Article.Text.Length:N0} characters" : ((PageResult.NoArticle)result).Reason);
    }

    private static byte[] Broken(string text)
    {
        var bytes = Bytes(text);
        for (var at = 50; at < bytes.Length; at += 97)
        {
            bytes[at] = 0xC3;
        }

        return bytes;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Sentences(int count) => string.Concat(Enumerable.Range(0, count).Select(i => Sentence.Replace("some", $"{i}", StringComparison.Ordinal)));

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
