using NewsWatch.Core.Alerts;
using NewsWatch.Storage;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Processing;

/// <summary>Groups, quiet hours, caps and unsubscribed rules, from items to rows of the outbox.</summary>
public sealed class AlertTimingTests : IAsyncLifetime
{
    private ArticleDesk _desk = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task Quiet_hours_hold_all_of_the_night_in_one_message()
    {
        await Use(SomeWatch.Anna with { QuietHours = new(new(11, 0), new(14, 0), Severity.Flash) });

        await News(3);

        Assert.All(_desk.Deliveries(), row => Assert.Equal(("held", "digest", "quiet/anna/mail/20250806T140000000Z"), (row.State, row.Kind, row.Bundle)));
    }

    [Fact]
    public async Task What_comes_after_a_message_was_tried_goes_with_the_next()
    {
        await Use(SomeWatch.Anna with { QuietHours = new(new(11, 0), new(14, 0), Severity.Flash) });
        await News(1);
        await _desk.Database.WriteAsync(db => Stored.Set(db, "delivery", new { state = "leased", attempts = 1 }));

        await News(2, from: 1);

        Assert.Equal(
            ["quiet/anna/mail/20250806T140000000Z", "quiet/anna/mail/20250806T140000000Z#2", "quiet/anna/mail/20250806T140000000Z#2"],
            _desk.Deliveries().Select(row => row.Bundle));
    }

    [Fact]
    public async Task A_flood_becomes_as_many_messages_as_the_cap_allows_and_one_digest()
    {
        await Use(SomeWatch.Anna with { Cap = new(3, TimeSpan.FromHours(1)) });

        await News(50);

        var bundles = _desk.Deliveries().Where(row => row.Kind != "cap").GroupBy(row => row.Bundle).ToList();
        Assert.Equal([1, 1, 1, 47], bundles.Select(bundle => bundle.Count()));
        Assert.Equal("overflow/anna/mail/20250806T130000000Z", bundles[^1].Key);
        Assert.Equal(47, _desk.Verdicts().Count(verdict => verdict.Contains(" cap: over the cap of 3 messages in 1h", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Rules_that_fire_on_one_article_count_for_the_cap_together()
    {
        await Use(SomeWatch.Anna with { Cap = new(2, TimeSpan.FromHours(1)) });
        await News(1);

        await _desk.AddAsync("wire", "A truce on tariffs", "https://wire.example.com/both");
        await _desk.ProcessAsync();

        Assert.Equal(2, _desk.Deliveries().Count(row => row.Kind == "alert"));
    }

    [Fact]
    public async Task What_a_wrong_clock_sent_tomorrow_takes_no_room_under_the_cap_today()
    {
        await Use(SomeWatch.Anna with { Cap = new(1, TimeSpan.FromHours(1)) });
        await News(1);
        await _desk.Database.WriteAsync(db => Stored.Set(db, "delivery", new { state = "sent", sent_at = ArticleDesk.Noon.AddDays(1) }));

        await News(1, from: 1);

        Assert.Equal("pending", _desk.Deliveries()[^1].State);
    }

    [Fact]
    public async Task The_cap_is_each_subscribers_own()
    {
        await Use(SomeWatch.Anna with { Cap = new(1, TimeSpan.FromHours(1)) }, SomeWatch.Ben with { Rules = null });

        await News(5);

        Assert.Equal(5, _desk.Deliveries().Count(row => row.Subscriber == "ben" && row.State == "pending"));
    }

    [Fact]
    public async Task A_live_blog_grouped_by_story_sends_one_at_once_and_the_rest_ten_minutes_later()
    {
        var route = new Route { GroupBy = GroupBy.Story, FollowUpEvery = TimeSpan.FromMinutes(10) };
        await Use([SomeWatch.Anna], route, SomeWatch.Wire with { Kind = NewsWatch.Configuration.SourceKind.Live });
        for (var entry = 0; entry < 4; entry++)
        {
            await _desk.AddAsync("wire", $"Truce, entry {entry} of the day", "https://wire.example.com/live", key: $"id:{entry}");
            await _desk.ProcessAsync();
            await _desk.Database.WriteAsync(db => Stored.AcceptDue(db, _desk.Clock.GetUtcNow()));
            _desk.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        var rows = _desk.Deliveries();
        Assert.Equal(["sent", "held", "held", "held"], rows.Select(row => row.State));
        Assert.Equal([0, 10, 10, 10], rows.Select(row => (int)(UnixTime.At(row.Due) - ArticleDesk.Noon).TotalMinutes));
        Assert.Equal(2, rows.Select(row => row.Bundle).Distinct().Count());
    }

    [Fact]
    public async Task Who_unsubscribed_from_a_rule_gets_no_delivery_and_the_verdict_says_so()
    {
        await Use(SomeWatch.Anna, SomeWatch.Ben with { Rules = null });
        await _desk.Database.WriteAsync(db => Stored.Unsubscribed(db, "anna", "rule:ceasefire", "one-click"));

        await News(1);

        Assert.Equal(["ben"], _desk.Deliveries().Select(row => row.Subscriber));
        Assert.Contains("ceasefire anna nothing: anna unsubscribed from rule ceasefire", _desk.Verdicts());
    }

    [Fact]
    public async Task An_alert_that_nobody_asks_for_says_so()
    {
        await Use(SomeWatch.Ben);

        await News(1);

        Assert.Equal(["ceasefire  nothing: no subscriber and no route asks for this rule"], _desk.Verdicts());
    }

    private Task Use(params Subscriber[] subscribers) => Use(subscribers, null, SomeWatch.Wire);

    private async Task Use(Subscriber[] subscribers, Route? routes, NewsWatch.Configuration.Source source)
    {
        await _desk.DisposeAsync();
        _desk = new(SomeWatch.Of([source], [SomeWatch.Ceasefire, SomeWatch.Tariffs], subscribers, routes));
    }

    private async Task News(int count, int from = 0)
    {
        for (var number = from; number < from + count; number++)
        {
            await _desk.AddAsync("wire", $"Truce number {number} holds along the northern border", $"https://wire.example.com/truce/{number}");
        }

        await _desk.ProcessAsync();
    }
}
