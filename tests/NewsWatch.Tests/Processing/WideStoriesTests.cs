using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Processing;

/// <summary>Stories by what headlines say: a known report is told once in whatever words, a new one of the same story goes into its thread.</summary>
public sealed class WideStoriesTests
{
    private const string Signed = "Norland and Sudland sign ceasefire in Kesten";
    private const string SignedToo = "Ceasefire signed by Norland and Sudland in Kesten";
    private const string Broken = "Brandt resigns as Sudland parliament votes down truce with Norland";
    private const string Elsewhere = "Ceasefire in the Varan strike: dockers go back to work after pay deal";

    private static readonly WatchConfiguration Wide = SomeWatch.Default with { Defaults = new() { Via = "mail", Stories = StoryScope.Wide } };

    [Fact]
    public async Task A_report_in_other_words_is_told_once_and_the_ledger_says_why()
    {
        await using var desk = new ArticleDesk(Wide);

        await SeeAsync(desk, "wire", Signed, "a");
        await SeeAsync(desk, "paper", SignedToo, "b");

        var alert = Assert.Single(desk.Alerts());
        Assert.Equal((AlertReason.FirstReport, Signed), (alert.Reason, alert.Article.Title));
        var verdict = desk.Verdicts()[^1];
        Assert.Contains("same story as alert ceasefire/", verdict, StringComparison.Ordinal);
        Assert.EndsWith(")", verdict, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Until_an_alert_is_sent_it_names_the_sources_of_its_report_alone()
    {
        await using var desk = new ArticleDesk(Wide);

        await SeeAsync(desk, "wire", Signed, "a");
        await SeeAsync(desk, "paper", SignedToo, "b");
        await SeeAsync(desk, "paper", Broken, "c");

        Assert.Equal([SignedToo], desk.Alerts()[0].OtherSources.Select(other => other.Title));
        Assert.Empty(desk.Alerts()[1].OtherSources);
    }

    [Fact]
    public async Task A_new_report_of_the_story_is_an_update_in_its_thread()
    {
        await using var desk = new ArticleDesk(Wide);

        await SeeAsync(desk, "wire", Signed, "a");
        await SeeAsync(desk, "paper", Broken, "b");

        var alerts = desk.Alerts();
        Assert.Equal([AlertReason.FirstReport, AlertReason.Update], alerts.Select(alert => alert.Reason));
        Assert.Equal(alerts[0].Story, alerts[1].Story);
    }

    [Fact]
    public async Task What_only_shares_a_word_is_another_story()
    {
        await using var desk = new ArticleDesk(Wide);

        await SeeAsync(desk, "wire", Signed, "a");
        await SeeAsync(desk, "paper", Elsewhere, "b");

        var alerts = desk.Alerts();
        Assert.Equal([AlertReason.FirstReport, AlertReason.FirstReport], alerts.Select(alert => alert.Reason));
        Assert.NotEqual(alerts[0].Story, alerts[1].Story);
    }

    [Fact]
    public async Task A_copy_that_is_the_first_to_match_the_rule_is_told()
    {
        await using var desk = new ArticleDesk(Wide);

        await SeeAsync(desk, "wire", "Norland and Sudland sign agreement in Kesten to end the fighting", "a");
        await SeeAsync(desk, "paper", "Norland and Sudland sign agreement in Kesten to end the fighting: a ceasefire", "b");

        Assert.Equal(AlertReason.FirstReport, Assert.Single(desk.Alerts()).Reason);
    }

    [Fact]
    public async Task The_next_process_knows_the_stories_of_the_last()
    {
        await using var desk = new ArticleDesk(Wide);
        await SeeAsync(desk, "wire", Signed, "a");

        await using var next = desk.Restart();
        await SeeAsync(next, "paper", SignedToo, "b");
        await SeeAsync(next, "paper", Broken, "c");

        var alerts = next.Alerts();
        Assert.Equal([Signed, Broken], alerts.Select(alert => alert.Article.Title));
        Assert.Equal(alerts[0].Story, alerts[1].Story);
    }

    [Fact]
    public async Task An_article_whose_write_was_undone_takes_no_report_from_the_next()
    {
        await using var desk = new ArticleDesk(Wide);
        await desk.Database.WriteAsync(db => db.Execute("CREATE TRIGGER refuse BEFORE INSERT ON placement BEGIN SELECT RAISE(ABORT, 'refused'); END"));
        await SeeAsync(desk, "wire", Signed, "a");
        await desk.Database.WriteAsync(db => db.Execute("DROP TRIGGER refuse"));

        await SeeAsync(desk, "paper", SignedToo, "b");

        Assert.Equal(SignedToo, Assert.Single(desk.Alerts()).Article.Title);
    }

    private static async Task SeeAsync(ArticleDesk desk, string source, string title, string path)
    {
        await desk.AddAsync(source, title, $"https://{source}.example.com/{path}");
        await desk.Processor.ProcessItemsAsync(CancellationToken.None);
    }
}
