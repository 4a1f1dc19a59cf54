using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using NewsWatch.Core.Feeds;

namespace NewsWatch.Bench;

/// <summary>Reads a folder of feeds (CORPUS/FILE, assumed HTTP headers in meta.json beside the folder) and measures the time against XDocument.Load.</summary>
internal static class FeedsVerb
{
    private const int MaxTextLength = 2_000;
    private const int WarmRounds = 40;
    private const int Rounds = 10;

    public static Verb Verb { get; } = new("DIR OUT | --big", "reads feeds (DIR/CORPUS/FILE) into OUT/CORPUS/FILE.json; MB/s against XDocument.Load; --big: the memory that feeds of 15 MiB take", Run);

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static Task<int> Run(string[] args)
    {
        if (args is ["--big"])
        {
            BigFeeds.Print();
            return Task.FromResult(0);
        }

        var inputs = Load(args[0]);
        var performance = new JsonObject();
        foreach (var corpus in inputs.GroupBy(input => input.Corpus))
        {
            performance[corpus.Key] = Corpus([.. corpus], args[1]);
        }

        File.WriteAllText(args[1].TrimEnd('/') + ".perf.json", performance.ToJsonString(Readable));
        PrintSpeed(inputs);
        return Task.FromResult(0);
    }

    private static List<Input> Load(string folder)
    {
        var meta = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "..", "meta.json")))!.AsObject();
        return [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file =>
        {
            var name = Path.GetRelativePath(folder, file);
            var headers = meta[name]?["headers"]?.AsObject();
            var location = headers?["content-location"]?.GetValue<string>();
            return new Input(name, name.Split('/')[0], File.ReadAllBytes(file), headers?["content-type"]?.GetValue<string>(),
                Uri.TryCreate(location, UriKind.Absolute, out var url) && url.Scheme.StartsWith("http", StringComparison.Ordinal) ? url : null);
        })];
    }

    private static JsonObject Corpus(List<Input> inputs, string folder)
    {
        long bytes = 0;
        var total = TimeSpan.Zero;
        foreach (var input in inputs)
        {
            var start = Stopwatch.GetTimestamp();
            var answer = Answer(input);
            var spent = Stopwatch.GetElapsedTime(start);
            (bytes, total) = (bytes + input.Body.Length, total + spent);
            answer["file"] = input.Name;
            answer["ms"] = Math.Round(spent.TotalMilliseconds, 3);
            var path = Path.Combine(folder, input.Name + ".json");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, answer.ToJsonString(Readable));
        }

        return new JsonObject { ["bytes"] = bytes, ["ms"] = Math.Round(total.TotalMilliseconds, 1), ["mbps"] = Math.Round(bytes / 1e6 / total.TotalSeconds, 2) };
    }

    private static JsonObject Answer(Input input)
    {
        try
        {
            return input.Parse() switch
            {
                FeedResult.Parsed parsed => Answer(parsed.Feed),
                FeedResult.NotAFeed refused => new JsonObject { ["ok"] = false, ["crash"] = false, ["error"] = refused.Reason },
                var other => throw new InvalidOperationException(other.GetType().Name),
            };
        }
        catch (Exception crash) when (crash is not OutOfMemoryException)
        {
            return new JsonObject { ["ok"] = false, ["crash"] = true, ["error"] = crash.ToString() };
        }
    }

    private static JsonObject Answer(Feed feed) => new()
    {
        ["ok"] = true,
        ["crash"] = false,
        ["error"] = null,
        ["kind"] = feed.Kind,
        ["title"] = feed.Title,
        ["link"] = feed.Link,
        ["entries"] = new JsonArray([.. feed.Items.Select(item => (JsonNode)new JsonObject
        {
            ["id"] = item.Id,
            ["link"] = item.Link,
            ["title"] = item.Title,
            ["published"] = item.Published?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["text"] = item.Text.Length > MaxTextLength ? item.Text[..MaxTextLength] : item.Text,
            ["text_len"] = item.Text.Length,
        })]),
    };

    // In turns, on the files that XDocument can load, and warm: what runs rarely takes many rounds until it is compiled for good.
    private static void PrintSpeed(List<Input> inputs)
    {
        var loadable = inputs.Where(input => XDocumentLoads(input.Body)).ToList();
        var (ours, theirs) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var round = 0; round < WarmRounds + Rounds; round++)
        {
            foreach (var input in loadable)
            {
                var start = Stopwatch.GetTimestamp();
                input.Parse();
                var middle = Stopwatch.GetTimestamp();
                XDocumentLoads(input.Body);
                var end = Stopwatch.GetTimestamp();
                (ours, theirs) = round < WarmRounds ? (ours, theirs) : (ours + Stopwatch.GetElapsedTime(start, middle), theirs + Stopwatch.GetElapsedTime(middle, end));
            }
        }

        var megabytes = Rounds * loadable.Sum(input => (long)input.Body.Length) / 1e6;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{loadable.Count} files: {megabytes / ours.TotalSeconds:F1} MB/s, XDocument.Load {megabytes / theirs.TotalSeconds:F1} MB/s, ratio {theirs / ours:F2}"));
    }

    private static bool XDocumentLoads(byte[] body)
    {
        try
        {
            using var stream = new MemoryStream(body);
            XDocument.Load(stream);
            return true;
        }
        catch (Exception broken) when (broken is XmlException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private sealed record Input(string Name, string Corpus, byte[] Body, string? ContentType, Uri? Location)
    {
        public FeedResult Parse() => FeedParser.Parse(Body, ContentType, Location);
    }
}
