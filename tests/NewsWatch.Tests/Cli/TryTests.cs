using System.Text;
using NewsWatch.Cli.Output;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles.Pages;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Cli;

public sealed class TryTests
{
    private const string Page = """
        <html lang="en"><head><title>Locks reopen | River Post</title>
        <link rel="canonical" href="https://news.example.com/world/locks?utm_source=x">
        <meta property="article:section" content="World">
        <script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Locks reopen under a truce","datePublished":"2025-08-06T14:05:00+02:00","keywords":"river, freight",
          "author":[{"name":"Ann Example"},{"name":"Bob Sample"}],"coverageEndTime":"2025-08-06T22:00:00+02:00","liveBlogUpdate":[{"headline":"First ship","articleBody":"It passed."}]}</script></head>
        <body><h1>Locks reopen under a truce</h1><div class="article-body">
        <p>The ministers of the eleven river states agreed on a truce on Tuesday, with a deadline for the last of the barges at the end of the month.</p>
        <p>No sanctions are planned against the ports of the delta, the harbour master said, and none had been asked for by any of the states.</p></div></body></html>
        """;

    private static readonly PageResult.Read Read = Assert.IsType<PageResult.Read>(PageReader.Read(Page, new Uri("https://news.example.com/live")));

    [Fact]
    public void Each_field_tells_where_on_the_page_it_stood() => Snapshot.Approved(TryText.Facts(Read), "try-facts.txt");

    [Fact]
    public void Each_rule_tells_its_hits_or_what_was_missing() =>
        Snapshot.Approved(
            TryText.Rules(ArticleDocument.Create(Read.Article, [], ""), SomeWatch.Of([], [SomeWatch.Rule("ports", "sanctions AND embargo"), SomeWatch.Rule("truce-deadline", "truce NEAR/20 deadline", Severity.Urgent)], []), only: null), "try-rules.txt");

    [Fact]
    public void A_feed_is_tried_item_by_item()
    {
        var feed = Rss.Document("", new[] { "Locks reopen under a truce", "Rain on the delta", "A tariff ends with the truce" }.Select(title => $"<item><title>{title}</title></item>"));

        var tried = Assert.IsType<TriedText.Feed>(TriedText.Read(Encoding.UTF8.GetBytes(feed), null, new Uri("https://wire.example.com/rss"), SomeWatch.Default));

        Snapshot.Approved(
            string.Join('\n', [.. TryText.Items(tried.Items, SomeWatch.Default, only: null, width: null), "", .. TryText.Items(tried.Items, SomeWatch.Default, only: "tariffs", width: null)]) + "\n",
            "try-feed.txt");
        Assert.All(tried.Items, item => Assert.Equal(["wire"], item.Sources));
    }

    [Theory]
    [InlineData("A truce at last\nIt holds.", "A truce at last", "It holds.")]
    [InlineData("{ not a feed }", "{ not a feed }", "")]
    public void A_plain_text_has_its_headline_in_the_first_line(string text, string title, string body)
    {
        var tried = Assert.IsType<TriedText.Article>(TriedText.Read(Encoding.UTF8.GetBytes(text), null, new Uri("file:///stdin"), SomeWatch.Default));

        Assert.Equal((title, body), (tried.Document.Title, tried.Document.Body));
    }

    [Fact]
    public void A_page_is_known_by_what_it_holds() =>
        Assert.Equal("Locks reopen under a truce", Assert.IsType<TriedText.Article>(TriedText.Read(Encoding.UTF8.GetBytes(Page), null, new Uri("file:///stdin"), SomeWatch.Default)).Document.Title);

    [Fact]
    public void A_route_test_says_who_is_told_by_what_means_and_when()
    {
        var night = SomeWatch.Anna with { QuietHours = new(new(22, 0), new(6, 0), Severity.Flash) };
        var configuration = SomeWatch.Of(
            [SomeWatch.Wire],
            [SomeWatch.Ceasefire with { Labels = new Dictionary<string, string> { ["desk"] = "risk" } }, SomeWatch.Tariffs],
            [night, SomeWatch.Ben],
            new Route { Children = [new Route { If = RouteCondition.Parse("label.desk = risk").Condition, To = ["anna", "ben"], Via = "hook" }] });

        Assert.Equal(
            [
                "ceasefire anna hook quiet hours 22:00-06:00 UTC: held until 2025-08-07 06:00 +00:00",
                "ceasefire ben hook a route brings it, but ben's Rules leave ceasefire out",
                "tariffs anna mail quiet hours 22:00-06:00 UTC: held until 2025-08-07 06:00 +00:00",
                "tariffs ben mail sent at once",
            ],
            Rows());
        Assert.Equal(2, Rows("severity=urgent", "label.desk=risk").Count);
        Assert.Empty(Rows("severity=flash"));
        Assert.Equal("There is no rule \"tarifs\". Did you mean \"tariffs\"?", RouteTrial.Read(["rule=tarifs"], configuration).Error);
        Assert.Contains("Did you mean \"severity\"?", RouteTrial.Read(["sevrity=flash"], configuration).Error, StringComparison.Ordinal);

        IReadOnlyList<string> Rows(params string[] conditions) =>
            [.. RouteTrial.Read(conditions, configuration).Rows(configuration, new(2025, 8, 6, 23, 0, 0, TimeSpan.Zero)).Select(row => string.Join(' ', row.Select(cell => cell.Text)))];
    }

    [Fact]
    public void What_a_page_says_cannot_colour_the_terminal()
    {
        var read = Assert.IsType<PageResult.Read>(PageReader.Read(Page.Replace("Locks reopen under", "Locks \u001b[31m reopen under", StringComparison.Ordinal), new Uri("https://news.example.com/live")));
        Assert.DoesNotContain('\u001b', TryText.Facts(read) + TryText.Rules(ArticleDocument.Create(read.Article, [], ""), SomeWatch.Default, null));
    }
}
