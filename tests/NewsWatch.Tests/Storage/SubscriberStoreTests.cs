using NewsWatch.Core.Alerts;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Subscribers;
using NewsWatch.Tests.Support;
using static NewsWatch.Tests.Storage.Rows;

namespace NewsWatch.Tests.Storage;

public abstract class SubscriberStoreTests(StorageEngine engine, PostgresServer? server = null) : StorageContract(engine, server)
{
    private static readonly byte[] SecretKey = [1, 2, 3];

    [StoreFact]
    public async Task Unsubscribing_cancels_what_waits_of_its_scope_alone()
    {
        await Database.WriteAsync(db =>
        {
            Kept.Delivery(db, Kept.Alert(db, Kept.Article(db, "one")));
            Kept.Delivery(db, Kept.Alert(db, Kept.Article(db, "two"), "other"), due: Now.AddHours(1));
            Kept.Delivery(db, Kept.Alert(db, Kept.Article(db, "three")), "ben");
        });

        Assert.Equal(1, await Database.WriteAsync(db => UnsubscribeStore.Add(db, new("anna", "rule:truce", Now, "link"))));
        Assert.Equal(0, await Database.WriteAsync(db => UnsubscribeStore.Add(db, new("anna", "rule:truce", Now.AddMinutes(1), "link"))));
        Assert.Equal(1, await Database.WriteAsync(db => UnsubscribeStore.Add(db, new("anna", "all", Now.AddMinutes(1), "link"))));

        Assert.Equal(["all", "rule:truce"], Database.Read(UnsubscribeStore.All).Select(entry => entry.Scope));
        Assert.True(Database.Read(db => UnsubscribeStore.Has(db, "anna", "all")));
        Assert.Equal((1, 1), (await Database.WriteAsync(db => UnsubscribeStore.Undo(db, "anna", Now)), await Database.WriteAsync(db => UnsubscribeStore.Undo(db, "anna"))));
        Assert.Empty(Database.Read(UnsubscribeStore.All));
        Assert.Equal([("anna", "cancelled"), ("anna", "cancelled"), ("ben", "pending")], Database.Read(db => LedgerStore.Deliveries(db, new())).Select(delivery => (delivery.Subscriber, delivery.State)).Order());
    }

    [StoreFact]
    public async Task A_name_has_one_number_and_a_number_one_name()
    {
        var number = await Database.WriteAsync(db => UnsubscribeNames.NumberOf(db, SecretKey, "subscriber/anna"));

        Assert.Equal(number, await Database.WriteAsync(db => UnsubscribeNames.NumberOf(db, SecretKey, "subscriber/anna")));
        Assert.NotEqual(number, await Database.WriteAsync(db => UnsubscribeNames.NumberOf(db, SecretKey, "subscriber/ben")));
        Assert.Equal("subscriber/anna", Database.Read(db => UnsubscribeNames.NameOf(db, number)));
        Assert.Null(Database.Read(db => UnsubscribeNames.NameOf(db, number + 1)));
    }

    [StoreFact]
    public async Task An_erased_subscriber_is_named_nowhere_and_the_counts_stay()
    {
        await Database.WriteAsync(db =>
        {
            Kept.Sent(db, "sent", Now, "an_na");
            var article = Kept.Article(db, "waits");
            Kept.Delivery(db, Kept.Alert(db, article), "an_na", due: Now.AddHours(1));
            Kept.Delivery(db, Kept.Alert(db, Kept.Article(db, "theirs")), "anxna");
            VerdictStore.Add(db, new(article.Id, "truce", "an_na", Now, VerdictOutcome.Send, VerdictReason.AtOnce, "sent to an_na", null, null));
            VerdictStore.Add(db, new(article.Id, "truce", "erased", Now, VerdictOutcome.Send, VerdictReason.AtOnce, "send", null, null));
            UnsubscribeStore.Add(db, new("an_na", "rule:other", Now, "an_na"));
            NoticeStore.Add(db, new("dead/an_na/1", "an_na@example.com refuses", "550 an_na@example.com"), ["ops@example.com"], "mail", Now);
            NoticeStore.Add(db, new("dead/anxna/1", "anxna refuses", "550, not an_na@example.com"), ["ops@example.com"], "mail", Now);
        });

        Assert.Equal(2, await Database.WriteAsync(db => SubscriberStore.Erase(db, "an_na", ["an_na@example.com"])));

        Assert.Empty(Database.Read(db => SubscriberStore.Verdicts(db, "an_na")));
        Assert.Equal(["send"], Database.Read(db => SubscriberStore.Verdicts(db, "erased")).Select(verdict => verdict.Why));
        Assert.Equal(["anxna", "erased", "erased", "ops@example.com"], Database.Read(db => LedgerStore.Deliveries(db, new())).Select(delivery => delivery.Subscriber).Order(StringComparer.Ordinal));
        Assert.Equal(["550, not erased@example.com"], Database.Read(Stored.Notices).Select(notice => notice.Text));
        Assert.Empty(Database.Read(UnsubscribeStore.All));
    }
}

public sealed class SqliteSubscriberStoreTests() : SubscriberStoreTests(StorageEngine.Sqlite);

public sealed class RehearsedSubscriberStoreTests() : SubscriberStoreTests(StorageEngine.Rehearsed);

[Collection(SharedPostgres.Name)]
public sealed class PostgresSubscriberStoreTests(PostgresServer server) : SubscriberStoreTests(StorageEngine.Postgres, server);
