using NewsWatch.Storage;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Storage;

public abstract class WaitingStoreTests(StorageEngine engine, PostgresServer? server = null) : StorageContract(engine, server)
{
    [StoreFact]
    public async Task What_waits_is_counted_for_each_subscriber_and_channel()
    {
        await Database.WriteAsync(db =>
        {
            Delivery(db, 1, "anna", "mail", "pending");
            Delivery(db, 2, "anna", "mail", "held");
            Delivery(db, 3, "anna", "mail", "sent");
            Delivery(db, 4, "anna", "hook", "pending");
        });

        var waiting = Database.Read(WaitingStore.All);

        Assert.Equal([("anna", "hook", 1L), ("anna", "mail", 2L)], waiting.Select(one => (one.Subscriber, one.Channel, one.Count)));
    }

    [StoreFact]
    public async Task A_renamed_subscriber_gets_what_waited_for_the_old_name_and_nothing_twice()
    {
        var moved = await Database.WriteAsync(db =>
        {
            Delivery(db, 1, "anna", "mail", "pending");
            Delivery(db, 2, "anna", "mail", "held");
            Delivery(db, 3, "anna", "mail", "sent");
            Delivery(db, 4, "anna", "mail", "pending");
            Delivery(db, 4, "anne", "post", "sent");
            return WaitingStore.MoveSubscriber(db, "anna", "anne", "post", Rows.Now);
        });

        Assert.Equal(2, moved);
        Assert.Equal(
            ["1 anne post pending", "2 anne post held", "3 anna mail sent", "4 anna mail cancelled", "4 anne post sent"],
            All());
    }

    [StoreFact]
    public async Task Another_channel_gets_what_waited_for_one_that_is_gone_and_at_once()
    {
        await Database.WriteAsync(db =>
        {
            Delivery(db, 1, "anna", "hook", "pending");
            Delivery(db, 2, "anna", "hook", "dead");
            return WaitingStore.MoveChannel(db, "hook", "mail", Rows.Now);
        });

        Assert.Equal(["1 anna mail pending", "2 anna hook dead"], All());
        Assert.Equal(Rows.Now.ToUnixTimeMilliseconds(), Database.Read(db => Stored.Column<long>(db, "delivery", "due", new { channel = "mail" }).Single()));
    }

    private static void Delivery(Session db, int alert, string subscriber, string channel, string state)
    {
        var id = Stored.Column<long>(db, "alert", "id", new { key = $"a{alert}" }) is [var known, ..] ? known : Rows.Alert(db, Rows.Article(db, $"n{alert}"), $"a{alert}");
        var key = $"a{alert}/{subscriber}/{channel}";
        Stored.Delivery(db, key, Rows.Now.AddHours(2), "alert", subscriber, channel, state, Rows.Now);
        Stored.Set(db, "delivery", new { alert = id }, new { key });
    }

    private IEnumerable<string> All() =>
        Database.Read(db => Stored.Texts(db, "delivery", "key", "subscriber", "channel", "state")).Order(StringComparer.Ordinal).Select(line => $"{line[1]}{line[line.IndexOf(' ', StringComparison.Ordinal)..]}");
}

public sealed class SqliteWaitingStoreTests() : WaitingStoreTests(StorageEngine.Sqlite);

public sealed class RehearsedWaitingStoreTests() : WaitingStoreTests(StorageEngine.Rehearsed);

[Collection(SharedPostgres.Name)]
public sealed class PostgresWaitingStoreTests(PostgresServer server) : WaitingStoreTests(StorageEngine.Postgres, server);
