using NewsWatch.Core.Alerts;
using NewsWatch.Ledger;
using NewsWatch.Tests.Processing;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Ledger;

public sealed class LedgerTests : IAsyncLifetime
{
    private const string Truce = "Negotiators announce a truce along the northern border";
    private const string Url = "https://wire.example.com/world/truce-announced";
    private readonly ArticleDesk _desk = new();

    private LedgerQueries Ledger => new(_desk.Database, _desk.Configuration);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task Sent_says_when_with_which_id_and_what_the_server_answered()
    {
        await News();
        await Deliveries(new { state = "sent", sent_at = 1754481605000, message_id = "<x@example.com>", reply = "250 2.0.0 queued" });

        var answer = Ledger.Why(Url + "?utm_medium=mail", "anna");

        Assert.Equal((LedgerStage.Sent, "ceasefire", "sent 2025-08-06 12:00:05 +00:00 over mail"), (answer.First.Stage, answer.First.Rule, answer.First.Text));
        Assert.Equal(("<x@example.com>", "250 2.0.0 queued"), (answer.First.MessageId, answer.First.Reply));
        Assert.Equal(Truce, answer.Title);
    }

    [Theory]
    [InlineData("pending", 0, null, "Waiting", "due 2025-08-06 12:00:00 +00:00 over mail")]
    [InlineData("pending", 2, "451 later", "Waiting", "due 2025-08-06 12:00:00 +00:00 over mail; 2 attempts failed: 451 later")]
    [InlineData("leased", 0, null, "Waiting", "is being sent over mail")]
    [InlineData("dead", 1, "550 no such user", "Dead", "given up after 1 attempt over mail: 550 no such user")]
    [InlineData("cancelled", 0, null, "Cancelled", "cancelled: cancelled before it was sent")]
    public async Task Each_state_of_a_delivery_has_its_sentence(string state, int attempts, string? error, string stage, string text)
    {
        await News();
        await Deliveries(new { state, attempts, last_error = error });

        var first = Ledger.Why(Url, "anna").First;

        Assert.Equal((stage, text), (first.Stage.ToString(), first.Text));
    }

    [Fact]
    public async Task Held_says_until_when_and_why()
    {
        _desk.Configuration.Swap(SomeWatch.Of(
            [SomeWatch.Wire], [SomeWatch.Ceasefire], [SomeWatch.Anna with { QuietHours = new(new(11, 0), new(14, 0), Severity.Flash) }]));
        await News();

        Stopped(LedgerStage.Waiting, "held until 2025-08-06 14:00:00 +00:00: quiet hours 11:00-14:00 UTC: held until 2025-08-06 14:00 +00:00");
    }

    [Fact]
    public async Task A_match_that_waits_for_more_sources_says_for_how_many()
    {
        _desk.Configuration.Swap(SomeWatch.Of([SomeWatch.Wire], [SomeWatch.Rule("confirmed", "truce AND independent>=2")], [SomeWatch.Anna]));
        await News();

        Stopped(LedgerStage.WaitsForSources, "waits for independent>=2: the story has 1 publisher and 1 independent source so far");
    }

