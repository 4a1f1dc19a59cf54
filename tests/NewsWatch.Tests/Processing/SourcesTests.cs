using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Stories.Origins;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Processing;

/// <summary>Rules and routes that ask how many tell a story: papers of two owners, and an agency whose texts they print.</summary>
public sealed class SourcesTests
{
    private const string Headline = "Norland offers Sudland a truce until Friday";
    private const string Wired = "Norland offered Sudland a truce on Wednesday and gave it until Friday to answer. The minister said that the guns would fall silent at midnight and that 14 prisoners would be set free.";
    private const string Own = "In a surprise move the minister stepped before the cameras and proposed that the shooting stop tonight. She told this newspaper afterwards that the neighbours had two days to think it over.";

    private static readonly Source[] Papers =
    [
        Paper("herald", "The Herald", "trust"),
        Paper("sunday", "Herald on Sunday", "trust"),
        Paper("ledger", "Daily Ledger", null),
    ];

    [Fact]
    public async Task A_match_waits_until_the_story_has_the_sources_that_its_rule_asks_for()
    {
        await using var desk = Desk("truce AND independent>=2");

        await SeeAsync(desk, "herald", "WARDEN (Reuters) - " + Wired);
        await SeeAsync(desk, "ledger", Wired + "\n(Reuters)");
        Assert.Empty(desk.Alerts());
        Assert.EndsWith("nothing: waits for independent>=2: the story has 2 publishers and 1 independent source so far", desk.Verdicts()[^1], StringComparison.Ordinal);

        await SeeAsync(desk, "sunday", Own);

        var alert = Assert.Single(desk.Alerts());
        Assert.Equal((AlertReason.Corroboration, 3, 2), (alert.Reason, alert.StoryFacts!.Sources!.Publishers, alert.StoryFacts.Sources.Independent));
        Assert.Equal([(OriginKind.Wire, "Reuters"), (OriginKind.Outlet, "Herald on Sunday")], alert.StoryFacts.Sources.Origins.Select(origin => (origin.Kind, origin.Name)));
        Assert.Equal(["anna"], desk.Deliveries().Select(delivery => delivery.Subscriber));
    }

    [Fact]
    public async Task The_alert_is_about_the_article_that_has_the_words_whichever_came_last()
    {
        await using var desk = Desk("prisoners AND independent>=2");

        await SeeAsync(desk, "herald", Wired);
        await SeeAsync(desk, "ledger", Own);

        var alert = Assert.Single(desk.Alerts());
        Assert.Equal((AlertReason.Corroboration, "The Herald"), (alert.Reason, alert.Article.SourceName));
        Assert.Equal(["prisoners"], alert.Hits.Select(hit => hit.Quote));
    }

    [Fact]
    public async Task A_match_that_waited_alerts_once_however_many_tell_the_story_later()
    {
        await using var desk = Desk("prisoners AND publishers>=2");

        await SeeAsync(desk, "herald", Wired);
        await SeeAsync(desk, "ledger", Own);
        await SeeAsync(desk, "sunday", Own);
        await SeeAsync(desk, "paper", Wired);

        Assert.Single(desk.Alerts());
        Assert.Single(desk.Verdicts(), verdict => verdict.Contains("waits for", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_outlets_of_one_owner_are_two_publishers_and_one_source()
    {
        await using var desk = Desk("truce AND independent>=2");

        await SeeAsync(desk, "herald", Wired);
        await SeeAsync(desk, "sunday", Own);

        Assert.Empty(desk.Alerts());
        Assert.Contains("2 publishers and 1 independent source", desk.Verdicts()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_beside_it_that_asks_for_no_sources_alerts_at_once()
    {
        await using var desk = Desk("truce AND independent>=2", SomeWatch.Rule("first", "truce"));

        await SeeAsync(desk, "herald", Wired);
        await SeeAsync(desk, "ledger", Own);

        Assert.Equal([("first", AlertReason.FirstReport), ("confirmed", AlertReason.Corroboration)], desk.Alerts().Select(alert => (alert.Rule.Id, alert.Reason)));
        Assert.Equal(desk.Alerts()[0].Story, desk.Alerts()[1].Story);
    }

    [Fact]
    public async Task What_the_alert_that_waited_says_is_corrected_like_any_other()
    {
        await using var desk = Desk("prisoners AND independent>=2");
        await SeeAsync(desk, "herald", Wired);
        await SeeAsync(desk, "ledger", Own);

        await SeeAsync(desk, "herald", Wired.Replace("14", "41", StringComparison.Ordinal));

        Assert.Equal([AlertReason.Corroboration, AlertReason.Correction], desk.Alerts().Select(alert => alert.Reason));
    }

    [Theory]
    [InlineData("independent >= 2", "cameras", "anna")]
    [InlineData("independent >= 3", "cameras", "ben")]
    [InlineData("publishers = 2", "cameras", "anna")]
    [InlineData("reason = corroboration", "cameras AND independent>=2", "anna")]
    [InlineData("reason = corroboration", "cameras", "ben")]
    public async Task A_route_asks_for_sources_and_for_the_reason(string condition, string when, string expected)
    {
        var routes = new Route { Children = [new() { If = RouteCondition.Parse(condition).Condition, To = ["anna"] }, new() { To = ["ben"] }] };
        await using var desk = new ArticleDesk(SomeWatch.Of(Papers, [SomeWatch.Rule("confirmed", when)], [SomeWatch.Anna, SomeWatch.Ben with { Rules = null }], routes));

        await SeeAsync(desk, "herald", Wired);
        await SeeAsync(desk, "ledger", Own);

        Assert.Equal([expected], desk.Deliveries().Select(delivery => delivery.Subscriber));
    }

    [Fact]
    public void An_owner_is_named_by_id_or_name_and_may_be_owned_itself()
    {
        var publishers = new Dictionary<string, Publisher>
        {
            ["group"] = new("group", "The Group", false, false),
            ["trust"] = new("trust", "Herald Trust", false, false) { Owner = "the group" },
            ["herald"] = new("herald", "The Herald", false, false) { Owner = "trust" },
        };

        Assert.Equal("group", new Outlets(publishers, new Dictionary<string, Source> { ["h"] = new() { Id = "h", Url = "", Publisher = publishers["herald"] } }).Of("h", "").Owner);
    }

    private static ArticleDesk Desk(string when, params WatchRule[] others) => new(SomeWatch.Of([.. Papers, SomeWatch.Paper], [.. others, SomeWatch.Rule("confirmed", when)], [SomeWatch.Anna]));

    private static Source Paper(string id, string name, string? owner) =>
        new() { Id = id, Url = $"https://{id}.example.com/rss", Publisher = new(id, name, Wire: false, StateAffiliated: false) { Owner = owner }, FullText = FullText.Never };

    private static async Task SeeAsync(ArticleDesk desk, string source, string text)
    {
        await desk.AddAsync(source, Headline, $"https://{source}.example.com/truce", text, key: "1");
        await desk.Processor.ProcessItemsAsync(CancellationToken.None);
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
    }
}
