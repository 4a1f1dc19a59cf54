using NewsWatch.Core.Alerts;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Stories;
using NewsWatch.Storage.Subscribers;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Support;
using static NewsWatch.Tests.Storage.Rows;

namespace NewsWatch.Tests.Storage;

/// <summary>Commits 3 and 4: messages are claimed, ended, split, taken back and sent again.</summary>
public abstract class DeliveryStoreTests(StorageEngine engine, PostgresServer? server = null) : StorageContract(engine, server)
{
    private Leases _process = Background.NewProcess();

    [StoreFact]
    public async Task The_most_severe_goes_first_and_among_equals_the_one_due_longest()
    {
        await AddAsync("routine", Severity.Routine, Now.AddMinutes(-9));
        await AddAsync("later", Severity.Flash, Now.AddMinutes(-1));
        await AddAsync("earlier", Severity.Flash, Now.AddMinutes(-2));
        await AddAsync("held", Severity.Flash, Now.AddMinutes(5));

        Assert.Equal(["mail"], Database.Read(db => DeliveryStore.DueChannels(db, Now)));
        Assert.Equal(["earlier", "later", "routine", "none"], [await ClaimAsync(), await ClaimAsync(), await ClaimAsync(), await ClaimAsync()]);
        Assert.Empty(Database.Read(db => DeliveryStore.DueChannels(db, Now)));
    }

    [StoreFact]
    public async Task What_is_held_is_pending_when_it_is_due()
    {
        await AddAsync("held", due: Now.AddMinutes(5));

        Assert.False(Database.Read(db => DeliveryStore.IsHeldDue(db, Now)));
        Assert.True(Database.Read(db => DeliveryStore.IsHeldDue(db, Now.AddMinutes(5))));
        await Database.WriteAsync(db => DeliveryStore.ReleaseHeld(db, Now.AddMinutes(5)));
        Assert.Equal("held", await ClaimAsync(Now.AddMinutes(5)));
    }

    [StoreFact]
    public async Task A_message_ends_once_and_only_by_the_process_that_holds_it()
    {
        await AddAsync("one");
        var late = await Database.WriteAsync(db => DeliveryStore.Claim(db, _process, "mail", Now))!;
        _process = Background.NewProcess();
        await Database.WriteAsync(db => DeliveryStore.Recover(db, _process, 3, Now));
        var holder = await Database.WriteAsync(db => DeliveryStore.Claim(db, _process, "mail", Now))!;

        Assert.False(await Database.WriteAsync(db => DeliveryStore.Sent(db, late!, "<1@x.example.com>", "Re", "250 OK", Now)));
        Assert.True(await Database.WriteAsync(db => DeliveryStore.Sent(db, holder!, "<1@x.example.com>", "Re", "250 OK", Now)));
        Assert.False(await Database.WriteAsync(db => DeliveryStore.Dead(db, holder!, "too late", Now)));
        Assert.Equal([(1L, AttemptOutcome.Lost, null), (2, AttemptOutcome.Sent, "250 OK")], Database.Read(db => AttemptStore.Of(db, "one")).Select(attempt => (attempt.N, attempt.Outcome, attempt.Reply)));
    }

    [StoreFact]
    public async Task A_message_that_is_put_back_was_not_tried_and_one_that_failed_was()
    {
        await AddAsync("one");
        var first = (await Database.WriteAsync(db => DeliveryStore.Claim(db, _process, "mail", Now)))!;
        Assert.True(await Database.WriteAsync(db => DeliveryStore.PutBack(db, first, "no connection", Now.AddMinutes(1))));
        var second = (await Database.WriteAsync(db => DeliveryStore.Claim(db, _process, "mail", Now.AddMinutes(1))))!;
        Assert.True(await Database.WriteAsync(db => DeliveryStore.Again(db, second, "451 later", Now.AddMinutes(2), Now)));

        Assert.Equal((1, 1), (first.Attempt, second.Attempt));
        Assert.Equal("none", await ClaimAsync(Now.AddMinutes(1)));
        Assert.Equal(2, (await Database.WriteAsync(db => DeliveryStore.Claim(db, _process, "mail", Now.AddMinutes(2))))!.Attempt);
        Assert.Equal([AttemptOutcome.Again], Database.Read(db => AttemptStore.Of(db, "one")).Select(attempt => attempt.Outcome));
    }

