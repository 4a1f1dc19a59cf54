using NewsWatch.Core.Alerts;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Tests.Support;
using static NewsWatch.Tests.Storage.Rows;

namespace NewsWatch.Tests.Storage;

/// <summary>Alerts, what was decided about them, and the ledger that explains both.</summary>
public abstract class AlertStoreTests(StorageEngine engine, PostgresServer? server = null) : StorageContract(engine, server)
{
    [StoreFact]
    public async Task What_was_alerted_earlier_comes_in_order_and_says_whether_it_was_this_article()
    {
        var (first, second) = await Database.WriteAsync(db =>
        {
            var one = Kept.Article(db, "one");
            var two = Kept.Article(db, "two", one.Story);
            Kept.Alert(db, one);
            Kept.Alert(db, two, step: 2, severity: Severity.Flash);
            Kept.Alert(db, Kept.Article(db, "apart"));
            return (one, two);
        });

        var earlier = Database.Read(db => AlertStore.Earlier(db, [first.Story], second.Id, null));

        Assert.Equal([("truce", 1, Severity.Urgent, false), ("truce", 2, Severity.Flash, true)], earlier.Select(alert => (alert.Rule, alert.Step, alert.Severity, alert.IsOfArticle)));
        Assert.Equal(earlier.Select(alert => alert.Key), Database.Read(db => AlertStore.OfStory(db, first.Story)).Select(alert => alert.Key));
        Assert.Equal(["truce"], Database.Read(AlertStore.RulesByArticle)[second.Id]);
    }

    [StoreFact]
    public async Task The_latest_alerts_of_a_rule_are_read_as_they_were_written()
    {
        var (story, ids) = await Database.WriteAsync(db =>
        {
            var article = Kept.Article(db, "one");
            return (article.Story, (long[])[Kept.Alert(db, article, at: Now), Kept.Alert(db, article, step: 2, at: Now.AddMinutes(1)), Kept.Alert(db, article, "other")]);
        });

        Assert.Equal([1, 2], Database.Read(db => AlertStore.Latest(db, [story], "truce", 5)).Select(alert => alert.Content.Step));
        Assert.Equal([2], Database.Read(db => AlertStore.Latest(db, [story], "truce", 1)).Select(alert => alert.Content.Step));
        Assert.Equal([Now.AddMinutes(1), Now], Database.Read(db => AlertStore.Newest(db, ["truce"], 5)).Select(alert => alert.Created));
        Assert.Equal(DeliveryWorld.Alert(1).Excerpts[0].Text, Database.Read(db => AlertStore.ContentOf(db, ids[0])).Excerpts[0].Text);
    }

