using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Storage.Sources;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Processing;

public sealed class ArticleProcessorTests : IAsyncLifetime
{
    private const string Truce = "Negotiators announce a truce along the northern border";
    private const string Url = "https://wire.example.com/world/truce-announced";
    private readonly ArticleDesk _desk = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task Where_nothing_is_due_nothing_is_written()
    {
        var statements = new List<string>();
        await _desk.Database.WriteAsync(db => TestDatabase.Trace(db, statements));
        statements.Clear();

        Assert.Equal(0, await _desk.Processor.ProcessItemsAsync(CancellationToken.None));

        Assert.Empty(statements);
        await _desk.AddAsync("wire", Truce, Url);
        Assert.Equal(1, await _desk.Processor.ProcessItemsAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("A truce holds.\nMore to come.", "A truce holds.")]
    [InlineData("Delegations of both sides have agreed on a truce along the northern border that begins at midnight tonight, their spokesmen said", "Delegations of both sides have agreed on a truce along the northern border that begins at midnight…")]
    public async Task A_post_without_a_headline_is_told_by_its_beginning(string text, string title)
    {
        await _desk.AddAsync("wire", "", "https://wire.example.com/post", text);

        await _desk.ProcessAsync();

        Assert.Equal(title, Assert.Single(_desk.Alerts()).Article.Title);
    }

    [Fact]
    public async Task An_item_that_matches_becomes_one_alert_and_one_delivery_for_each_subscriber_who_wants_it()
    {
        var item = await _desk.AddAsync("wire", Truce, Url + "?utm_source=rss", "Both sides confirmed it.");

        await _desk.ProcessAsync();

        var alert = Assert.Single(_desk.Alerts());
        Assert.Equal((AlertReason.FirstReport, Severity.Urgent, 1, Url), (alert.Reason, alert.Severity, alert.Step, alert.Article.Url));
        Assert.Equal("The Wire", alert.Article.SourceName);
        Assert.Equal("truce", Assert.Single(alert.Hits).Quote);
        var delivery = Assert.Single(_desk.Deliveries());
        Assert.Equal(($"{alert.Key}/anna/mail", "alert", "pending"), (delivery.Key, delivery.Kind, delivery.State));
        Assert.Equal(delivery.Key, delivery.Bundle);
        Assert.Equal(("done", "1 alert"), (_desk.Item("state", item), _desk.Item("outcome", item)));
        Assert.Equal(["ceasefire anna send: sent at once"], _desk.Verdicts());
    }

    [Fact]
    public async Task An_item_that_matches_nothing_is_kept_and_says_so()
    {
        var item = await _desk.AddAsync("wire", "Rain is expected in the northern valleys", Url);

        await _desk.ProcessAsync();

        Assert.Equal((1, 0, "no rule matched"), (_desk.Count("article"), _desk.Count("alert"), _desk.Item("outcome", item)));
    }

    [Fact]
    public async Task The_same_url_from_another_source_adds_to_the_story_and_no_mail()
    {
        await _desk.AddAsync("wire", Truce, Url);
        await _desk.ProcessAsync();

        await _desk.AddAsync("paper", "Truce announced, negotiators say", Url + "?fbclid=1");
        await _desk.ProcessAsync();

        Assert.Equal((1, 1, 1), (_desk.Count("article"), _desk.Count("story"), _desk.Count("delivery")));
        Assert.Contains(_desk.Verdicts(), verdict => verdict.StartsWith("ceasefire  nothing: same story as alert ceasefire/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_headline_at_another_publisher_within_a_day_is_the_same_story()
    {
        await _desk.AddAsync("wire", Truce, Url);
        await _desk.ProcessAsync();
        _desk.Clock.Advance(TimeSpan.FromHours(23));

        await _desk.AddAsync("paper", Truce.ToUpperInvariant() + " - Example News", "https://paper.example.com/a/1");
        await _desk.ProcessAsync();

        Assert.Equal((2, 1, 1), (_desk.Count("article"), _desk.Count("story"), _desk.Count("delivery")));
    }

    [Fact]
    public async Task A_headline_that_the_story_has_had_is_the_same_story_too()
    {
        await _desk.AddAsync("wire", "Negotiators are about to announce a truce", Url);
        await _desk.ProcessAsync();
        await _desk.AddAsync("wire", Truce, Url);
        await _desk.ProcessAsync();

        await _desk.AddAsync("paper", Truce, "https://paper.example.com/a/1");
        await _desk.ProcessAsync();

        Assert.Equal((1, 1), (_desk.Count("story"), _desk.Count("delivery")));
    }

    [Fact]
    public async Task The_same_headline_two_days_later_is_another_story()
    {
        await _desk.AddAsync("wire", Truce, Url);
        await _desk.ProcessAsync();
        _desk.Clock.Advance(TimeSpan.FromHours(25));

        await _desk.AddAsync("paper", Truce, "https://paper.example.com/a/1");
        await _desk.ProcessAsync();

        Assert.Equal((2, 2), (_desk.Count("story"), _desk.Count("delivery")));
    }

    [Fact]
    public async Task A_copy_names_its_source_in_alerts_that_wait_yet()
    {
        await _desk.AddAsync("wire", Truce, Url);
        await _desk.AddAsync("paper", Truce, "https://paper.example.com/a/1");

        await _desk.ProcessAsync();

        Assert.Equal(["paper.example.com"], Assert.Single(_desk.Alerts()).OtherSources.Select(source => source.Name));
    }

    [Fact]
    public async Task What_was_sent_is_not_rewritten()
    {
        await _desk.AddAsync("wire", Truce, Url);
        await _desk.ProcessAsync();
        await _desk.Database.WriteAsync(db => Stored.Set(db, "delivery", new { state = "leased", attempts = 1 }));

        await _desk.AddAsync("paper", Truce, "https://paper.example.com/a/1");
        await _desk.ProcessAsync();

        Assert.Empty(Assert.Single(_desk.Alerts()).OtherSources);
    }

    [Fact]
    public async Task An_edited_headline_alerts_only_for_the_rule_that_newly_matches()
    {
        await _desk.AddAsync("wire", Truce, Url);
        await _desk.ProcessAsync();

        await _desk.AddAsync("wire", "Negotiators announce a truce and new tariffs", Url);
        await _desk.ProcessAsync();

        Assert.Equal(["ceasefire", "tariffs"], _desk.Alerts().Select(alert => alert.Rule.Id));
        Assert.Equal(["anna", "anna", "ben"], _desk.Deliveries().Select(delivery => delivery.Subscriber));
        Assert.Equal(1, _desk.Count("article"));
    }

    [Fact]
    public async Task Two_versions_that_alternate_alert_once()
    {
        for (var poll = 0; poll < 6; poll++)
        {
            await _desk.AddAsync("wire", poll % 2 == 0 ? Truce : Truce + ", officials say", Url, key: "id:1");
            await _desk.ProcessAsync();
            _desk.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.Equal(1, _desk.Count("alert"));
    }

    [Fact]
    public async Task A_rule_whose_severity_rose_escalates_when_the_story_goes_on()
    {
        await _desk.AddAsync("wire", Truce, Url);
        await _desk.ProcessAsync();
        _desk.Configuration.Swap(SomeWatch.Of([SomeWatch.Wire], [SomeWatch.Ceasefire with { Severity = Severity.Flash }], [SomeWatch.Anna]));

        await _desk.AddAsync("wire", Truce + ", officials say", Url);
        await _desk.ProcessAsync();

        Assert.Equal([(AlertReason.FirstReport, 1), (AlertReason.Escalation, 2)], _desk.Alerts().Select(alert => (alert.Reason, alert.Step)));
    }

    [Fact]
    public async Task What_is_older_than_MaxAge_is_kept_and_not_alerted()
    {
        await _desk.AddAsync("wire", Truce, Url, published: ArticleDesk.Noon.AddHours(-37));

        await _desk.ProcessAsync();

        Assert.Equal((1, 0), (_desk.Count("article"), _desk.Count("alert")));
        Assert.Equal(["ceasefire  nothing: too old: published 2025-08-04 23:00 UTC, first seen 2025-08-06 12:00 UTC; MaxAge is 36h"], _desk.Verdicts());
    }

    [Theory]
    [InlineData("2035-08-06T12:00:00Z", "2025-08-06T12:00:00Z")]
    [InlineData("1970-01-01T00:00:00Z", null)]
    [InlineData("0001-01-02T00:00:00Z", null)]
    public async Task An_absurd_date_neither_delays_nor_suppresses(string published, string? told)
    {
        await _desk.AddAsync("wire", Truce, Url, published: Time(published));

        await _desk.ProcessAsync();

        Assert.Equal(Time(told), Assert.Single(_desk.Alerts()).Article.Published);
        Assert.Equal("pending", Assert.Single(_desk.Deliveries()).State);
    }

    [Fact]
    public async Task Items_that_share_a_link_are_articles_of_their_own()
    {
        await _desk.AddAsync("wire", Truce, "https://wire.example.com/ticker", key: "id:1", linkIsShared: true);
        await _desk.AddAsync("wire", "A second truce holds along the southern border", "https://wire.example.com/ticker", key: "id:2", linkIsShared: true);

        await _desk.ProcessAsync();

        Assert.Equal(2, _desk.Count("alert"));
    }

    [Fact]
    public async Task Items_without_a_link_are_articles_too()
    {
        await _desk.AddAsync("wire", Truce, null);

        await _desk.ProcessAsync();

        Assert.StartsWith("urn:newswatch:wire:", Assert.Single(_desk.Alerts()).Article.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_of_a_live_blog_are_updates_of_one_story()
    {
        _desk.Configuration.Swap(SomeWatch.Of([SomeWatch.Wire with { Kind = SourceKind.Live }], [SomeWatch.Ceasefire], [SomeWatch.Anna]));
        await _desk.AddAsync("wire", Truce, "https://wire.example.com/live#1", key: "id:1");
        await _desk.AddAsync("wire", "Truce: first convoys cross the bridge", "https://wire.example.com/live#2", key: "id:2");
        await _desk.ProcessAsync();

        await _desk.AddAsync("wire", Truce + ", edited", "https://wire.example.com/live#1", key: "id:1");
        await _desk.ProcessAsync();

        Assert.Equal([(AlertReason.FirstReport, 1), (AlertReason.Update, 2)], _desk.Alerts().Select(alert => (alert.Reason, alert.Step)));
        Assert.Equal((1, 2), (_desk.Count("story"), _desk.Count("article")));
    }

    [Fact]
    public async Task An_edit_that_was_recorded_meanwhile_is_processed_in_its_turn()
    {
        var item = await _desk.AddAsync("wire", "Rain is expected in the northern valleys", Url);
        var claimed = Assert.Single(await _desk.Database.WriteAsync(db => ItemQueue.Claim(db, Background.NewProcess(), ArticleDesk.Noon, 10)));
        await _desk.AddAsync("wire", Truce, Url);

        await _desk.Database.WriteAsync(db => ItemQueue.Done(db, claimed, 0, "no rule matched"));
        Assert.Equal("new", _desk.Item("state", item));
        await _desk.ProcessAsync();

        Assert.Equal(1, _desk.Count("alert"));
    }

    [Fact]
    public async Task The_deliveries_bell_rings_for_an_alert()
    {
        await _desk.AddAsync("wire", Truce, Url);
        await _desk.ProcessAsync();

        var waiting = _desk.Signals.Deliveries.WaitAsync(TimeSpan.FromHours(1), _desk.Clock, CancellationToken.None);

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task An_item_that_cannot_be_read_is_tried_three_times_then_given_up_and_told()
    {
        var item = await _desk.AddAsync("wire", Truce, Url);
        await _desk.Database.WriteAsync(db => Stored.Set(db, "item", new { payload = "[]" }));

        for (var attempt = 0; attempt < 5; attempt++)
        {
            await _desk.ProcessAsync();
            _desk.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(("failed", "3"), (_desk.Item("state", item), _desk.Item("attempts", item)));
        var notice = Assert.Single(_desk.Deliveries());
        Assert.Equal(("notice", "ops@example.com"), (notice.Kind, notice.Subscriber));
    }

    [Fact]
    public async Task An_item_whose_processing_never_ends_is_given_up_after_six_starts()
    {
        var item = await _desk.AddAsync("wire", Truce, Url);
        for (var start = 0; start < 6; start++)
        {
            await _desk.Database.WriteAsync(db => ItemQueue.Claim(db, Background.NewProcess(), _desk.Clock.GetUtcNow(), 10));
            _desk.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await _desk.ProcessAsync();

        Assert.Equal("failed", _desk.Item("state", item));
        Assert.Equal("notice", Assert.Single(_desk.Deliveries()).Kind);
    }

    [Fact]
    public async Task An_item_that_was_started_together_with_one_that_stops_the_process_is_not_blamed_for_it()
    {
        var poison = await _desk.AddAsync("wire", "Broken", null, key: "id:0");
        await _desk.AddAsync("wire", Truce, Url);
        for (var stops = 0; stops < 6; _desk.Clock.Advance(TimeSpan.FromMinutes(1)))
        {
            var claimed = await _desk.Database.WriteAsync(db => ItemQueue.Claim(db, Background.NewProcess(), _desk.Clock.GetUtcNow(), 10));
            if (claimed.Any(item => item.Id == poison))
            {
                stops++;
            }
            else
            {
                await _desk.Database.WriteAsync(db => ItemQueue.Again(db, Assert.Single(claimed), _desk.Clock.GetUtcNow().AddHours(1), "later"));
            }
        }

        _desk.Clock.Advance(TimeSpan.FromHours(1));

        await _desk.ProcessAsync();

        Assert.Equal("failed", _desk.Item("state", poison));
        Assert.Equal(1, _desk.Count("alert"));
    }

    [Fact]
    public async Task While_configurations_are_swapped_each_article_is_decided_by_one_of_them_whole()
    {
        var one = SomeWatch.Of([SomeWatch.Wire], [SomeWatch.Rule("a1", "truce"), SomeWatch.Rule("a2", "border")], [SomeWatch.Anna]);
        var other = SomeWatch.Of([SomeWatch.Wire], [SomeWatch.Rule("b1", "truce"), SomeWatch.Rule("b2", "border")], [SomeWatch.Anna]);
        using var stop = new CancellationTokenSource();
        var swapping = Task.Run(() =>
        {
            for (var swap = 0; !stop.IsCancellationRequested; swap++)
            {
                _desk.Configuration.Swap(swap % 2 == 0 ? one : other);
            }
        });
        for (var number = 0; number < 60; number++)
        {
            await _desk.AddAsync("wire", $"Truce {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData([(byte)number]))} at the border", $"{Url}/{number}");
            await _desk.Processor.ProcessItemsAsync(CancellationToken.None);
        }

        await stop.CancelAsync();
        await swapping;
        var told = _desk.Alerts().GroupBy(alert => alert.Article.Url).Select(article => string.Join(' ', article.Select(alert => alert.Rule.Id).Order(StringComparer.Ordinal))).ToList();
        Assert.Equal(60, told.Count);
        Assert.Equal(["a1 a2", "b1 b2"], told.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task One_bad_item_does_not_stop_the_others()
    {
        await _desk.AddAsync("wire", "Broken", null, key: "id:0");
        await _desk.Database.WriteAsync(db => Stored.Set(db, "item", new { payload = "null" }));
        await _desk.AddAsync("wire", Truce, Url);

        await _desk.ProcessAsync();

        Assert.Equal(1, _desk.Count("alert"));
    }

    [Fact]
    public async Task Work_that_another_process_took_over_is_not_written_down_twice()
    {
        await _desk.AddAsync("wire", Truce, Url);
        var late = Assert.Single(await _desk.Database.WriteAsync(db => ItemQueue.Claim(db, Background.NewProcess(), ArticleDesk.Noon, 10)));
        await _desk.ProcessAsync();

        Assert.False(_desk.Database.Read(db => ItemQueue.Holds(db, late)));

        Assert.Equal(1, _desk.Count("alert"));
    }

    [Fact]
    public async Task The_feeds_whole_text_counts_as_full_and_a_teaser_as_partial()
    {
        await _desk.AddAsync("wire", Truce, Url, string.Join(' ', Enumerable.Repeat("Both sides confirmed it today.", 90)));
        await _desk.AddAsync("wire", "A second truce holds along the southern border", Url + "-2", "Both sides confirmed it.");

        await _desk.ProcessAsync();

        Assert.Equal([Completeness.Full, Completeness.Partial], _desk.Alerts().Select(alert => alert.Article.Completeness));
    }

    private static DateTimeOffset? Time(string? text) => text is null ? null : DateTimeOffset.Parse(text, null);
}
