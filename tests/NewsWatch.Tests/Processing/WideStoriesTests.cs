using NewsWatch.Cli.Output;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Stories.Clusters;
using NewsWatch.Ledger;
using NewsWatch.Storage.Views;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Processing;

/// <summary>Stories by what headlines say: a known report is told once in whatever words, a new one of the same story goes into its thread.</summary>
public sealed class WideStoriesTests
{
    private const string Signed = "Norland and Sudland sign ceasefire in Kesten";
    private const string SignedToo = "Ceasefire signed by Norland and Sudland in Kesten";
    private const string Broken = "Brandt resigns as Sudland parliament votes down truce with Norland";
    private const string Elsewhere = "Ceasefire in the Varan strike: dockers go back to work after pay deal";

    private const string Text =
        "Ministers of Norland and Sudland met in Kesten on Monday and agreed to end the fighting along the river before the winter. The ceasefire begins at midnight, said Ilse Brandt, who had led the talks "
        + "since March. Norland frees 120 prisoners and opens the bridge at Varena, and observers from 14 countries will watch the line for a year.";

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
    public async Task A_copy_under_another_headline_adds_its_name_and_no_alert()
    {
        await using var desk = new ArticleDesk(Wide);

        await SeeAsync(desk, "wire", Signed, "a", Text);
        await SeeAsync(desk, "paper", "What a ceasefire at last means for the river", "b", Text);

        Assert.Equal(["What a ceasefire at last means for the river"], Assert.Single(desk.Alerts()).OtherSources.Select(other => other.Title));
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
    public async Task An_update_says_what_is_new_what_was_known_and_who_has_reported_that_since()
    {
        await using var desk = new ArticleDesk(Wide);

        await SeeAsync(desk, "wire", Signed, "a");
        await SeeAsync(desk, "paper", SignedToo, "b");
        await SeeAsync(desk, "paper", Broken, "c");

        var (first, update) = (desk.Alerts()[0], desk.Alerts()[1]);
        Assert.Null(first.FollowUp);
        Assert.Equal((Broken, false), (update.FollowUp!.New, update.FollowUp.MayRepeat));
        Assert.Equal((Signed, "The Wire"), (update.FollowUp.Before.Headline, update.FollowUp.Before.Source));
        Assert.Equal((2, 3, Signed), (update.StoryFacts!.Reports, update.StoryFacts.Articles, update.StoryFacts.Headline));
    }

    [Fact]
    public async Task What_joined_a_report_in_doubt_says_which_one_it_may_repeat()
    {
        await using var desk = new ArticleDesk(Wide);

        await SeeAsync(desk, "wire", "Brandt signs cease-fire with Northland in Kesten", "a");
        desk.Clock.Advance(TimeSpan.FromHours(20));
        await SeeAsync(desk, "paper", "Thousands protest in Varena against Brandt's Northland cease-fire", "b");

        var update = desk.Alerts()[1];
        Assert.Equal((AlertReason.Update, true), (update.Reason, update.FollowUp!.MayRepeat));
        Assert.Equal("Brandt signs cease-fire with Northland in Kesten", update.FollowUp.Before.Headline);
    }

    [Fact]
    public async Task Stories_that_turn_out_to_be_one_go_on_in_the_older_thread_which_names_the_other()
    {
        await using var desk = new ArticleDesk(Wide);
        string[] ferry =
        [
            "Ostrava Bay ferry sinks in storm after a ceasefire",
            "Captain Lund says cargo doors of the Meriden stood open: truce of the unions",
            "Meriden: captain Lund blames cargo doors for Ostrava Bay ferry storm disaster; ceasefire",
            "Ostrava Bay ferry Meriden sank in storm with cargo doors open, captain Lund says; ceasefire holds",
            "Prosecutor charges captain Lund over Ostrava Bay ferry Meriden during truce",
        ];

        foreach (var (title, at) in ferry.Select((title, at) => (title, at)))
        {
            await SeeAsync(desk, at % 2 == 0 ? "wire" : "paper", title, $"f{at}");
        }

        var alerts = desk.Alerts();
        var merged = Assert.Single(alerts, alert => alert.StoryFacts!.AlsoToldAs.Count > 0);
        Assert.Equal([ferry[1]], merged.StoryFacts!.AlsoToldAs);
        Assert.Equal((alerts[0].Story, alerts[0].Story), (merged.Story, alerts[^1].Story));
        Assert.Single(alerts, alert => alert.Article.Title == ferry[1]);

        var (younger, older) = (desk.Database.Read(db => StoryViews.Changes(db, alerts[1].Story)), desk.Database.Read(db => StoryViews.Changes(db, alerts[0].Story)));
        Assert.Equal((StoryChangeKind.Merged, alerts[0].Story, ferry[0]), (younger[0].Kind, younger[0].Other, younger[0].Title));
        Assert.Equal((StoryChangeKind.Merged, alerts[1].Story, ferry[1]), (older[0].Kind, older[0].Other, older[0].Title));

        var story = new LedgerQueries(desk.Database, desk.Configuration).Why("2", "anna").Story;
        Assert.Equal(2, story.Count);
        Assert.StartsWith("begins a story", story[0], StringComparison.Ordinal);
        Assert.Matches(@"  story 2 was merged into story 1: their articles belong together by \.\d\d$", story[1]);
        Assert.Contains(LedgerText.Of(new LedgerQueries(desk.Database, desk.Configuration).Why("2", "anna")), line => line.StartsWith("  story         begins a story", StringComparison.Ordinal));
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
        await Stored.RefuseAsync(desk.Database, "INSERT", "placement");
        await SeeAsync(desk, "wire", Signed, "a");
        await Stored.AllowAsync(desk.Database, "placement");

        await SeeAsync(desk, "paper", SignedToo, "b");

        Assert.Equal(SignedToo, Assert.Single(desk.Alerts()).Article.Title);
    }

    private static async Task SeeAsync(ArticleDesk desk, string source, string title, string path, string text = "")
    {
        await desk.AddAsync(source, title, $"https://{source}.example.com/{path}", text);
        await desk.Processor.ProcessItemsAsync(CancellationToken.None);
    }
}
