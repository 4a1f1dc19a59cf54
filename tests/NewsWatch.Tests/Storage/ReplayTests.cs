using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Rules;
using NewsWatch.Processing;
using NewsWatch.Storage;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Stories;
using NewsWatch.Tests.Processing;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Storage;

/// <summary>What the archive keeps is enough to decide everything again: same readings, same alerts.</summary>
public sealed class ReplayTests
{
    private const int Runs = 12;
    private static readonly TimeSpan Run = TimeSpan.FromDays(7);
    private static readonly string[] Words = ["truce", "ceasefire", "tariff", "tariffs", "harvest", "rain", "border", "talks", "ministers", "harbour"];

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, Runs)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_weeks_readings_in_the_archive_give_exactly_the_alerts_that_were_told(int seed)
    {
        await using var desk = new ArticleDesk(Configuration("first", Severity.Urgent));
        var configurations = new[] { desk.Configuration.Current, Configuration("second", Severity.Flash) }.ToDictionary(configuration => configuration.Version);
        await RunAsync(desk, configurations["second"], new Random(seed));

        var told = desk.Database.Read(db => Stored.Column<string>(db, "alert", "key"));

        Assert.NotEmpty(told);
        Assert.Equal(told, Replay(desk.Database, configurations));
    }

    /// <summary>News, edits, copies, pages, live entries and old news come in any order; in the middle an edit raises a rule's severity.</summary>
    private static async Task RunAsync(ArticleDesk desk, WatchConfiguration second, Random random)
    {
        var (first, begun, step) = (desk.Configuration.Current, desk.Clock.GetUtcNow(), 0);
        while (desk.Clock.GetUtcNow() < begun + Run)
        {
            step++;
            if (desk.Configuration.Current == first && desk.Clock.GetUtcNow() > begun + (Run / 2))
            {
                desk.Configuration.Swap(second);
            }

            var article = random.Next(12);
            var source = new[] { "wire", "paper", "blog" }[random.Next(3)];
            var url = $"https://{(random.Next(4) == 0 ? "shared" : source)}.example.com/{article}";
            var title = $"{Word(random)} and {Word(random)} near the northern river, day {article}";
            desk.Serve(url, title, string.Join(' ', Enumerable.Repeat($"The report says {Word(random)} and {Word(random)}, and that both sides meet again.", 12)));
            var published = desk.Clock.GetUtcNow() - TimeSpan.FromHours(random.Next(5) == 0 ? 50 : random.Next(10));
            await desk.AddAsync(source, title, url, $"{Word(random)}, {Word(random)}.", published, key: source == "blog" ? $"entry {step}" : null, linkIsShared: source == "blog");
            if (random.Next(3) > 0)
            {
                await desk.ProcessAsync();
                desk.Clock.Advance(TimeSpan.FromMinutes(random.Next(300)));
            }
        }

        await desk.ProcessAsync();
    }

    private static List<string> Replay(Database database, Dictionary<string, WatchConfiguration> configurations) => database.Read(db =>
    {
        var earlier = new List<(long Story, EarlierAlert Alert)>();
        foreach (var reading in ReadingStore.After(db, 0, int.MaxValue))
        {
            var configuration = configurations[reading.Configuration!];
            var story = StoryStore.Get(db, reading.Story);
            var article = Article(DocumentStore.Find(db, reading.Document)!, ArticleStore.Find(db, reading.Article)!.Article.Url, reading.Published);
            var document = ArticleDocument.Create(article, configuration.NamesOf(reading.Source), configuration.Sources[reading.Source].Publisher?.Id ?? "");
            var matched = new MatchedArticle(article, reading.Source, reading.FirstSeen, IsUpdate: false, WantsPage: false)
            {
                Matches = [.. configuration.RuleSet.Match(document).Select(match => new ExcerptedMatch(match.RuleId, match.Hits, []))],
                TitleKey = "",
                Document = DocumentWrite.From(article),
            };
            var past = earlier.Where(told => told.Story == story.Id).Select(told => told.Alert).ToList();
            var decisions = AlertDecider.Decide(matched.News(configuration, story, reading.Change), past, configuration.Audience, (_, _) => SubscriberState.Fresh, reading.At);
            Assert.Equal(
                MatchStore.Of(db, reading.Id).Select(match => (match.Rule, match.Alerted)).Order(),
                decisions.Select(decision => (decision.Facts.Rule, decision.Decision is AlertDecision.Alert)).Order());
            earlier.AddRange(decisions.Where(decision => decision.Decision is AlertDecision.Alert).Select(decision => (story.Id, Alert(decision, story, reading.At))));
        }

        return earlier.Select(told => told.Alert.Key).ToList();
    });

    private static EarlierAlert Alert(MatchDecision decision, Story story, DateTimeOffset at)
    {
        var (rule, alert) = (decision.Facts.Rule, (AlertDecision.Alert)decision.Decision);
        return new($"{rule}/{story.Key}/{StoredName.Of(alert.Reason)}/{alert.Step}", rule, alert.Reason, alert.Step, decision.Facts.Severity, at);
    }

    private static Article Article(StoredDocument seen, string url, DateTimeOffset? published) =>
        new() { Url = url, Title = seen.Title, Text = seen.Text, Authors = seen.Authors, Section = seen.Section, Language = seen.Language, Published = published };

    private static string Word(Random random) => Words[random.Next(Words.Length)];

    private static WatchConfiguration Configuration(string version, Severity severity) => SomeWatch.Of(
        [SomeWatch.Wire with { FullText = FullText.Auto }, SomeWatch.Paper, new Source { Id = "blog", Url = "https://blog.example.com/live", Kind = SourceKind.Live }],
        [SomeWatch.Tariffs, SomeWatch.Rule("ceasefire", "ceasefire OR truce", severity)],
        [SomeWatch.Anna, SomeWatch.Ben]) with
    {
        Version = version,
    };
}
