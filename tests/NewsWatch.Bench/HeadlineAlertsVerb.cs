using System.Globalization;
using System.Text.Json;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Loading;
using NewsWatch.Core.Alerts;
using NewsWatch.Tests.Processing;

namespace NewsWatch.Bench;

/// <summary>Puts labelled headlines through a configuration's rules and the service's own decisions, and lists the alerts: how many, for how many events, in how many threads.</summary>
internal static class HeadlineAlertsVerb
{
    public static Verb Verb { get; } = new(
        "FILE CONFIG headline|wide",
        "alerts of a configuration's rules over labelled headlines: a line each; how many, for how many events, in how many threads, events missed",
        Run);

    // The desk's clock begins after the first headlines, and goes forward only.
    private static readonly TimeSpan Later = TimeSpan.FromDays(365);

    private static async Task<int> Run(string[] args)
    {
        var rows = File.ReadLines(args[0]).Where(line => line.Length > 0).Select(Labelled.Of).ToList();
        var loaded = (LoadResult.Loaded)ConfigurationLoader.OfProcess.Load(ConfigurationFiles.Read(args[1]));
        var watch = loaded.Configuration;
        await using var desk = new ArticleDesk(watch with { Defaults = watch.Defaults with { Stories = Enum.Parse<StoryScope>(args[2], ignoreCase: true) } });
        foreach (var row in rows)
        {
            desk.Clock.SetUtcNow(row.At + Later);
            await desk.AddAsync(row.Publisher, row.Title, $"https://{row.Publisher}.example.com/{row.Id}", key: row.Id);
            await desk.Processor.ProcessItemsAsync(CancellationToken.None);
        }

        var matched = desk.Database.Read(db => db.Query<long>("SELECT DISTINCT article FROM verdict")).ToHashSet();
        Report(rows, [.. rows.Where((_, at) => matched.Contains(at + 1))], desk.Alerts());
        return 0;
    }

    // Articles are numbered in the order of the rows.
    private static void Report(List<Labelled> rows, List<Labelled> matched, IReadOnlyList<AlertContent> alerts)
    {
        foreach (var thread in alerts.GroupBy(alert => alert.Story))
        {
            Console.WriteLine($"thread {thread.Key}");
            foreach (var alert in thread)
            {
                var row = rows[(int)alert.Article.Id - 1];
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {row.At:MM-dd HH:mm} {alert.Rule.Id,-18} {alert.Reason}{(alert.FollowUp?.MayRepeat == true ? "?" : ""),-1} {row.Title}  [{row.Events[0]}]"));
            }
        }

        for (var reader = 0; reader < matched[0].Events.Count; reader++)
        {
            var told = alerts.Select(alert => rows[(int)alert.Article.Id - 1].Events[reader]).ToHashSet();
            var events = matched.Select(row => row.Events[reader]).Distinct().ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"reader {reader + 1}: {alerts.Count} alerts in {alerts.DistinctBy(alert => alert.Story).Count()} threads for {events.Count(told.Contains)} of {events.Count} events of {matched.Count} headlines that rules match; missed: {string.Join(", ", events.Where(one => !told.Contains(one)).DefaultIfEmpty("none"))}"));
        }
    }

    private sealed record Labelled(string Id, DateTimeOffset At, string Publisher, string Title, IReadOnlyList<string> Events)
    {
        public static Labelled Of(string line)
        {
            using var row = JsonDocument.Parse(line);
            var known = StoryRow.Of(row.RootElement);
            var publisher = string.Concat(known.Publisher.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
            return new(known.Id, known.At!.Value, publisher, known.Title, [.. row.RootElement.GetProperty("event").EnumerateArray().Select(one => one.GetString()!)]);
        }
    }
}