    [StoreFact]
    public async Task A_message_whose_attempts_never_end_is_set_aside_and_named()
    {
        await AddAsync("one");
        for (var round = 1; round <= 3; round++)
        {
            Assert.Empty(await Database.WriteAsync(db => DeliveryStore.Recover(db, _process, 3, Now)));
            Assert.Equal("one", await ClaimAsync());
            _process = Background.NewProcess();
            Assert.True(Database.Read(db => DeliveryStore.HasLost(db, _process)));
        }

        Assert.Equal([("one", "anna", "mail")], await Database.WriteAsync(db => DeliveryStore.Recover(db, _process, 3, Now)));
        Assert.False(Database.Read(db => DeliveryStore.HasLost(db, _process)));
        Assert.Equal("none", await ClaimAsync());
    }

    [StoreFact]
    public async Task An_attempt_that_did_not_end_waits_longer_each_time_and_is_dead_at_last()
    {
        await AddAsync("one");
        var due = Now;
        foreach (var (expected, isDead) in new[] { (Now.AddMinutes(1), false), (Now.AddHours(1), false), (Now.AddHours(1), true) })
        {
            var claimed = (await Database.WriteAsync(db => DeliveryStore.Claim(db, _process, "mail", due)))!;
            await Database.WriteAsync(db => DeliveryStore.Unfinished(db, claimed, "timed out", Now.AddMinutes(1), Now.AddHours(1), 3, Now));
            due = expected;
            Assert.Equal(isDead, Database.Read(db => DeliveryStore.IsDead(db, claimed)));
            Assert.Equal("none", await ClaimAsync(expected.AddMilliseconds(-1)));
        }
    }

    [StoreFact]
    public async Task Alerts_without_room_leave_in_numbered_messages_of_their_own()
    {
        var keys = new List<string>();
        foreach (var name in new[] { "one", "two", "three" })
        {
            keys.Add(await Database.WriteAsync(db =>
            {
                var article = Kept.Article(db, name);
                Kept.Delivery(db, Kept.Alert(db, article), bundle: "group");
                return Kept.Content(db, article).Key;
            }));
        }

        var whole = (await Database.WriteAsync(db => DeliveryStore.Claim(db, _process, "mail", Now)))!;
        await Database.WriteAsync(db => DeliveryStore.Split(db, whole, [[keys[1]], [keys[2]]], Now));
        Assert.True(await Database.WriteAsync(db => DeliveryStore.Sent(db, whole, "<1@x.example.com>", "Re", "250 OK", Now)));

        Assert.Equal(keys, whole.Alerts.Select(alert => alert.Key));
        Assert.Equal(["group#2", "group#3", "none"], [await ClaimAsync(), await ClaimAsync(), await ClaimAsync()]);
    }

    [StoreFact]
    public async Task What_was_sent_or_is_dead_is_sent_again_when_it_is_asked_for()
    {
        await Database.WriteAsync(db => Kept.Sent(db, "sent", Now));
        await AddAsync("dead");
        Assert.Equal(1, await Database.WriteAsync(db => DeliveryStore.BuryChannel(db, "mail", "the channel is gone")));

        Assert.Equal(1, await Database.WriteAsync(db => DeliveryStore.Replay(db, "mail", Now, deadOnly: true, Now)));
        Assert.Equal("dead", await ClaimAsync());
        Assert.Equal(1, await Database.WriteAsync(db => DeliveryStore.Replay(db, "mail", Now, deadOnly: false, Now)));
        Assert.Equal("sent", (await Database.WriteAsync(db => DeliveryStore.Claim(db, _process, "mail", Now)))!.Alerts.Single().Article.Title);
        Assert.Equal(0, await Database.WriteAsync(db => DeliveryStore.Replay(db, "mail", Now.AddSeconds(1), deadOnly: false, Now)));
    }

    [StoreFact]
    public async Task Who_unsubscribed_meanwhile_gets_nothing()
    {
        await Database.WriteAsync(db => UnsubscribeStore.Add(db, new("anna", "rule:truce", Now, "anna")));
        await AddAsync("one");

        Assert.Equal("none", await ClaimAsync());
    }

    [StoreFact]
    public async Task Notices_of_one_kind_leave_in_one_message()
    {
        var gathered = new Notice("source/a", "a is failing", "503") { Gathering = new("sources", "sources are failing") };
        await Database.WriteAsync(db => NoticeStore.Add(db, gathered, ["ops@example.com"], "mail", Now));
        await Database.WriteAsync(db => NoticeStore.Add(db, gathered with { Key = "source/b", Subject = "b is failing" }, ["ops@example.com"], "mail", Now));
        await Database.WriteAsync(db => DeliveryStore.ReleaseHeld(db, Now.AddMinutes(1)));

        var message = (await Database.WriteAsync(db => DeliveryStore.Claim(db, _process, "mail", Now.AddMinutes(1))))!;

        Assert.StartsWith("2 sources are failing since", message.Notice!.Subject, StringComparison.Ordinal);
        Assert.Equal("none", await ClaimAsync(Now.AddMinutes(1)));
    }

