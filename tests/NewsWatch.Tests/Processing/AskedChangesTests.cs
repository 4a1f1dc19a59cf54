using NewsWatch.Core.Alerts;
using NewsWatch.Core.Changes;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Processing;

/// <summary>Rules that alert only when an alerted article changes: <c>changed:number</c>.</summary>
public sealed class AskedChangesTests
{
    private const string Url = "https://wire.example.com/world/truce";
    private const string Headline = "Truce of 48 hours begins in the valley";

    [Fact]
    public async Task A_rule_that_asks_for_changes_alerts_of_none_before_one_and_of_each_then()
    {
        await using var desk = Desk("truce AND changed:number");

        await SeeAsync(desk, Headline, 1);
        Assert.Equal(["ceasefire"], desk.Alerts().Select(alert => alert.Rule.Id));
        Assert.Contains("standards  nothing: waits for changed:number: it alerts when an article that was alerted changes in that way", desk.Verdicts());

        await SeeAsync(desk, Headline.Replace("48", "72", StringComparison.Ordinal), 2);
        await SeeAsync(desk, Headline.Replace("48", "96", StringComparison.Ordinal), 3);

        var asked = desk.Alerts().Where(alert => alert.Rule.Id == "standards").ToList();
        Assert.Equal([(AlertReason.Correction, 1), (AlertReason.Correction, 2)], asked.Select(alert => (alert.Reason, alert.Step)));
        Assert.Equal([ChangeClass.Number, ChangeClass.Number], asked.Select(alert => alert.Change!.Class));
        Assert.Equal(["Truce"], asked[0].Hits.Select(hit => hit.Quote));
        Assert.Equal(["ben", "ben"], desk.Deliveries().Where(delivery => delivery.Key.StartsWith("standards/", StringComparison.Ordinal)).Select(delivery => delivery.Subscriber));
        Assert.Equal(["anna", "anna", "anna"], desk.Deliveries().Where(delivery => delivery.Key.StartsWith("ceasefire/", StringComparison.Ordinal)).Select(delivery => delivery.Subscriber));
    }

    [Theory]
    [InlineData("truce AND changed:number", "Truce of 72 hours begins in the valley", true)]
    [InlineData("truce AND changed:name", "Truce of 72 hours begins in the valley", false)]
    [InlineData("truce AND changed:any", "Truce of 72 hours begins in the valley", true)]
    [InlineData("truce AND changed:any", "In the valley, a truce of 48 hours begins", false)]
    [InlineData("truce AND changed:negation", "No truce of 48 hours begins in the valley", true)]
    [InlineData("truce AND changed:number AND changed:negation", "No truce of 48 hours begins in the valley", false)]
    [InlineData("prisoners AND changed:number", "Truce of 72 hours begins in the valley", false)]
    public async Task It_alerts_of_its_kinds_of_change_in_articles_with_its_words(string when, string later, bool alerts)
    {
        await using var desk = Desk(when);

        await SeeAsync(desk, Headline, 1);
        await SeeAsync(desk, later, 2);

        Assert.Equal(alerts, desk.Alerts().Any(alert => alert.Rule.Id == "standards"));
    }

    [Fact]
    public async Task An_article_that_no_rule_has_alerted_brings_it_nothing()
    {
        await using var desk = new ArticleDesk(SomeWatch.Of([SomeWatch.Wire], [SomeWatch.Rule("standards", "truce AND changed:number")], [SomeWatch.Ben with { Rules = new HashSet<string> { "standards" } }]));

        await SeeAsync(desk, Headline, 1);
        await SeeAsync(desk, Headline.Replace("48", "72", StringComparison.Ordinal), 2);

        Assert.Empty(desk.Alerts());
    }

    private static ArticleDesk Desk(string when) => new(SomeWatch.Of(
        [SomeWatch.Wire], [SomeWatch.Ceasefire, SomeWatch.Rule("standards", when)], [SomeWatch.Anna with { Rules = new HashSet<string> { "ceasefire" } }, SomeWatch.Ben with { Rules = new HashSet<string> { "standards" } }]));

    private static async Task SeeAsync(ArticleDesk desk, string title, int minute)
    {
        desk.Clock.SetUtcNow(ArticleDesk.Noon.AddMinutes(minute));
        await desk.AddAsync("wire", title, Url, key: "1");
        await desk.Processor.ProcessItemsAsync(CancellationToken.None);
    }
}
