using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using NewsWatch.Backtest;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Loading;
using NewsWatch.Core.Feeds;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Processing;
using NewsWatch.Storage;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Sources;

namespace NewsWatch.Bench;

/// <summary>Archives to backtest on: a file of real headlines, or many generated articles; both go through commit 2.</summary>
internal static class BacktestVerbs
{
    private const int WritesTogether = 256;

    public static Verb Headlines { get; } = new(
        "FILE DATABASE [CONFIG]", "headlines ({time, publisher, title} a line) into a new database, as CONFIG would have decided them; then its backtest", HeadlinesAsync);

    public static Verb Backtest { get; } = new("N", "N articles of about 5 KB: a backtest of 1 rule and of 1,000, one side and both, against reading alone", MeasureAsync);

    private static async Task<int> HeadlinesAsync(string[] args)
    {
        var file = args.Length > 2 ? args[2] : "appsettings.json";
        var loaded = Load(file);
        var configuration = loaded.Configuration;
        await using var database = new Database(args[1], losesCommitsOnPowerFailure: true);
        await LastGood.KeepAsync(database, loaded, ConfigurationFiles.Read(file), DateTimeOffset.UnixEpoch, CancellationToken.None);
        var clock = Stopwatch.StartNew();
        var rows = File.ReadLines(args[0]).Where(line => line.Length > 0).Select((line, number) => ItemOf(line, number + 1));
        var count = await FillAsync(database, configuration, rows);
        Print($"{count} headlines in {clock.Elapsed.TotalSeconds:0.0} s");
        await PrintAsync(database, "as decided", new(configuration) { Baseline = configuration });
        return 0;
    }

    private static async Task<int> MeasureAsync(string[] args)
    {
        var count = int.Parse(args[0], CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("newswatch-bench-").FullName;
        try
        {
            var words = new ArchiveVerb.Vocabulary(7);
            var nothing = Rules(words, 1);
            await using var database = new Database(Path.Combine(folder, "newswatch.db"), losesCommitsOnPowerFailure: true);
            await FillAsync(database, nothing, Enumerable.Range(1, count).Select(number => (Item("world", $"https://world.example.com/{number}", words.Text(9), words.Paragraphs(), At(number)), At(number))));
            Read(database);
            var (one, thousand) = (Rules(words, 1), Rules(words, 1_000));
            await PrintAsync(database, "1 rule, one side", new(one));
            await PrintAsync(database, "1 rule, both sides", new(one) { Baseline = Rules(words, 1) });
            await PrintAsync(database, "1,000 rules, one side", new(thousand));
            await PrintAsync(database, "1,000 rules, both sides", new(thousand) { Baseline = thousand });
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Read(Database database)
    {
        var (clock, cpu) = (Stopwatch.StartNew(), Cpu());
        var window = database.Read(db => ReplayStore.Window(db, null, null));
        var (after, length) = (0L, 0L);
        while (after < window.Last)
        {
            database.Read(db =>
            {
                foreach (var reading in ReplayStore.Page(db, window, after, 512))
                {
                    (after, length) = (reading.Id, length + reading.Article.Text.Length);
                }

                return 0;
            });
        }

        Print($"reading alone            {clock.Elapsed.TotalSeconds,6:0.0} s, CPU {(Cpu() - cpu).TotalSeconds:0.0} s, {window.Readings} readings of {length / Math.Max(1, window.Readings)} characters");
    }

    private static async Task PrintAsync(Database database, string what, BacktestRequest request)
    {
        GC.Collect();
        var (clock, cpu, before) = (Stopwatch.StartNew(), Cpu(), Process.GetCurrentProcess().WorkingSet64);
        var result = await Backtester.RunAsync(database, request, null, CancellationToken.None);
        var exact = result.Sent is { } sent ? $", {sent.Sent} sent, {sent.MissingCount} missing, {sent.ExtraCount} extra" : "";
        Print($"{what,-24} {clock.Elapsed.TotalSeconds,6:0.0} s, CPU {(Cpu() - cpu).TotalSeconds:0.0} s, +{(Process.GetCurrentProcess().WorkingSet64 - before) / 1048576.0:0} MiB; {result.Candidate.Matches} matches, {result.Candidate.Alerts} alerts{exact}");
    }

    /// <summary>Each item is matched and goes through commit 2 at its own time.</summary>
    private static async Task<int> FillAsync(Database database, WatchConfiguration configuration, IEnumerable<(ClaimedItem Item, DateTimeOffset At)> items)
    {
        var (stories, count) = (new StoryShelf(), 0);
        foreach (var chunk in items.Chunk(WritesTogether))
        {
            var matched = chunk.Select(one => (Article: MatchedArticle.OfItem(one.Item, configuration) with { WantsPage = false }, one.At)).ToList();
            stories.Prepare(database, chunk[0].At);
            await database.WriteAsync(db => matched.ForEach(one => new ArticleWriter(configuration, stories, one.At).Save(db, one.Article)));
            count += chunk.Length;
        }

        return count;
    }

    private static (ClaimedItem Item, DateTimeOffset At) ItemOf(string line, int number)
    {
        using var row = JsonDocument.Parse(line);
        var (publisher, title) = (row.RootElement.GetProperty("publisher").GetString()!, row.RootElement.GetProperty("title").GetString()!);
        var at = DateTimeOffset.Parse(row.RootElement.GetProperty("time").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        var source = IdOf(publisher);
        return (Item(source, $"https://{source}.example.com/{number}", title, "", at), at);
    }

    private static ClaimedItem Item(string source, string url, string title, string text, DateTimeOffset at) =>
        new(0, source, url, url, 0, at, 0, 0, StoredJson.Write(new FeedItem { Id = url, Link = url, Title = title, Text = text, Published = at }));

    private static string IdOf(string publisher)
    {
        var id = new StringBuilder();
        foreach (var letter in publisher.ToLowerInvariant())
        {
            id.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '-');
        }

        return id.ToString().Trim('-');
    }

    /// <summary>Rules of two words near each other, a rare one and one as frequent as those of texts.</summary>
    private static WatchConfiguration Rules(ArchiveVerb.Vocabulary words, int count)
    {
        var random = new Random(12);
        var configuration = Load("appsettings.json").Configuration;
        var rules = Enumerable.Range(1, count)
            .Select(number => (Id: $"rule-{number}", When: $"{words.RareWord(random)} NEAR/20 ({words.RareWord(random)} OR {words.LongWord(random)})"))
            .Select(rule => new WatchRule { Id = rule.Id, Title = rule.Id, When = rule.When, Rule = new(rule.Id, Query.Parse(rule.When, Vocabulary.Empty).Query!, null) })
            .ToDictionary(rule => rule.Id);
        return configuration with { Vocabulary = Vocabulary.Empty, Rules = rules, RuleSet = RuleSet.Compile([.. rules.Values.Select(rule => rule.Rule)], Vocabulary.Empty) };
    }

    private static LoadResult.Loaded Load(string file) => ConfigurationLoader.OfProcess.Load(ConfigurationFiles.Read(file)) switch
    {
        LoadResult.Loaded loaded => loaded,
        var refused => throw new InvalidOperationException(Report.Of(refused.Problems)),
    };

    private static DateTimeOffset At(int number) => DateTimeOffset.UnixEpoch.AddYears(55).AddSeconds(7 * number);

    private static TimeSpan Cpu() => Process.GetCurrentProcess().TotalProcessorTime;

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