    [StoreFact]
    public async Task A_subscriber_hears_once_that_the_limit_is_reached()
    {
        var to = new Destination(new() { Id = "anna", Channel = "mail", Cap = new(3, TimeSpan.FromHours(1)) }, "mail", Handling.AtOnce, Wanted: true);
        var full = new SubscriberState { Messages = [Now.AddMinutes(-3), Now.AddMinutes(-2), Now.AddMinutes(-1)] };
        var capped = Assert.IsType<DeliveryPlan.Overflow>(DeliveryPolicy.Decide(new() { Rule = "truce", Severity = Severity.Routine, Story = 1, StoryKey = "s" }, to, full, Now));

        await Database.WriteAsync(db => CapNotice.Add(db, to, capped, Now));
        await Database.WriteAsync(db => CapNotice.Add(db, to, capped, Now.AddSeconds(1)));

        var message = (await Database.WriteAsync(db => DeliveryStore.Claim(db, _process, "mail", Now.AddSeconds(1))))!;
        Assert.StartsWith("Limit of 3 messages reached", message.Notice!.Subject, StringComparison.Ordinal);
        Assert.Equal("none", await ClaimAsync(Now.AddMinutes(1)));
    }

    [StoreFact]
    public async Task Mails_of_a_story_that_were_accepted_are_its_thread()
    {
        var story = await Database.WriteAsync(db =>
        {
            var first = Kept.Sent(db, "one", Now);
            Kept.Sent(db, "two", Now.AddMinutes(5), story: first.Story);
            Kept.Sent(db, "apart", Now.AddMinutes(6));
            Kept.Sent(db, "three", Now.AddMinutes(7), "ben", first.Story);
            return first.Story;
        });

        Assert.Equal(["<one@news.example.com>", "<two@news.example.com>"], Database.Read(db => ThreadStore.Of(db, "anna", "mail", story, "")).Select(mail => mail.MessageId));
        Assert.Equal([story], Database.Read(db => ThreadStore.Known(db, "anna", "mail", [story, story, 99], "")));
    }

    [StoreFact]
    public async Task The_last_messages_count_towards_the_cap_however_they_were_bundled()
    {
        var to = new Destination(new() { Id = "anna", Channel = "mail", Cap = new(3, TimeSpan.FromHours(1)) }, "mail", Handling.AtOnce, Wanted: true);
        await Database.WriteAsync(db =>
        {
            Kept.Sent(db, "before", Now.AddHours(-2));
            Kept.Sent(db, "one", Now.AddMinutes(-30));
            Kept.Sent(db, "two", Now.AddMinutes(-20));
            Kept.Delivery(db, Kept.Alert(db, Kept.Article(db, "waits")), due: Now.AddMinutes(-10));
        });

        var state = Database.Read(db => SubscriberHistory.Read(db, new() { Rule = "truce", Severity = Severity.Urgent, Story = 1, StoryKey = "s" }, to, 1, Now));

        Assert.Equal([Now.AddMinutes(-30), Now.AddMinutes(-20), Now], state.Messages);
    }

    private Task AddAsync(string name, Severity severity = Severity.Urgent, DateTimeOffset? due = null) => Database.WriteAsync(db =>
    {
        var alert = Kept.Alert(db, Kept.Article(db, name), severity: severity);
        Outbox.Add(db, new OutboxEntry(name, name, "alert", alert, "anna", "mail", due ?? Now) { Severity = severity }, Now);
    });

    private async Task<string> ClaimAsync(DateTimeOffset? now = null) => (await Database.WriteAsync(db => DeliveryStore.Claim(db, _process, "mail", now ?? Now)))?.Bundle ?? "none";
}

public sealed class SqliteDeliveryStoreTests() : DeliveryStoreTests(StorageEngine.Sqlite);

public sealed class RehearsedDeliveryStoreTests() : DeliveryStoreTests(StorageEngine.Rehearsed);

[Collection(SharedPostgres.Name)]
public sealed class PostgresDeliveryStoreTests(PostgresServer server) : DeliveryStoreTests(StorageEngine.Postgres, server);
