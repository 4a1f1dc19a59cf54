using System.Globalization;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NewsWatch.Core.Articles;

namespace NewsWatch.Bench;

/// <summary>Reads a folder of pages into articles, and measures the time against SmartReader on the same pages in the same run.</summary>
internal static class ArticlesVerb
{
    public static Verb Verb { get; } = new("DIR OUT.json | --worst", "reads pages (DIR/ID.html.gz) into articles; pages per CPU-second against SmartReader; --worst: time and peak memory of the costliest pages", Run);

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static Task<int> Run(string[] args)
    {
        if (args is ["--worst"])
        {
            WorstPages.Print();
            return Task.FromResult(0);
        }

        var pages = Load(args[0]);
        var answers = new JsonObject();
        foreach (var page in pages)
        {
            answers[page.Id] = Answer(PageReader.Read(page.Html, page.Url));
        }

        File.WriteAllText(args[1], answers.ToJsonString(Readable));
        if (!args.Contains("--no-speed"))
        {
            PrintSpeed(pages);
        }

        return Task.FromResult(0);
    }

    private static List<Page> Load(string folder)
    {
        var truth = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "..", "truth.json")))!.AsObject();
        return Directory.EnumerateFiles(folder, "*.html.gz").Order(StringComparer.Ordinal).Select(file =>
        {
            var id = Path.GetFileName(file)[..^".html.gz".Length];
            using var stream = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
            var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            var address = truth[id]?["url"]?.GetValue<string>();
            return new Page(id, Uri.TryCreate(address, UriKind.Absolute, out var url) ? url : new Uri("https://example.com/"), PageDecoder.Decode(bytes.ToArray(), null));
        }).ToList();
    }

    private static JsonObject Answer(PageResult result) => result switch
    {
        PageResult.Read { Article: var article, Signals: var signals } => new JsonObject
        {
            ["articleBody"] = article.Text,
            ["headline"] = article.Title,
            ["authors"] = new JsonArray([.. article.Authors.Select(a => (JsonNode)a)]),
            ["datePublished"] = article.Published?.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
            ["url"] = article.Url,
            ["language"] = article.Language,
            ["section"] = article.Section,
            ["completeness"] = article.Completeness.ToString(),
            ["signals"] = new JsonObject(signals.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value))),
        },
        PageResult.NoArticle none => new JsonObject { ["reason"] = none.Reason },
        _ => [],
    };

    // Both warm, in turns, so that whatever else the machine does falls on both.
    private static void PrintSpeed(List<Page> pages)
    {
        var ours = TimeSpan.Zero;
        var theirs = TimeSpan.Zero;
        for (var round = 0; round < 3; round++)
        {
            foreach (var page in pages)
            {
                var mine = CpuTime(() => PageReader.Read(page.Html, page.Url));
                var other = CpuTime(() => new SmartReader.Reader(page.Url.AbsoluteUri, page.Html).GetArticle());
                (ours, theirs) = round == 0 ? (ours, theirs) : (ours + mine, theirs + other);
            }
        }

        var read = 2 * pages.Count;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{read / ours.TotalSeconds:F1} pages/CPU-s, SmartReader {read / theirs.TotalSeconds:F1} pages/CPU-s, ratio {theirs / ours:F2}"));
    }

    private static TimeSpan CpuTime(Action action)
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        action();
        process.Refresh();
        return process.TotalProcessorTime - before;
    }

    private sealed record Page(string Id, Uri Url, string Html);
}
