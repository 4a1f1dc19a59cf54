using NewsWatch.Core.Alerts;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Sources;
using NewsWatch.Storage.Upkeep;
using NewsWatch.Storage.Views;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Support;
using static NewsWatch.Tests.Storage.Rows;

namespace NewsWatch.Tests.Storage;

/// <summary>What pages, status and health read.</summary>
public abstract class ViewTests(StorageEngine engine, PostgresServer? server = null) : StorageContract(engine, server)
{
    [StoreFact]
    public async Task Alerts_are_listed_in_pages_and_counted_by_hour_and_day()
    {
        var article = await Database.WriteAsync(db =>
        {
            var one = Kept.Article(db, "one");
            Kept.Delivery(db, Kept.Alert(db, one, at: Now.AddHours(-30)));
            Kept.Alert(db, one, step: 2, at: Now.AddMinutes(-90));
            Kept.Alert(db, one, step: 3, severity: Severity.Flash, at: Now.AddMinutes(-5));
            Kept.Alert(db, one, "other", at: Now);
            return one;
        });

        var first = Database.Read(db => AlertViews.List(db, new("truce", Most: 2)));

        Assert.Equal([3, 2], first.Select(line => line.Content.Step));
        Assert.Equal([1], Database.Read(db => AlertViews.List(db, new("truce", Before: first[1].Id))).Select(line => line.Content.Step));
        Assert.Equal([3], Database.Read(db => AlertViews.List(db, new(Severity: Severity.Flash, Since: Now.AddDays(-1)))).Select(line => line.Content.Step));
        Assert.Equal([new AlertHour(0, Severity.Flash, 1), new AlertHour(0, Severity.Urgent, 1), new AlertHour(1, Severity.Urgent, 1)], Database.Read(db => AlertViews.Hours(db, Now)).OrderBy(hour => hour.HoursAgo).ThenByDescending(hour => hour.Severity));
        Assert.Equal([1, 2], Database.Read(db => AlertViews.Days(db, "truce", Now, 2)));
        Assert.Equal(new RuleTally("truce", 2, Now.AddMinutes(-5)), Database.Read(db => AlertViews.Tallies(db, Now.AddDays(-1)))["truce"]);
        Assert.Equal(4, Database.Read(db => AlertViews.OfArticle(db, article.Id, article.Story)).Count);
        Assert.Equal(1, Database.Read(db => AlertViews.OfStory(db, article.Story))[0].States["pending"]);
        Assert.Equal(first[0].Content.Key, Database.Read(db => AlertViews.Find(db, first[0].Id))?.Content.Key);
    }

    [StoreFact]
    public async Task A_replica_is_seen_with_what_it_said_and_how_late_its_sources_are()
    {
        await Database.WriteAsync(db =>
        {
            Stored.Add(db, "replica", new { id = 7L, name = "desk-1", version = "1.2.0", alone = 0, started = Now.AddHours(-1), seen = Now });
            Stored.Add(db, "owned", new { kind = "shard", key = "0", replica = 7L });
            Stored.Source(db, "late", Now.AddHours(-1), due: Now.AddSeconds(-90));
            Stored.Source(db, "in-time", Now.AddHours(-1), due: Now.AddSeconds(5));
            ReplicaViews.Tell(db, 5, new("of one that is gone", null, null));
            ReplicaViews.Tell(db, 7, new("0a1b", Now.AddSeconds(-1), null));
            ReplicaViews.Tell(db, 7, new("0a1c", Now, "the disk is full"));
        });

        var replica = Assert.Single(Database.Read(ReplicaViews.All));

        Assert.Equal(("desk-1", 1L, new ReplicaReport("0a1c", Now, "the disk is full")), (replica.Row.Name, replica.Row.Shards, replica.Report));
        Assert.Equal((1L, TimeSpan.FromSeconds(90)), (replica.LateSources, replica.Lag));
        Assert.Equal(1, Database.Read(db => Stored.Count(db, "replica_report")));
    }

