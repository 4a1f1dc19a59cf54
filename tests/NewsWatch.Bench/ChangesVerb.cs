using System.Globalization;
using System.Text.Json;
using NewsWatch.Core.Changes;
using NewsWatch.Core.Text;

namespace NewsWatch.Bench;

/// <summary>Compares versions of labelled articles, and writes what the scorer reads.</summary>
internal static class ChangesVerb
{
    public static Verb Verb { get; } = new("FILE [--out FILE]", "changes of alerted articles: lines {id, class, tell, before, after}; ms a diff, p99", Run);

    private static Task<int> Run(string[] args)
    {
        var times = new List<double>();
        var lines = new List<string>();
        foreach (var line in File.ReadLines(args[0]).Where(line => line.Length > 0))
        {
            using var row = JsonDocument.Parse(line);
            var cpu = MatchVerb.ThreadTime();
            var prediction = Predict(row.RootElement);
            times.Add((MatchVerb.ThreadTime() - cpu) * 1000);
            lines.Add(JsonSerializer.Serialize(prediction));
        }

        if (Array.IndexOf(args, "--out") is var at and > 0)
        {
            File.WriteAllLines(args[at + 1], lines);
        }

        var sorted = times.Skip(Math.Min(50, times.Count / 2)).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times.Count} diffs   {sorted.Average():0.000} ms a diff, p99 {sorted[sorted.Count * 99 / 100]:0.000} ms (thread CPU time)"));
        return Task.FromResult(0);
    }

    private static object Predict(JsonElement row)
    {
        var id = row.GetProperty("id").GetString();
        var later = row.GetProperty("after_version");
        var (before, after) = (Version(row.GetProperty("before_version")), Version(later));
        var page = PageAbsences.Of(later.GetProperty("status").GetInt32(), later.GetProperty("looks").GetInt32(), PageAbsences.GoneAfter);
        if (page != PageAbsence.Present)
        {
            return new { id, @class = page == PageAbsence.Gone ? "gone" : "none", tell = page == PageAbsence.Gone, before = (int[]?)null, after = (int[]?)null };
        }

        var changes = ArticleDiff.Between(before, after, Alerted(row, before), row.GetProperty("lang").GetString()!);
        var gravest = changes.Changes.Where(change => change.Class == changes.Class).OrderByDescending(change => change.IsTold).FirstOrDefault();
        return new { id, @class = Name(changes.Class), tell = changes.IsTold, before = Offsets(before, gravest?.Before), after = Offsets(after, gravest?.After) };
    }

    private static string Name(ChangeClass change) => change switch
    {
        ChangeClass.FactAdded => "fact-added",
        ChangeClass.FactRemoved => "fact-removed",
        _ => change.ToString().ToLowerInvariant(),
    };

    private static TextVersion Version(JsonElement version) => new(version.GetProperty("title").GetString()!, version.GetProperty("text").GetString()!);

    private static AlertedWords Alerted(JsonElement row, TextVersion before) => new(
        [
            .. row.GetProperty("alerted").EnumerateArray().Select(sentence => sentence.GetString()!.Trim())
                .Select(sentence => new TextSpan(Field.Body, before.Text.IndexOf(sentence, StringComparison.Ordinal), sentence.Length)).Where(span => span.Start >= 0),
        ],
        [.. row.GetProperty("terms").EnumerateArray().Select(term => term.GetString()!)]);

    private static int[]? Offsets(TextVersion version, TextSpan? span) =>
        span is null ? null : span.Field == Field.Title ? [span.Start, span.End] : [version.Title.Length + 1 + span.Start, version.Title.Length + 1 + span.End];
}
