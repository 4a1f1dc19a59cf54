using System.Globalization;
using System.Text.Json;
using NewsWatch.Core.Voices.Dates;
using NewsWatch.Core.Voices.Deadlines;
using NewsWatch.Core.Voices.Quotes;

namespace NewsWatch.Bench;

/// <summary>Reads the dates, deadlines and quotes of labelled texts, and writes what the scorers of those files read.</summary>
internal static class VoicesVerb
{
    /// <summary>Dates in the running text of a .jsonl file; a .json file holds dates of feeds.</summary>
    public static Verb Dates { get; } = new(
        "FILE.json | FILE.jsonl [--out FILE]",
        "dates of feeds (.json): right, wrong, unread; dates in texts (.jsonl): lines {id, preds}; ms a text",
        args => args[0].EndsWith(".jsonl", StringComparison.Ordinal) ? Run(args, DatesOf) : DatesVerb.Run(args));

    public static Verb Deadlines { get; } = new("FILE.jsonl [--out FILE]", "deadlines of texts: lines {id, deadlines}; ms a text", args => Run(args, DeadlinesOf));

    public static Verb Quotes { get; } = new("FILE.jsonl [--out FILE]", "quotes of texts and who said them: lines {id, quotes}; ms a text", args => Run(args, QuotesOf));

    private static object QuotesOf(JsonElement row, string text) => new
    {
        id = row.GetProperty("id").ToString(),
        quotes = QuoteFinder.Find(text, Word(row, "lang")).Select(quote => new
        {
            start = quote.Start,
            end = quote.End,
            speaker = quote.SpeakerStart < 0 ? null : new[] { quote.SpeakerStart, quote.SpeakerEnd },
            name = quote.Name,
        }).ToList(),
    };

    private static object DeadlinesOf(JsonElement row, string text) => new
    {
        id = row.GetProperty("id").ToString(),
        deadlines = DeadlineFinder.Find(text, AnchorOf(row), Word(row, "lang")).Select(found => new
        {
            start = found.Start,
            end = found.End,
            due = found.Due?.At?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) ?? found.Due?.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            granularity = (found.Due?.Granularity ?? Granularity.Day).ToString().ToLowerInvariant(),
            modality = found.Modality.ToString().ToLowerInvariant(),
            holder = found.Holder,
            reading = found.Due?.Reading,
        }).ToList(),
    };

    private static object DatesOf(JsonElement row, string text) => new
    {
        id = row.GetProperty("id").ToString(),
        preds = DateFinder.Find(text, AnchorOf(row), Word(row, "lang")).Select(date => new { start = date.Start, end = date.End, value = date.Value, reading = date.Reading }).ToList(),
    };

    private static Task<int> Run(string[] args, Func<JsonElement, string, object> read)
    {
        var (lines, times, words) = (new List<string>(), new List<double>(), 0);
        foreach (var line in File.ReadLines(args[0]).Where(line => line.Length > 0))
        {
            using var row = JsonDocument.Parse(line);
            var text = Word(row.RootElement, "text") is { Length: > 0 } whole ? whole : Word(row.RootElement, "input");
            words += text.Count(char.IsWhiteSpace) + 1;
            var cpu = MatchVerb.ThreadTime();
            var found = read(row.RootElement, text);
            times.Add((MatchVerb.ThreadTime() - cpu) * 1000);
            lines.Add(JsonSerializer.Serialize(found));
        }

        var at = Array.IndexOf(args, "--out");
        if (at > 0)
        {
            File.WriteAllLines(args[at + 1], lines);
        }

        var warm = times.Skip(Math.Min(20, times.Count / 2)).Order().ToList();
        var memory = GC.GetTotalMemory(true) / 1048576.0;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{lines.Count} texts of {words / Math.Max(1, lines.Count)} words   {warm.Average():0.000} ms a text, p99 {warm[warm.Count * 99 / 100]:0.000} ms (thread CPU time, after the first 20), {times.Sum() / words * 600:0.000} ms for 600 words   {memory:0.0} MB held"));
        return Task.FromResult(0);
    }

    private static TimeAnchor AnchorOf(JsonElement row)
    {
        var zone = Word(row, "zone") is { Length: > 0 } id ? TimeZoneInfo.FindSystemTimeZoneById(id) : TimeZoneInfo.Utc;
        var time = new[] { "published", "reference", "dct" }.Select(name => Word(row, name)).First(value => value.Length > 0);
        return new(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), zone);
    }

    private static string Word(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.ToString() : "";
}
