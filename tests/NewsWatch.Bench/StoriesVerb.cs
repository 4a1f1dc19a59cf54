using System.Globalization;
using System.Text.Json;
using NewsWatch.Core.Stories;
using NewsWatch.Core.Stories.Clusters;

namespace NewsWatch.Bench;

/// <summary>Places the articles of a file into reports and stories, and writes what the scorers of labelled files read.</summary>
internal static class StoriesVerb
{
    public static Verb Stories { get; } = new("FILE [--shuffle SEED] [--out FILE]", "stories of articles: lines {id, story}; ms an article, p99, memory", args => Run(args, (id, placed, _) => new { id, story = placed.Story }));

    public static Verb Stream { get; } = new(
        "FILE [--out FILE]",
        "a stream of headlines: lines {id, report, story, told, why}; ms an article, p99, memory",
        args => Run(args, (id, placed, told) => new { id, report = placed.Report, story = placed.Story, told, why = placed.Why }));

    public static Verb Copies { get; } = new("FILE [--out FILE]", "copies of texts: lines {id, copy}; ms an article, p99, memory", args => Run(args, (id, placed, _) => new { id, copy = placed.IsCopy ? placed.Report : placed.Article }));

    public static Verb Pairs { get; } = new("FILE [--out FILE]", "pairs of articles: lines {id, same}", RunPairs);

    private static Task<int> RunPairs(string[] args)
    {
        var lines = new List<object>();
        foreach (var line in File.ReadLines(args[0]))
        {
            using var row = JsonDocument.Parse(line);
            var (book, language) = (new StoryBook(), row.RootElement.TryGetProperty("lang", out var lang) ? lang.GetString()! : "");
            var (one, other) = (StoryRow.Of(row.RootElement.GetProperty("a")), StoryRow.Of(row.RootElement.GetProperty("b")));
            var first = book.Place(one.Article(1) with { Language = language }, DateTimeOffset.UnixEpoch);
            var second = book.Place(other.Article(2) with { Language = language }, DateTimeOffset.UnixEpoch);
            lines.Add(new { id = row.RootElement.GetProperty("id").ToString(), same = first.Story == second.Story });
        }

        Write(args, lines);
        Console.WriteLine($"{lines.Count} pairs");
        return Task.FromResult(0);
    }

    private static Task<int> Run(string[] args, Func<string, Placed, bool, object> line)
    {
        var rows = File.ReadLines(args[0]).Where(row => row.Length > 0).Select(StoryRow.Of).ToList();
        var shuffle = Array.IndexOf(args, "--shuffle");
        if (shuffle > 0)
        {
            new Random(int.Parse(args[shuffle + 1], CultureInfo.InvariantCulture)).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows));
        }

        var before = GC.GetTotalMemory(true);
        var (book, placed, told) = (new StoryBook(), new List<Placed>(), new List<bool>());
        var times = new List<double>();
        var reports = new HashSet<long>();
        foreach (var row in rows)
        {
            var cpu = MatchVerb.ThreadTime();
            var placement = book.Place(row.Article(placed.Count + 1), row.At ?? DateTimeOffset.UnixEpoch.AddMinutes(placed.Count));
            times.Add((MatchVerb.ThreadTime() - cpu) * 1000);
            told.Add(reports.Add(placement.Report) || placement.IsDoubtful);
            placed.Add(new(placed.Count + 1, placement.Report, placement.Story, placement.Kind == PlacementKind.Copy, placement.Why));
            placement.Changes.ToList().ForEach(change => Apply(change, placed));
        }

        Write(args, rows.Select((row, i) => line(row.Id, placed[i], told[i])));
        Console.WriteLine(Figures(times, (GC.GetTotalMemory(true) - before) / 1048576.0, placed));
        GC.KeepAlive(book);
        return Task.FromResult(0);
    }

    // The story of a report as it is at the end: after merges and splits.
    private static void Apply(StoryChange change, List<Placed> placed)
    {
        var reports = change.Reports.ToHashSet();
        var story = change.Kind == StoryChangeKind.Merged ? change.Story : change.Other;
        for (var i = 0; i < placed.Count; i++)
        {
            placed[i] = reports.Contains(placed[i].Report) ? placed[i] with { Story = story } : placed[i];
        }
    }

    private static void Write(string[] args, IEnumerable<object> lines)
    {
        var at = Array.IndexOf(args, "--out");
        if (at > 0)
        {
            File.WriteAllLines(args[at + 1], lines.Select(line => JsonSerializer.Serialize(line)));
        }
    }

    private static string Figures(List<double> times, double memory, List<Placed> placed)
    {
        var sorted = times.Skip(Math.Min(100, times.Count / 2)).Order().ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{placed.Count} articles, {placed.DistinctBy(p => p.Report).Count()} reports, {placed.DistinctBy(p => p.Story).Count()} stories   {sorted.Average():0.000} ms an article, p99 {sorted[sorted.Count * 99 / 100]:0.000} ms (thread CPU time, after the first 100)   {memory:0.0} MB held");
    }

    private sealed record Placed(long Article, long Report, long Story, bool IsCopy, string Why);
}