    [Fact]
    public async Task The_rule_that_does_not_fire_says_its_first_failing_clause()
    {
        await News("Rain is expected in the northern valleys");

        var lines = Ledger.Why(Url, "anna").Lines;

        Assert.Equal([("ceasefire", LedgerStage.NoMatch), ("tariffs", LedgerStage.NoMatch)], lines.Select(line => (line.Rule!, line.Stage)));
        Assert.StartsWith("the rule does not fire: missing ", lines[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_that_the_subscriber_left_out_say_so()
    {
        await News();

        Stopped(LedgerStage.NotRouted, "alerted, but ben is not subscribed to ceasefire", "ben");
    }

    [Fact]
    public async Task Routes_that_bring_it_to_others_only_say_so()
    {
        _desk.Configuration.Swap(SomeWatch.Of([SomeWatch.Wire], [SomeWatch.Ceasefire], [SomeWatch.Anna, SomeWatch.Ben with { Rules = null }], new Route { To = ["ben"] }));
        await News();

        Stopped(LedgerStage.NotRouted, "alerted, but no route leads to anna");
    }

    [Fact]
    public async Task A_copy_says_with_what_the_story_was_told()
    {
        await News();
        await Deliveries(new { state = "sent", sent_at = 1754481605000 });
        await _desk.AddAsync("paper", Truce + "!", "https://paper.example.com/a/1");
        await _desk.ProcessAsync();

        var first = Ledger.Why("https://paper.example.com/a/1", "anna").First;

        Assert.Equal($"sent 2025-08-06 12:00:05 +00:00 over mail with an earlier article of the same story, \"{Truce}\"", first.Text);
    }

    [Fact]
    public async Task Unsubscribed_says_so()
    {
        await _desk.Database.WriteAsync(db => Stored.Unsubscribed(db, "anna", "all"));
        await News();

        Stopped(LedgerStage.Unsubscribed, "anna unsubscribed from everything");
    }

    [Fact]
    public async Task Too_old_says_so()
    {
        await _desk.AddAsync("wire", Truce, Url, published: ArticleDesk.Noon.AddDays(-3));
        await _desk.ProcessAsync();

        Stopped(LedgerStage.TooOld, "too old: published 2025-08-03 12:00 UTC, first seen 2025-08-06 12:00 UTC; MaxAge is 36h");
    }

    [Theory]
    [InlineData("baseline", "Baseline", "baseline: shown at wire on 2025-08-06 12:00 +00:00, when NewsWatch began to watch that source")]
    [InlineData("old", "TooOld", "too old when it was first seen at wire on 2025-08-06 12:00 +00:00")]
    [InlineData("new", "Unprocessed", "first seen at wire on 2025-08-06 12:00 +00:00, waiting to be processed")]
    [InlineData("failed", "Failed", "processing failed for good; first seen at wire on 2025-08-06 12:00 +00:00")]
    public async Task An_item_that_became_no_article_says_why(string state, string stage, string text)
    {
        await _desk.AddAsync("wire", Truce, Url);
        await _desk.Database.WriteAsync(db => Stored.Set(db, "item", new { state }));

        Stopped(Enum.Parse<LedgerStage>(stage), text);
    }

    [Fact]
    public void What_no_source_showed_was_never_seen() => Stopped(LedgerStage.NeverSeen, "never seen: no source has shown it");

    [Fact]
    public async Task An_unknown_subscriber_is_told_as_such()
    {
        await News();

        Stopped(LedgerStage.NoSubscriber, "the configuration has no subscriber carl", "carl");
    }

    [Fact]
    public async Task An_article_is_found_by_its_number_too()
    {
        await News();

        Assert.Equal(Url, Ledger.Why("1", "anna").Url);
    }

    [Fact]
    public async Task Alerts_and_deliveries_are_listed_newest_first()
    {
        await News();
        _desk.Clock.Advance(TimeSpan.FromHours(1));
        await _desk.AddAsync("wire", "New tariffs on timber are announced by the ministry", Url + "-2");
        await _desk.ProcessAsync();

        Assert.Equal([("tariffs", 2, 0), ("ceasefire", 1, 0)], Ledger.Alerts().Select(alert => (alert.Rule, alert.Deliveries, alert.Sent)));
        Assert.Equal(["ceasefire"], Ledger.Alerts(rule: "ceasefire").Select(alert => alert.Rule));
        Assert.Equal(["tariffs"], Ledger.Alerts(since: ArticleDesk.Noon.AddMinutes(1)).Select(alert => alert.Rule));
        Assert.Equal(["ben", "anna", "anna"], Ledger.Deliveries(new()).Select(delivery => delivery.Subscriber));
        Assert.Equal(Truce, Ledger.Deliveries(new(Subscriber: "anna"))[^1].Title);
        Assert.Empty(Ledger.Deliveries(new(State: "sent")));
        Assert.Single(Ledger.Deliveries(new(Channel: "mail", Most: 1)));
    }

    private async Task News(string title = Truce)
    {
        await _desk.AddAsync("wire", title, Url);
        await _desk.ProcessAsync();
    }

    private Task Deliveries(object values) => _desk.Database.WriteAsync(db => Stored.Set(db, "delivery", values));

    private void Stopped(LedgerStage stage, string text, string subscriber = "anna")
    {
        var first = Ledger.Why(Url, subscriber).First;
        Assert.Equal((stage, text), (first.Stage, first.Text));
    }
}
