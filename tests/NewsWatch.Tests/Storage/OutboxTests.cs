using System.Data.Common;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Tests.Support;
using static NewsWatch.Tests.Storage.Rows;

namespace NewsWatch.Tests.Storage;

public abstract class OutboxTests(StorageEngine engine, PostgresServer? server = null) : StorageContract(engine, server)
{
    [StoreTheory]
    [InlineData(0, "pending")]
    [InlineData(1, "held")]
    public async Task What_is_due_now_is_pending_and_what_is_due_later_is_held(int seconds, string state)
    {
        await AddAsync("k", "k", Now.AddSeconds(seconds));

        Assert.Equal([state], Column("state"));
    }

    [StoreFact]
    public async Task The_same_delivery_cannot_be_decided_twice()
    {
        await AddAsync("k", "k", Now);

        await Assert.ThrowsAnyAsync<DbException>(() => AddAsync("k", "k", Now));
    }

    [StoreTheory]
    [InlineData("pending", 1)]
    [InlineData("sent", 0)]
    [InlineData("dead", 0)]
    [InlineData("leased", 0)]
    public async Task A_message_that_was_tried_takes_nothing_more(string state, int attempts)
    {
        await AddAsync("k1", "group", Now);
        await Database.WriteAsync(db => Stored.Set(db, "delivery", new { state, attempts }));
        await AddAsync("k2", "group", Now);
        await AddAsync("k3", "group", Now);

        Assert.Equal(["group", "group#2", "group#2"], Column("bundle"));
    }

    [StoreFact]
    public async Task A_notice_is_told_once_to_each_address()
    {
        var notice = new Notice("source/world/stale/1754514131000", "world went quiet", "Nothing new for 3 h.");
        for (var round = 0; round < 2; round++)
        {
            await Database.WriteAsync(db => NoticeStore.Add(db, notice, ["ops@example.com", "night@example.com"], "mail", Now.AddMinutes(round)));
        }

        await Database.WriteAsync(db => NoticeStore.Add(db, notice with { Key = "source/world/stale/1754600000000" }, ["ops@example.com"], "mail", Now));

        Assert.Equal(["ops@example.com", "night@example.com", "ops@example.com"], Column("subscriber"));
    }

    private Task AddAsync(string key, string bundle, DateTimeOffset due) => Database.WriteAsync(db =>
    {
        var alert = Alert(db, Article(db, $"{key}{Stored.Count(db, "article")}"), $"{key}{Stored.Count(db, "alert")}");
        Outbox.Add(db, new OutboxEntry(key, bundle, "alert", alert, "anna", "mail", due), Now);
    });

    private IReadOnlyList<string> Column(string name) => Database.Read(db => Stored.Column<string>(db, "delivery", name));
}

public sealed class SqliteOutboxTests() : OutboxTests(StorageEngine.Sqlite);

public sealed class RehearsedOutboxTests() : OutboxTests(StorageEngine.Rehearsed);

[Collection(SharedPostgres.Name)]
public sealed class PostgresOutboxTests(PostgresServer server) : OutboxTests(StorageEngine.Postgres, server);
