using NewsWatch.Cli;
using NewsWatch.Cli.Output;
using NewsWatch.Core.Alerts;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Ledger;
using NewsWatch.Storage.Alerts;
using NewsWatch.Tests.Processing;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Cli;

/// <summary>What <c>why</c>, <c>alerts</c> and <c>deliveries</c> print, as approved.</summary>
public sealed class LedgerTextTests : IAsyncLifetime
{
    private const string Truce = "Negotiators announce a truce along the northern border";
    private const string Url = "https://wire.example.com/world/truce-announced";
    private readonly ArticleDesk _desk = new();

    private static readonly LedgerText Text = new(TimeText.For("Europe/Berlin"));

    private LedgerQueries Ledger => new(_desk.Database, _desk.Configuration);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task Why_names_the_first_thing_that_stopped_it_or_the_servers_answer()
    {
        var told = new List<string>();
        await Use(SomeWatch.Anna, SomeWatch.Ben);
        Ask("nobody has seen it", "https://elsewhere.example.com/");
        await News(Url, Truce);
        await Set(new { state = "sent", sent_at = 1754481605000, message_id = "x@example.com", reply = "2.0.0 Ok: queued as 4F1" });
        Ask("sent", Url);
        await News("https://paper.example.com/a/1", Truce + "!", "paper");
        Ask("a copy", "https://paper.example.com/a/1");
        Ask("the subscriber's rules", Url, "ben");
        await Set(new { state = "dead", attempts = 1, last_error = "the server answered 550 5.1.1 no such person" });
        Ask("dead", Url);
        await News(Url + "-old", "A truce of last week is remembered in the capital", published: ArticleDesk.Noon.AddDays(-3));
        Ask("too old", Url + "-old");
        await News(Url + "-rain", "Rain is expected in the northern valleys");
        Ask("no rule", Url + "-rain");
        await Use(SomeWatch.Anna with { QuietHours = new(new(11, 0), new(14, 0), Severity.Flash) });
        await News(Url + "-night", "Guards at the river talk of a truce until spring");
        Ask("held", Url + "-night");
        await Use(SomeWatch.Anna with { Cap = new(1, TimeSpan.FromHours(1)) });
        await News(Url + "-one", "Fishermen of both shores keep their own truce");
        await News(Url + "-two", "Schools reopen under the truce in nine towns");
        Ask("over the cap", Url + "-two");
        _desk.Configuration.Swap(SomeWatch.Of([SomeWatch.Wire], [SomeWatch.Ceasefire], [SomeWatch.Anna, SomeWatch.Ben with { Rules = null }], new Route { To = ["ben"] }));
        await News(Url + "-route", "Markets rise as the truce enters its second month");
        Ask("routed elsewhere", Url + "-route");
        await Use(SomeWatch.Anna);
        await _desk.Database.WriteAsync(db => Stored.Unsubscribed(db, "anna", "rule:ceasefire"));
        await News(Url + "-gone", "Choirs sing for the truce in the old harbour");
        Ask("unsubscribed", Url + "-gone");
        await _desk.AddAsync("wire", "A truce that was there before", Url + "-first");
        await _desk.Database.WriteAsync(db => Stored.Set(db, "item", new { state = "baseline" }, new { state = "new" }));
        Ask("baseline", Url + "-first");

        Snapshot.Approved(string.Join('\n', told) + "\n", "why.txt");

        void Ask(string about, string url, string subscriber = "anna") => told.AddRange([$"--- {about}", .. LedgerText.Of(Ledger.Why(url, subscriber))]);
    }

    [Fact]
    public async Task Alerts_and_deliveries_read_as_approved()
    {
        await Use(SomeWatch.Anna, SomeWatch.Ben);
        await News(Url, Truce);
        await Set(new { state = "dead", attempts = 1, last_error = "the server answered 550 5.1.1 no such person" });
        _desk.Clock.Advance(TimeSpan.FromMinutes(5));
        await News(Url + "-2", "New tariffs on timber are announced by the ministry");
        await Set(new { state = "sent", sent_at = 1754481905000, message_id = "x@example.com" }, new { subscriber = "ben" });
        await Set(new { attempts = 2, last_error = "the server answered 451 4.7.1 later" }, new { subscriber = "anna", state = "pending" });
        await Use(SomeWatch.Anna with { QuietHours = new(new(11, 0), new(14, 0), Severity.Flash) });
        await News(Url + "-3", "Guards at the river talk of a truce until spring");

        Snapshot.Approved(string.Join('\n', [.. Text.Of(Ledger.Alerts(), 3), "", .. Text.Of(Ledger.Deliveries(new())), "", .. Text.Of(Ledger.Alerts(most: 1), 3)]) + "\n", "alerts-and-deliveries.txt");
    }

    [Fact]
    public async Task A_message_of_two_alerts_is_one_row()
    {
        _desk.Configuration.Swap(SomeWatch.Of([SomeWatch.Wire], [SomeWatch.Ceasefire, SomeWatch.Tariffs], [SomeWatch.Anna], new Route { GroupBy = GroupBy.Story }));
        await News(Url, "A truce, and new tariffs on timber");

        Assert.Equal(
            [
                "2025-08-06 14:00:00  pending    anna by mail: 2 alerts (ceasefire, tariffs): A truce, and new tariffs on timber",
                "1 message for 2 alerts. Times are Europe/Berlin.",
            ],
            Text.Of(Ledger.Deliveries(new())));
    }

    [Fact]
    public async Task An_alert_is_one_line_with_whom_it_goes_to()
    {
        _desk.Configuration.Swap(SomeWatch.Of(
            [SomeWatch.Wire],
            [SomeWatch.Ceasefire],
            [SomeWatch.Anna, SomeWatch.Ben with { Rules = null, QuietHours = new(new(11, 0), new(14, 0), Severity.Flash) }, SomeWatch.Anna with { Id = "room", Channel = "hook" }]));
        await News(Url, Truce);
        await News(Url + "-rain", "Rain is expected in the northern valleys");

        var told = Assert.Single(_desk.Database.Read(db => LedgerStore.AlertsAfter(db, 0)));

        Assert.Equal(
            $"14:00:00  urgent ceasefire \"{Truce}\" -> anna (mail), room (hook); held until 2025-08-06 16:00 +02:00: ben (mail)",
            FollowCommand.Line(told, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), new Ink(on: false)));
        Assert.Empty(_desk.Database.Read(db => LedgerStore.AlertsAfter(db, told.Number)));
    }

    [Theory]
    [InlineData(0, false, "The channel has no sent or dead message since then.")]
    [InlineData(0, true, "The channel has no dead message since then.")]
    [InlineData(1, true, "1 message is pending again; the running service will send it.")]
    [InlineData(12, false, "12 messages are pending again; the running service will send them.")]
    public void A_replay_says_how_many_messages_it_opened(int messages, bool deadOnly, string text) => Assert.Equal(text, DeliveryCommands.Opened(messages, deadOnly));

    private Task Use(params Subscriber[] subscribers)
    {
        _desk.Configuration.Swap(SomeWatch.Of([SomeWatch.Wire, SomeWatch.Paper], [SomeWatch.Ceasefire, SomeWatch.Tariffs], subscribers));
        return Task.CompletedTask;
    }

    private async Task News(string url, string title, string source = "wire", DateTimeOffset? published = null)
    {
        await _desk.AddAsync(source, title, url, published: published);
        await _desk.ProcessAsync();
    }

    private Task Set(object values, object? having = null) => _desk.Database.WriteAsync(db => Stored.Set(db, "delivery", values, having));
}
