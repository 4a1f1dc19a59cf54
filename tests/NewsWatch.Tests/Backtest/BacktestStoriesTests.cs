using NewsWatch.Backtest;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Tests.Processing;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Backtest;

/// <summary>Wide stories, deadlines and corrections give the same alerts in a replay, whatever reading it begins with.</summary>
public sealed class BacktestStoriesTests
{
    private const string Set = "Veshin must leave Kesten by 8 August, Norland ministry says";
    private const string Moved = "Norland ministry extends deadline for Veshin to leave Kesten to 29 August";
    private const string Lifted = "Norland ministry lifts 29 August deadline for Veshin to leave Kesten";
    private const string Signed = "Norland and Sudland sign ceasefire in Kesten";
    private const string Broken = "Brandt resigns as Sudland parliament votes down ceasefire with Norland";
    private const string Killed = "Ministers of both sides met in Kesten on Monday. The ceasefire was signed after 5 people were killed at the bridge of Varena.";

    private static readonly string[] Ferry =
    [
        "Ostrava Bay ferry sinks in storm after a ceasefire",
        "Captain Lund says cargo doors of the Meriden stood open: truce of the unions",
        "Meriden: captain Lund blames cargo doors for Ostrava Bay ferry storm disaster; ceasefire",
        "Ostrava Bay ferry Meriden sank in storm with cargo doors open, captain Lund says; ceasefire holds",
        "Prosecutor charges captain Lund over Ostrava Bay ferry Meriden during truce",
    ];

    /// <summary>How many readings stand before the window.</summary>
    public static TheoryData<int> Starts { get; } = [0, 1, 2, 3, 4];

    [Theory]
    [MemberData(nameof(Starts))]
    public async Task Stories_that_were_merged_are_replayed_as_they_were_then(int skipped)
    {
        await using var desk = Desk(SomeWatch.Ceasefire);
        foreach (var (title, at) in Ferry.Select((title, at) => (title, at)))
        {
            await SeeAsync(desk, at % 2 == 0 ? "wire" : "paper", title, $"f{at}");
        }

        Assert.Equal(1, desk.Count("story_event"));
        await ExactAsync(desk, skipped);
    }

    [Theory]
    [MemberData(nameof(Starts))]
    public async Task A_deadline_that_moves_is_told_again_in_the_replay_though_the_rule_does_not_match(int skipped)
    {
        await using var desk = Desk(SomeWatch.Rule("leave", "ceasefire OR by:date"));
        await SeeAsync(desk, "wire", Set, "a");
        await SeeAsync(desk, "paper", Moved, "b");
        await SeeAsync(desk, "wire", Moved, "c");
        await SeeAsync(desk, "paper", Lifted, "d");
        await SeeAsync(desk, "wire", Lifted, "e");

        Assert.Equal([AlertReason.FirstReport, AlertReason.DeadlineMoved, AlertReason.DeadlineMoved], desk.Alerts().Select(alert => alert.Reason));
        var result = await ExactAsync(desk, skipped);
        Assert.Equal(desk.Count("match WHERE reading > " + skipped), result.Candidate.Matches);
    }

    [Theory]
    [MemberData(nameof(Starts))]
    public async Task A_correction_is_taken_as_it_was_and_what_follows_counts_on_from_it(int skipped)
    {
        await using var desk = Desk(SomeWatch.Ceasefire);
        await SeeAsync(desk, "wire", Signed, "a", Killed);
        await SeeAsync(desk, "wire", Signed, "a", Killed.Replace("5 people", "9 people", StringComparison.Ordinal));
        await SeeAsync(desk, "paper", Broken, "b");

        Assert.Equal([(AlertReason.FirstReport, 1), (AlertReason.Correction, 2), (AlertReason.Update, 3)], desk.Alerts().Select(alert => (alert.Reason, alert.Step)));
        var result = await ExactAsync(desk, Math.Min(skipped, 2));
        Assert.Equal(skipped < 2 ? 1 : 0, result.Sent!.Beside);
    }

    [Fact]
    public async Task A_candidate_that_never_told_an_article_does_not_count_its_correction()
    {
        await using var desk = Desk(SomeWatch.Ceasefire);
        await SeeAsync(desk, "wire", Signed, "a", Killed);
        await SeeAsync(desk, "wire", Signed, "a", Killed.Replace("5 people", "9 people", StringComparison.Ordinal));
        await SeeAsync(desk, "paper", Broken, "b");
        var candidate = Configuration(SomeWatch.Rule("ceasefire", "ceasefire AND parliament"));

        var result = await Backtester.RunAsync(desk.Database, new(candidate) { Baseline = desk.Configuration.Current }, null, CancellationToken.None);

        Assert.Equal(new(0, 1, 1), result.Difference);
        Assert.Equal(AlertReason.Update, result.Samples.Single(sample => sample.Kind == SampleKind.Gone).Reason);
    }

    private static async Task<BacktestResult> ExactAsync(ArticleDesk desk, int skipped)
    {
        var since = ArticleDesk.Noon.AddHours(skipped);
        var result = await Backtester.RunAsync(desk.Database, new(desk.Configuration.Current) { Baseline = desk.Configuration.Current, Since = since }, null, CancellationToken.None);

        Assert.Equal(desk.Count("reading") - skipped, result.Window.Readings);
        Assert.True(result.Sent!.IsExact, $"missing {string.Join(" ", result.Sent.Missing)}, extra {string.Join(" ", result.Sent.Extra)}");
        return result;
    }

    private static WatchConfiguration Configuration(WatchRule rule) =>
        SomeWatch.Of([SomeWatch.Wire, SomeWatch.Paper], [rule], [SomeWatch.Anna]) with { Defaults = new() { Via = "mail", Stories = StoryScope.Wide } };

    private static ArticleDesk Desk(WatchRule rule) => new(Configuration(rule));

    private static async Task SeeAsync(ArticleDesk desk, string source, string title, string path, string text = "")
    {
        await desk.AddAsync(source, title, $"https://{source}.example.com/{path}", text);
        await desk.Processor.ProcessItemsAsync(CancellationToken.None);
        desk.Clock.Advance(TimeSpan.FromHours(1));
    }
}
