using System.Globalization;
using System.Text.Json;
using NewsWatch.Core.Stories.Origins;

namespace NewsWatch.Bench;

/// <summary>Counts the sources of labelled stories, and writes what the scorer reads.</summary>
internal static class CorroborationVerb
{
    public static Verb Verb { get; } = new("FILE [--out FILE]", "sources of stories: lines {id, publishers, independent, groups}; ms a story, p99", Run);

    private static Task<int> Run(string[] args)
    {
        var (times, lines) = (new List<double>(), new List<string>());
        foreach (var line in File.ReadLines(args[0]).Where(line => line.Length > 0))
        {
            using var row = JsonDocument.Parse(line);
            var articles = row.RootElement.GetProperty("articles").EnumerateArray().ToList();
            var texts = articles.ConvertAll(Text);
            var finder = new OriginFinder(texts.Select(text => text.Outlet));
            var cpu = MatchVerb.ThreadTime();
            var found = finder.Of(texts);
            times.Add((MatchVerb.ThreadTime() - cpu) * 1000);
            var groups = finder.Groups(texts).Select(group => group.Texts.Select(text => Word(articles[text], "id")));
            lines.Add(JsonSerializer.Serialize(new { id = Word(row.RootElement, "id"), publishers = found.Publishers, independent = found.Independent, groups }));
        }

        if (Array.IndexOf(args, "--out") is var at and > 0)
        {
            File.WriteAllLines(args[at + 1], lines);
        }

        var sorted = times.Skip(times.Count / 2).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times.Count} stories   {sorted.Average():0.000} ms a story, p99 {sorted[sorted.Count * 99 / 100]:0.000} ms (thread CPU time, the second half)"));
        return Task.FromResult(0);
    }

    private static PrintedText Text(JsonElement article)
    {
        var (name, owner, byline) = (Word(article, "publisher"), Word(article, "owner"), Word(article, "byline"));
        return new(new(name, name, owner.Length > 0 ? owner : name), Word(article, "title"), Word(article, "text"), byline.Length > 0 ? [byline] : []);
    }

    private static string Word(JsonElement row, string name) => row.GetProperty(name).GetString() ?? "";
}
