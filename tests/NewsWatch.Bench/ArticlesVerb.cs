using System.Globalization;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NewsWatch.Bench.Pages;
using NewsWatch.Core.Articles.Pages;

namespace NewsWatch.Bench;

/// <summary>Reads a folder of pages into articles, and measures the time against SmartReader on the same pages in the same run.</summary>
internal static class ArticlesVerb
{
    public static Verb Verb { get; } = new("DIR OUT.json | --worst", "reads pages (DIR/ID.html.gz) into articles; by set, what agrees with DIR/../truth.json, and SmartReader on the same pages; pages per CPU-second of both; --worst: time and peak memory of the costliest pages", Run);

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static Task<int> Run(string[] args)
    {
        if (args is ["--worst"])
        {
            WorstPages.Print();
            return Task.FromResult(0);
        }

        var pages = Load(args[0]);
        var read = pages.ConvertAll(page => PageReader.Read(page.Html, page.Url));
        var answers = new JsonObject(pages.Zip(read, (page, result) => KeyValuePair.Create(page.Id, (JsonNode?)Answer(result))));
        File.WriteAllText(args[1], answers.ToJsonString(Readable));
        PrintAgreement(pages, read);
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
            var stated = PageTruth.Of(truth[id] ?? new JsonObject());
            return new Page(id, Uri.TryCreate(stated.Url, UriKind.Absolute, out var url) ? url : new Uri("https://example.com/"), stated, PageDecoder.Decode(bytes.ToArray(), null));
        }).ToList();
    }

    private static void PrintAgreement(List<Page> pages, List<PageResult> read)
    {
        foreach (var set in pages.Zip(read, (Page, Result) => (Page, Result)).GroupBy(p => p.Page.Truth.Set, StringComparer.Ordinal).OrderBy(set => set.Key, StringComparer.Ordinal))
        {
            var (ours, theirs) = (new SetScore(), new SetScore());
            foreach (var (page, result) in set)
            {
                var article = (result as PageResult.Read)?.Article;
                ours.Add(page.Truth, new PageAnswer(article?.Text ?? "", article?.Title ?? "", article?.Authors ?? [], article?.Published?.ToString("O", CultureInfo.InvariantCulture)));
                theirs.Add(page.Truth, Peer(page));
            }

            Console.WriteLine($"{set.Key}, {set.Count()} pages\n  NewsWatch  {ours.Line()}\n  SmartReader{theirs.Line()}");
        }
    }

    private static PageAnswer Peer(Page page)
    {
        var article = new SmartReader.Reader(page.Url.AbsoluteUri, page.Html).GetArticle();
        return new PageAnswer(article.TextContent ?? "", article.Title ?? "", article.Author is { Length: > 0 } author ? [author] : [], article.PublicationDate?.ToString("O", CultureInfo.InvariantCulture));
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

    private sealed record Page(string Id, Uri Url, PageTruth Truth, string Html);
}