    [StoreFact]
    public async Task The_same_alert_cannot_be_decided_twice() => await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Database.WriteAsync(db =>
    {
        var article = Kept.Article(db, "one");
        Kept.Alert(db, article);
        Kept.Alert(db, article);
    }));

    [StoreFact]
    public async Task An_alert_waits_until_an_attempt_to_send_it_has_started_and_may_be_rewritten_until_then()
    {
        var article = await Database.WriteAsync(db =>
        {
            var one = Kept.Article(db, "one");
            Kept.Delivery(db, Kept.Alert(db, one));
            return one;
        });
        var (id, content) = Assert.Single(Database.Read(db => AlertStore.Waiting(db, article.Story, null)));

        await Database.WriteAsync(db => AlertStore.Rewrite(db, id, content with { Severity = Severity.Flash }));
        Assert.Equal(Severity.Flash, Database.Read(db => AlertStore.ContentOf(db, id)).Severity);
        await Database.WriteAsync(db => DeliveryStore.Claim(db, Background.NewProcess(), "mail", Now));

        Assert.Empty(Database.Read(db => AlertStore.Waiting(db, article.Story, null)));
    }

    [StoreFact]
    public async Task The_last_verdict_of_a_moment_counts_and_old_ones_go()
    {
        var article = await Database.WriteAsync(db => Kept.Article(db, "one").Id);
        foreach (var (minutes, outcome, why) in new[] { (0, VerdictOutcome.Nothing, "first"), (0, VerdictOutcome.Send, "again"), (5, VerdictOutcome.Hold, "later") })
        {
            await Database.WriteAsync(db => VerdictStore.Add(db, new(article, "truce", "anna", Now.AddMinutes(minutes), outcome, VerdictReason.AtOnce, why, null, null)));
        }

        Assert.Equal(["later", "again"], Database.Read(db => VerdictStore.OfArticle(db, article)).Select(verdict => verdict.Why));
        Assert.Equal(1, await Database.WriteAsync(db => VerdictStore.DeleteOlder(db, Now.AddMinutes(1), 10)));
        Assert.Equal([VerdictOutcome.Hold], Database.Read(db => VerdictStore.OfArticle(db, article)).Select(verdict => verdict.Outcome));
    }

    [StoreFact]
    public async Task A_match_waits_for_sources_until_something_later_was_decided_about_it()
    {
        var (one, two) = await Database.WriteAsync(db =>
        {
            var first = Kept.Article(db, "one");
            return (first, Kept.Article(db, "two", first.Story));
        });
        Task DecideAsync(long article, VerdictReason reason, int minutes) =>
            Database.WriteAsync(db => VerdictStore.Add(db, new(article, "truce", "", Now.AddMinutes(minutes), VerdictOutcome.Nothing, reason, "why", null, null)));
        await DecideAsync(one.Id, VerdictReason.WaitsForSources, 0);
        await DecideAsync(two.Id, VerdictReason.WaitsForSources, 0);

        Assert.Equal([one.Id], Database.Read(db => VerdictStore.Waiting(db, [one.Story], except: two.Id)).Select(rules => rules.Key));
        await DecideAsync(one.Id, VerdictReason.NotRouted, 1);
        await DecideAsync(one.Id, VerdictReason.WaitsForChange, 2);

        Assert.Empty(Database.Read(db => VerdictStore.Waiting(db, [one.Story], except: two.Id)));
        Assert.Equal(["truce"], Database.Read(db => VerdictStore.WaitingForChange(db, one.Id)));
    }

    [StoreFact]
    public async Task The_ledger_lists_alerts_with_what_became_of_their_deliveries()
    {
        var (sent, held) = await Database.WriteAsync(db =>
        {
            var first = Kept.Sent(db, "sent", Now);
            var second = Kept.Alert(db, Kept.Article(db, "held"), at: Now.AddMinutes(1));
            Kept.Delivery(db, second, due: Now.AddHours(8));
            return (first, second);
        });

        var alerts = Database.Read(db => LedgerStore.Alerts(db, Now, "truce", 10));

        Assert.Equal([("held", 0, 1, (DateTimeOffset?)Now.AddHours(8)), ("sent", 1, 0, null)], alerts.Select(alert => (alert.Title, alert.Sent, alert.Held, alert.HeldUntil)));
        Assert.Equal((2, 1), Database.Read(db => (LedgerStore.CountAlerts(db, null, null), LedgerStore.CountAlerts(db, Now.AddSeconds(1), "truce"))));
        Assert.Equal(held, Database.Read(LedgerStore.NewestAlert));
        Assert.Equal(("held", "anna", (DateTimeOffset?)Now.AddHours(8)), Database.Read(db => LedgerStore.AlertsAfter(db, held - 1)).Select(alert => (alert.Title, alert.To[0].Subscriber, alert.To[0].HeldUntil)).Single());
        Assert.Equal(["sent"], Database.Read(db => LedgerStore.OfStory(db, sent.Story, "anna")).Select(delivery => delivery.State));
    }

    [StoreFact]
    public async Task The_ledger_lists_whole_messages_the_newest_first()
    {
        await Database.WriteAsync(db =>
        {
            Kept.Delivery(db, Kept.Alert(db, Kept.Article(db, "one")), bundle: "group");
            Kept.Delivery(db, Kept.Alert(db, Kept.Article(db, "two")), bundle: "group");
            Kept.Delivery(db, Kept.Alert(db, Kept.Article(db, "three")), "ben", created: Now.AddMinutes(1), due: Now.AddMinutes(1));
        });

        Assert.Equal(["three", "one", "two"], Database.Read(db => LedgerStore.Deliveries(db, new())).Select(delivery => delivery.Title));
        Assert.Equal(["three"], Database.Read(db => LedgerStore.Deliveries(db, new(Most: 1))).Select(delivery => delivery.Title));
        Assert.Equal(["one", "two"], Database.Read(db => LedgerStore.Deliveries(db, new("anna", "mail", "pending", Now, 1))).Select(delivery => delivery.Title));
    }

    [StoreFact]
    public async Task The_version_that_was_told_last_is_the_one_that_changes_are_measured_by()
    {
        var (first, second) = await Database.WriteAsync(db =>
        {
            var article = Kept.Article(db, "one", text: "first");
            Kept.Reading(db, article);
            ToldVersionStore.TellNewest(db, article.Id, Now);
            return (article, Kept.Article(db, "other", text: "second"));
        });

        Assert.Equal(first.Document, Database.Read(db => ToldVersionStore.DocumentOf(db, first.Id, ToldStage.Feed)));
        Assert.Null(Database.Read(db => ToldVersionStore.DocumentOf(db, first.Id, ToldStage.Page)));
        await Database.WriteAsync(db => ToldVersionStore.Tell(db, first.Id, ToldStage.Feed, second.Document!.Value, Now));
        await Database.WriteAsync(db => ToldVersionStore.TellNewest(db, first.Id, Now));

        Assert.Equal(second.Document, Database.Read(db => ToldVersionStore.DocumentOf(db, first.Id, ToldStage.Feed)));
    }

    [StoreFact]
    public async Task A_correction_goes_to_those_who_got_the_alert_or_wait_for_it()
    {
        var article = await Database.WriteAsync(db =>
        {
            var one = Kept.Article(db, "one");
            var alert = Kept.Alert(db, one, step: 3);
            Kept.Delivery(db, alert, "anna");
            Kept.Delivery(db, alert, "ben", due: Now.AddHours(1), kind: "digest");
            return one;
        });

        var recipients = Database.Read(db => ToldVersionStore.Recipients(db, "truce", article.Id));

        Assert.Equal([("anna", false), ("ben", true)], recipients.Select(recipient => (recipient.Subscriber, recipient.Held is not null)));
        Assert.Equal(3, Database.Read(db => ToldVersionStore.LastStep(db, "truce", article.Story)));
        Assert.Equal(0, Database.Read(db => ToldVersionStore.LastStep(db, "other", article.Story)));
        Assert.Equal([3], Database.Read(db => ToldVersionStore.Alerts(db, article.Id)).Select(told => told.Content.Step));
    }
}

public sealed class SqliteAlertStoreTests() : AlertStoreTests(StorageEngine.Sqlite);

public sealed class RehearsedAlertStoreTests() : AlertStoreTests(StorageEngine.Rehearsed);

[Collection(SharedPostgres.Name)]
public sealed class PostgresAlertStoreTests(PostgresServer server) : AlertStoreTests(StorageEngine.Postgres, server);
