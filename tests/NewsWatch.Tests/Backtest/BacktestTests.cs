using NewsWatch.Backtest;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Storage;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Subscribers;
using NewsWatch.Tests.Processing;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Backtest;

/// <summary>What would other rules have done with the news of the archive?</summary>
public sealed class BacktestTests
{
    private const int Runs = 10;
    private const int StepsOfARun = 70;
    private static readonly string[] Words = ["truce", "ceasefire", "tariff", "tariffs", "harvest", "rain", "border", "talks", "ministers", "harbour"];

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, Runs)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_configuration_in_force_gives_exactly_what_was_sent(int seed)
    {
        await using var desk = new ArticleDesk(InForce());
        await LiveAsync(desk, new Random(seed));

        var result = await RunAsync(desk, new(InForce()) { Baseline = InForce() });

        Assert.InRange(result.Sent!.Sent, 5, int.MaxValue);
        Assert.Equal(desk.Count("alert"), result.Sent.Sent);
        Assert.True(result.Sent.IsExact, $"missing {string.Join(" ", result.Sent.Missing)}, extra {string.Join(" ", result.Sent.Extra)}");
        Assert.Equal(new(0, 0, result.Sent.Sent), result.Difference);
        Assert.Equal(desk.Count("match"), result.Candidate.Matches);
        Assert.Equal(Outcomes(desk), Outcomes(result));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Wide_stories_give_exactly_what_was_sent(int seed)
    {
        var wide = InForce() with { Defaults = new() { Via = "mail", Stories = StoryScope.Wide } };
        await using var desk = new ArticleDesk(wide);
        await LiveAsync(desk, new Random(seed));

        var result = await RunAsync(desk, new(wide) { Baseline = wide });

        Assert.InRange(result.Sent!.Sent, 3, int.MaxValue);
        Assert.True(result.Sent.IsExact, $"missing {string.Join(" ", result.Sent.Missing)}, extra {string.Join(" ", result.Sent.Extra)}");
        Assert.Equal(desk.Count("match"), result.Candidate.Matches);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_window_that_begins_in_the_middle_is_as_exact(int seed)
    {
        await using var desk = new ArticleDesk(InForce());
        await LiveAsync(desk, new Random(seed));
        var middle = desk.Database.Read(db => Stored.Column<DateTimeOffset>(db, "reading", "at") is var times ? times[times.Count / 2] : default);

        var result = await RunAsync(desk, new(InForce()) { Baseline = InForce(), Since = middle });

        Assert.InRange(result.Window.Readings, 1, desk.Count("reading") - 1);
        Assert.True(result.Sent!.IsExact, $"missing {string.Join(" ", result.Sent.Missing)}, extra {string.Join(" ", result.Sent.Extra)}");
        Assert.Equal(Outcomes(desk, middle), Outcomes(result));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task What_was_silenced_at_the_time_is_silenced_in_the_replay(int seed)
    {
        await using var desk = new ArticleDesk(InForce());
        await LiveAsync(desk, new Random(seed));
        var from = desk.Clock.GetUtcNow();
        foreach (var (scope, target) in ((SilenceScope, string)[])[(SilenceScope.Source, "paper"), (SilenceScope.Subscriber, "carl"), (SilenceScope.Rule, "tariffs")])
        {
            await desk.Database.WriteAsync(db => SilenceStore.Add(db, new(0, scope, target, from, from.AddDays(2), "a test", "ops")));
        }

        await LiveAsync(desk, new Random(seed + 100));
        await desk.Database.WriteAsync(db => SilenceStore.End(db, 1, "ops", desk.Clock.GetUtcNow()));
        await LiveAsync(desk, new Random(seed + 200));

        var result = await RunAsync(desk, new(InForce()) { Baseline = InForce() });

        Assert.True(result.Sent!.IsExact, $"missing {string.Join(" ", result.Sent.Missing)}, extra {string.Join(" ", result.Sent.Extra)}");
        Assert.Equal(desk.Count("alert"), result.Sent.Sent + result.Sent.Beside);
        Assert.NotEqual(0, result.Candidate.Suppressed.GetValueOrDefault(VerdictReason.Muted));
        Assert.Contains(Outcomes(desk), outcome => outcome.StartsWith("carl nothing", StringComparison.Ordinal));
        Assert.Equal(Outcomes(desk).Where(outcome => outcome.Contains(" nothing ", StringComparison.Ordinal)), Outcomes(result).Where(outcome => outcome.Contains(" nothing ", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_candidate_replays_what_it_would_have_sent_had_it_been_in_force(int seed)
    {
        // Without pages: those of alerted articles are read again, so the two would not read the same.
        var candidate = Routed([SomeWatch.Rule("ceasefire", "ceasefire", Severity.Flash), SomeWatch.Rule("weather", "rain")], FullText.Never);
        await using var desk = new ArticleDesk(InForce(FullText.Never));
        await using var other = new ArticleDesk(candidate);
        await LiveAsync(desk, new Random(seed));
        await LiveAsync(other, new Random(seed));

        var result = await RunAsync(desk, new(candidate) { Baseline = InForce(FullText.Never) });

        Assert.Equal(other.Count("alert"), result.Candidate.Alerts);
        Assert.Equal(desk.Count("alert"), result.Baseline!.Alerts);
        Assert.Equal((result.Candidate.Alerts, result.Baseline.Alerts), (result.Difference.New + result.Difference.Same, result.Difference.Gone + result.Difference.Same));
        Assert.Equal(Outcomes(other), Outcomes(result));
    }

    [Fact]
    public async Task What_is_gone_says_the_first_clause_that_fails_and_what_is_new_what_it_lacked()
    {
        await using var desk = new ArticleDesk(Configuration([SomeWatch.Rule("ceasefire", "ceasefire OR truce"), SomeWatch.Tariffs]));
        await AddAsync(desk, "Truce holds at the river");
        await AddAsync(desk, "Ceasefire talks near the river");
        await AddAsync(desk, "Tariffs on tin rise");
        await AddAsync(desk, "Rain at the river");
        var candidate = Configuration([SomeWatch.Rule("ceasefire", "(ceasefire OR truce) AND talks"), SomeWatch.Rule("weather", "rain")]);

        var result = await RunAsync(desk, new(candidate) { Baseline = desk.Configuration.Current });

        Assert.Equal(new(1, 2, 1), result.Difference);
        Assert.Equal(
            ["New weather: Rain at the river (there is no such rule)", "Gone tariffs: Tariffs on tin rise (there is no such rule)", "Gone ceasefire: Truce holds at the river (missing talks)", "Same ceasefire: Ceasefire talks near the river ()"],
            result.Samples.Select(sample => $"{sample.Kind} {sample.Rule}: {sample.Title} ({sample.Why})"));
        Assert.Equal([new("missing talks", 1), new("there is no such rule", 1)], result.GoneBecause);
    }

    [Fact]
    public async Task An_alert_on_another_article_of_the_story_is_the_same()
    {
        await using var desk = new ArticleDesk(Configuration([SomeWatch.Rule("ceasefire", "ceasefire")]));
        await AddAsync(desk, "Ceasefire at the river");
        await AddAsync(desk, "Ceasefire at the river", source: "paper", text: "It begins at dawn.");
        var candidate = Configuration([SomeWatch.Rule("ceasefire", "ceasefire AND dawn")]);

        var result = await RunAsync(desk, new(candidate) { Baseline = desk.Configuration.Current });

        Assert.Equal(new(0, 0, 1), result.Difference);
    }

    [Fact]
    public async Task A_match_that_waits_for_sources_is_replayed_with_the_article_that_brings_them()
    {
        await using var desk = new ArticleDesk(Configuration([SomeWatch.Rule("confirmed", "dawn AND publishers>=2")]));
        await AddAsync(desk, "Ceasefire at the river", text: "It begins at dawn.");
        await AddAsync(desk, "Ceasefire at the river", source: "paper");

        var result = await RunAsync(desk, new(desk.Configuration.Current) { Baseline = desk.Configuration.Current });

        Assert.Equal(AlertReason.Corroboration, Assert.Single(desk.Alerts()).Reason);
        Assert.True(result.Sent is { IsExact: true, Sent: 1 });
        Assert.Equal((new(0, 0, 1), 1, 1), (result.Difference, result.Candidate.Matches, result.Candidate.Alerts));
    }

    [Fact]
    public async Task A_match_that_waited_before_the_window_is_replayed_with_what_confirms_it_in_the_window()
    {
        await using var desk = new ArticleDesk(Configuration([SomeWatch.Rule("confirmed", "dawn AND publishers>=2")]));
        await AddAsync(desk, "Ceasefire at the river", text: "It begins at dawn.");
        await AddAsync(desk, "Truce on the hill", text: "It begins at dawn.");
        desk.Clock.Advance(TimeSpan.FromHours(2));
        await AddAsync(desk, "Ceasefire at the river", source: "paper");

        var result = await RunAsync(desk, new(desk.Configuration.Current) { Baseline = desk.Configuration.Current, Since = ArticleDesk.Noon.AddHours(1) });

        Assert.True(result.Sent is { IsExact: true, Sent: 1 });
        Assert.Equal((new(0, 0, 1), 1, 1), (result.Difference, result.Candidate.Matches, result.Candidate.Alerts));
    }

    [Fact]
    public async Task Level_matches_compares_readings_and_decides_nothing()
    {
        await using var desk = new ArticleDesk(Configuration([SomeWatch.Rule("ceasefire", "ceasefire")]));
        await AddAsync(desk, "Ceasefire at the river");
        await AddAsync(desk, "Ceasefire at the river", source: "paper");

        var result = await RunAsync(desk, new(desk.Configuration.Current) { Level = BacktestLevel.Matches });

        Assert.Equal((2, 0), (result.Candidate.Matches, result.Candidate.Alerts));
        Assert.Null(result.Sent);
        Assert.Empty(result.Subscribers);
        Assert.Equal(2, result.Samples.Count);
    }

    [Fact]
    public async Task A_rule_says_how_many_readings_each_clause_leaves_and_what_lacks_one_alone()
    {
        await using var desk = new ArticleDesk(Configuration([SomeWatch.Rule("ceasefire", "river AND truce NEAR/2 talks")]));
        await AddAsync(desk, "Truce talks at the river");
        await AddAsync(desk, "Truce at the river");
        await AddAsync(desk, "The truce at the river begins long before any talks");
        await AddAsync(desk, "Rain on tin");

        var result = await RunAsync(desk, new(desk.Configuration.Current) { Rule = "ceasefire", Near = true });

        Assert.Equal([new("river", 3), new("truce", 3), new("talks", 2), new("truce NEAR/2 talks", 1)], result.Funnel);
        Assert.Equal(2, result.NearMisses);
        Assert.Equal(["missing truce within 2 words of talks", "missing talks"], result.Samples.Where(sample => sample.Kind == SampleKind.Near).Select(sample => sample.Why));
    }

    [Fact]
    public async Task One_rule_is_looked_at_alone()
    {
        await using var desk = new ArticleDesk(Configuration([SomeWatch.Ceasefire, SomeWatch.Tariffs]));
        await AddAsync(desk, "Truce and tariffs at the river");

        var result = await RunAsync(desk, new(desk.Configuration.Current) { Baseline = desk.Configuration.Current, Rule = "tariffs" });

        Assert.Equal("tariffs", Assert.Single(result.Rules).Rule);
        Assert.Equal((1, true), (result.Sent!.Sent, result.Sent.IsExact));
    }

    [Fact]
    public async Task Mails_a_day_are_counted_for_each_subscriber_on_both_sides()
    {
        await using var desk = new ArticleDesk(Configuration([SomeWatch.Ceasefire, SomeWatch.Tariffs]));
        foreach (var day in Enumerable.Range(1, 3))
        {
            await AddAsync(desk, $"Tariffs, part {day}");
            await AddAsync(desk, $"Truce, part {day}");
            desk.Clock.Advance(TimeSpan.FromDays(1));
        }

        var result = await RunAsync(desk, new(Configuration([SomeWatch.Tariffs])) { Baseline = desk.Configuration.Current });

        Assert.Equal(["anna 6 3", "ben 3 3", "carl 3 0"], result.Subscribers.Select(one => $"{one.Subscriber} {one.Before!.Messages} {one.After.Messages}"));
        Assert.Equal((2, 1, 1.5), (result.Subscribers[0].Before!.FullestDay, result.Subscribers[0].After.FullestDay, Math.Round(result.Subscribers[0].After.ADay, 1)));
        Assert.Equal([2, 2, 2], result.Days.Select(day => day.Before));
        Assert.Equal([1, 1, 1], result.Days.Select(day => day.After));
    }

    [Fact]
    public async Task Texts_from_before_the_archive_are_counted_and_not_decided()
    {
        await using var desk = new ArticleDesk(Configuration([SomeWatch.Ceasefire]));
        await AddAsync(desk, "Truce at the river");
        await desk.Database.WriteAsync(db => Stored.Set(db, "reading", new { stage = "kept", configuration = (string?)null }));

        var alerts = await RunAsync(desk, new(desk.Configuration.Current));
        var matches = await RunAsync(desk, new(desk.Configuration.Current) { Level = BacktestLevel.Matches });

        Assert.Equal((1, 0, 0), (alerts.Window.Kept, alerts.Candidate.Matches, alerts.Candidate.Alerts));
        Assert.Equal(1, matches.Candidate.Matches);
    }

    [Fact]
    public async Task A_backtest_writes_nothing_and_reports_how_far_it_is()
    {
        await using var desk = new ArticleDesk(InForce());
        await LiveAsync(desk, new Random(1));
        var before = Tables(desk);
        var progress = new Steps();

        await Backtester.RunAsync(desk.Database, new(InForce()) { Baseline = InForce() }, progress, CancellationToken.None);

        Assert.Equal(before, Tables(desk));
        Assert.Equal(new((int)desk.Count("reading"), (int)desk.Count("reading")), progress.Reported[^1]);
    }

    [Fact]
    public async Task A_cancelled_backtest_ends_and_leaves_the_database_as_it_was()
    {
        await using var desk = new ArticleDesk(InForce());
        await LiveAsync(desk, new Random(2));
        var before = Tables(desk);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Backtester.RunAsync(desk.Database, new(InForce()), null, stop.Token));

        Assert.Equal(before, Tables(desk));
    }

    private static Task<BacktestResult> RunAsync(ArticleDesk desk, BacktestRequest request) => Backtester.RunAsync(desk.Database, request, null, CancellationToken.None);

    /// <summary>News, edits, copies, pages, live entries and old news in any order, and deliveries that are accepted when they are due.</summary>
    private static async Task LiveAsync(ArticleDesk desk, Random random)
    {
        for (var step = 0; step < StepsOfARun; step++)
        {
            if (step == StepsOfARun / 3)
            {
                await desk.Database.WriteAsync(db => UnsubscribeStore.Add(db, new("ben", "rule:tariffs", desk.Clock.GetUtcNow(), "page")));
            }

            var article = random.Next(16);
            var source = new[] { "wire", "paper", "blog" }[random.Next(3)];
            var url = $"https://{(random.Next(4) == 0 ? "shared" : source)}.example.com/{article}";
            var title = $"{Word(random)} and {Word(random)} near the northern river, day {article}";
            desk.Serve(url, title, string.Join(' ', Enumerable.Repeat($"The report says {Word(random)} and {Word(random)}, and that both sides meet again.", 12)));
            var published = desk.Clock.GetUtcNow() - TimeSpan.FromHours(random.Next(5) == 0 ? 50 : random.Next(10));
            await desk.AddAsync(source, title, url, $"{Word(random)}, {Word(random)}.", published, key: source == "blog" ? $"entry {step}" : null, linkIsShared: source == "blog");
            await desk.ProcessAsync();
            await AcceptAsync(desk);
            desk.Clock.Advance(TimeSpan.FromMinutes(random.Next(4) == 0 ? random.Next(400) : random.Next(20)));
            await AcceptAsync(desk);
        }
    }

    /// <summary>Each message is accepted at the moment it is due.</summary>
    private static Task AcceptAsync(ArticleDesk desk) => desk.Database.WriteAsync(db => Stored.AcceptDue(db, desk.Clock.GetUtcNow()));

    private static async Task AddAsync(ArticleDesk desk, string title, string source = "wire", string text = "")
    {
        await desk.AddAsync(source, title, $"https://{source}.example.com/{Uri.EscapeDataString(title)}", text);
        await desk.ProcessAsync();
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    private static List<string> Outcomes(ArticleDesk desk, DateTimeOffset? since = null) =>
    [
        .. desk.Database.Read(db => Stored.Rows<(string Subscriber, string Outcome, DateTimeOffset At)>(db, "verdict", "subscriber, outcome, at"))
            .Where(verdict => verdict.Subscriber.Length > 0 && verdict.At >= (since ?? default)).CountBy(verdict => $"{verdict.Subscriber} {verdict.Outcome}")
            .Select(count => $"{count.Key} {count.Value}").Order(StringComparer.Ordinal),
    ];

    private static List<string> Outcomes(BacktestResult result) =>
        [.. result.Subscribers.SelectMany(one => one.After.Outcomes.Select(outcome => $"{one.Subscriber} {StoredName.Of(outcome.Key)} {outcome.Value}")).Order(StringComparer.Ordinal)];

    private static List<string> Tables(ArticleDesk desk) => [.. desk.Database.Read(Stored.Sizes)];

    private static string Word(Random random) => Words[random.Next(Words.Length)];

    private static WatchConfiguration InForce(FullText pages = FullText.Auto) =>
        Routed([SomeWatch.Tariffs, SomeWatch.Rule("ceasefire", "ceasefire OR truce", Severity.Urgent), SomeWatch.Rule("talks", "talks NEAR/8 ministers", Severity.Flash)], pages);

    /// <summary>Groups by story with a wait, and a digest.</summary>
    private static WatchConfiguration Routed(IReadOnlyList<WatchRule> rules, FullText pages = FullText.Auto) => Configuration(rules, pages) with
    {
        Routes = new()
        {
            Children =
            [
                new() { If = RouteCondition.Parse("severity = flash").Condition, To = ["anna"], GroupBy = GroupBy.Story, Wait = TimeSpan.FromMinutes(10), FollowUpEvery = TimeSpan.FromMinutes(30), Continue = true },
                new() { If = RouteCondition.Parse("severity = routine").Condition, To = ["ben"], Digest = [new(7, 0), new(17, 0)], Continue = true },
                new() { If = RouteCondition.Parse("severity != flash").Condition },
            ],
        },
    };

    /// <summary>A low cap and quiet hours.</summary>
    private static WatchConfiguration Configuration(IReadOnlyList<WatchRule> rules, FullText pages = FullText.Auto) => SomeWatch.Of(
        [SomeWatch.Wire with { FullText = pages }, pages == FullText.Never ? SomeWatch.Paper with { FullText = pages } : SomeWatch.Paper, new Source { Id = "blog", Url = "https://blog.example.com/live", Kind = SourceKind.Live }],
        rules,
        [
            SomeWatch.Anna with { Cap = new(2, TimeSpan.FromHours(1)) },
            SomeWatch.Ben,
            new() { Id = "carl", Email = "carl@example.com", Channel = "mail", Rules = new HashSet<string> { "ceasefire" }, QuietHours = new(new(22, 0), new(6, 0), Severity.Flash) },
        ]);

    private sealed class Steps : IProgress<BacktestProgress>
    {
        public List<BacktestProgress> Reported { get; } = [];

        public void Report(BacktestProgress value) => Reported.Add(value);
    }
}