    [StoreFact]
    public async Task Articles_are_listed_with_the_rules_that_alerted_and_their_readings()
    {
        var (one, two) = await Database.WriteAsync(db =>
        {
            var first = Kept.Article(db, "one", text: "Calm.");
            Kept.Reading(db, first);
            Kept.Alert(db, first);
            return (first, Kept.Article(db, "two", first.Story, "paper", seen: Now.AddMinutes(1)));
        });

        Assert.Equal([("two", 0), ("one", 1)], Database.Read(db => ArticleViews.Newest(db, null, null, 5)).Select(line => (line.Title, line.Rules.Count)));
        Assert.Equal(["one"], Database.Read(db => ArticleViews.Newest(db, null, two.Id, 5)).Select(line => line.Title));
        Assert.Equal(["two"], Database.Read(db => ArticleViews.Newest(db, "paper", null, 5)).Select(line => line.Title));
        Assert.Equal(["two", "one"], Database.Read(db => ArticleViews.These(db, [two.Id, 99, one.Id])).Select(line => line.Title));
        Assert.Equal(["one", "two"], Database.Read(db => ArticleViews.OfStory(db, one.Story)).Select(line => line.Title));
        var reading = Assert.Single(Database.Read(db => ArticleViews.Find(db, one.Id))!.Readings);
        Assert.Equal([reading], Database.Read(db => ArticleViews.ReadingsOfStory(db, one.Story)));
        Assert.Equal((one.Id, "one", "Calm."), Database.Read(db => ArticleViews.Seen(db, reading.Id)));
        Assert.Equal(["Calm."], Database.Read(db => ArticleViews.Latest(db, 5)).Select(tried => tried.Text));
        Assert.Equal(Now.AddMinutes(1), Database.Read(ArticleViews.NewestSeen));
    }

    [StoreFact]
    public async Task Decisions_are_listed_in_pages_also_where_the_article_is_gone()
    {
        var article = await Database.WriteAsync(db => Kept.Article(db, "one").Id);
        foreach (var (of, who, minutes) in new[] { (article, "anna", 0), (article, "ben", 0), (99, "anna", 1) })
        {
            await Database.WriteAsync(db => VerdictStore.Add(db, new(of, "truce", who, Now.AddMinutes(minutes), VerdictOutcome.Send, VerdictReason.AtOnce, "why", null, null)));
        }

        var all = Database.Read(db => DecisionViews.List(db, "truce", null, null, 2));

        Assert.Equal([("anna", ""), ("ben", "one")], all.Select(line => (line.Subscriber, line.Title)));
        Assert.Equal(["anna"], Database.Read(db => DecisionViews.List(db, null, null, new(all[1].At.ToUnixTimeMilliseconds(), all[1].Article, all[1].Rule, all[1].Subscriber), 5)).Select(line => line.Subscriber));
        Assert.Equal(2, Database.Read(db => DecisionViews.List(db, null, "anna", null, 5)).Count);
        Assert.Equal(["anna", "ben"], Database.Read(db => DecisionViews.OfArticle(db, article)).Select(line => line.Subscriber));
    }

    [StoreFact]
    public async Task Deliveries_are_listed_with_their_attempts_and_how_long_they_took()
    {
        await Database.WriteAsync(db =>
        {
            Kept.Sent(db, "sent", Now);
            Kept.Delivery(db, Kept.Alert(db, Kept.Article(db, "one")), bundle: "group", due: Now.AddHours(1));
            Kept.Delivery(db, Kept.Alert(db, Kept.Article(db, "two")), bundle: "group", due: Now.AddHours(1));
        });

        var lines = Database.Read(db => DeliveryViews.List(db, new()));

        Assert.Equal(["two", "one", "sent"], lines.Select(line => line.About));
        Assert.Equal(["sent"], Database.Read(db => DeliveryViews.List(db, new("sent", "anna", "mail"))).Select(line => line.About));
        Assert.Equal(["one"], Database.Read(db => DeliveryViews.Together(db, lines[0])).Select(line => line.About));
        Assert.Equal(lines[0], Database.Read(db => DeliveryViews.OfAlert(db, lines[0].Alert!.Value)).Single());
        Assert.Equal(["sent"], Database.Read(db => DeliveryViews.Attempts(db, lines[2])).Select(attempt => attempt.Outcome));
        Assert.Equal(lines[2], Database.Read(db => DeliveryViews.Find(db, lines[2].Id)));
        Assert.Equal(new RecipientTally("anna", 1, 2, 0, Now), Database.Read(db => DeliveryViews.Tallies(db, Now))["anna"]);
        Assert.Equal([60_000], Database.Read(db => DeliveryViews.Waits(db, Now)));
    }

    [StoreFact]
    public async Task Sources_in_trouble_come_first_and_stories_newest_first()
    {
        await Database.WriteAsync(db =>
        {
            Kept.Source(db, "calm");
            Kept.Source(db, "ill");
            var before = SourceStore.Find(db, "ill")!;
            SourceStore.Learn(db, before, before with { State = SourceState.Failing, StateReason = "503", Failures = 3 });
            Rows.Item(db, "waits", Now);
            Kept.Article(db, "one");
            Kept.Alert(db, Kept.Article(db, "two", seen: Now.AddMinutes(1)));
        });

        Assert.Equal(["ill", "calm"], Database.Read(SourceViews.All).Select(line => line.Id));
        Assert.Equal([("ill", "503")], Database.Read(SourceViews.WithTrouble).Select(line => (line.Id, line.Why)));
        Assert.Equal("ok", Database.Read(db => SourceViews.Find(db, "calm"))?.State);
        Assert.Equal([("waits", "new")], Database.Read(db => SourceViews.Items(db, "world", 5)).Select(line => (line.Key, line.State)));
        Assert.Equal((1, 1L), Database.Read(SourceViews.Count) is var counts ? (counts.Sources["failing"], counts.WaitingItems) : default);
        var stories = Database.Read(db => StoryViews.List(db, alerted: false, null, 5));
        Assert.Equal(["two", "one"], stories.Select(line => line.Title));
        Assert.Equal(["one"], Database.Read(db => StoryViews.List(db, alerted: false, stories[0].Id, 5)).Select(line => line.Title));
        Assert.Equal(["two"], Database.Read(db => StoryViews.List(db, alerted: true, null, 5)).Select(line => line.Title));
        Assert.Equal((1, 1, 1), Database.Read(db => StoryViews.Find(db, stories[0].Id)) is { } line ? (line.Articles, line.Sources, line.Alerts) : default);
    }

    [StoreFact]
    public async Task Status_and_health_see_what_waits_and_what_went_wrong()
    {
        await Database.WriteAsync(db =>
        {
            Kept.Source(db, "a");
            Rows.Item(db, "waits", Now.AddMinutes(-3));
            Kept.Delivery(db, Kept.Alert(db, Kept.Article(db, "one")), due: Now.AddMinutes(-2));
            var claimed = DeliveryStore.Claim(db, Background.NewProcess(), "mail", Now)!;
            DeliveryStore.Again(db, claimed, "451 later", Now.AddMinutes(1), Now);
            NoticeStore.Add(db, new("source/a", "a is failing", "503"), ["ops@example.com"], "mail", Now.AddHours(-1));
            WrongClock.Set(db, TimeSpan.FromHours(-3));
            ConfigurationStatus.Set(db, new("v1", Now, "1 source", "UTC"));
        });

        var status = Database.Read(StatusStore.Read);

        Assert.Equal(("a", 1L, "v1"), (status.Sources.Single().Id, status.WaitingItems, status.Configuration?.Version));
        Assert.Equal([("pending", 2L)], status.Deliveries.Select(queue => (queue.State, queue.Count)));
        Assert.Equal(["451 later"], status.Troubles.Select(trouble => trouble.Error));
        Assert.Equal((TimeSpan.FromHours(-3), true), (Database.Read(WrongClock.Get), status.Clock == Database.Read(WrongClock.Words)));
        Assert.Equal((1L, 2L), (Database.Read(WorkStore.Sources)["ok"], Database.Read(WorkStore.Deliveries)["pending"]));
        Assert.Equal((Now.AddMinutes(-3), Now.AddHours(-1)), (Database.Read(WorkStore.OldestItem), Database.Read(WorkStore.OldestDelivery)));
        Assert.Equal(Now.AddHours(-1), Database.Read(db => WorkStore.OldestFailingNotice(db, Now, Now.AddDays(-1))));
        Assert.Equal((1L, 1L, 1L), Database.Read(db => WorkStore.Polls(db, Now.AddHours(-1))) is var sum ? (sum.Items, sum.Waiting, sum.Alerts) : default);
        await Database.WriteAsync(db => WrongClock.Set(db, null));
        Assert.Null(Database.Read(WrongClock.Get));
    }
}

public sealed class SqliteViewTests() : ViewTests(StorageEngine.Sqlite);

public sealed class RehearsedViewTests() : ViewTests(StorageEngine.Rehearsed);

[Collection(SharedPostgres.Name)]
public sealed class PostgresViewTests(PostgresServer server) : ViewTests(StorageEngine.Postgres, server);
