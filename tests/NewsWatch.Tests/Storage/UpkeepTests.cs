using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Sources;
using NewsWatch.Storage.Upkeep;
using NewsWatch.Tests.Support;
using static NewsWatch.Tests.Storage.Rows;

namespace NewsWatch.Tests.Storage;

/// <summary>What is deleted when it is over, and what is dated anew after a clock was set back.</summary>
public abstract class UpkeepTests(StorageEngine engine, PostgresServer? server = null) : StorageContract(engine, server)
{
    [StoreFact]
    public async Task A_story_that_is_over_goes_with_all_that_names_it_and_what_waits_stays()
    {
        var (over, waits) = await Database.WriteAsync(db =>
        {
            var sent = Kept.Sent(db, "sent", Now);
            Kept.Reading(db, sent, Now);
            var article = Kept.Article(db, "waits");
            Kept.Delivery(db, Kept.Alert(db, article));
            return (sent, article);
        });

        while (await Database.WriteAsync(db => Retention.DeleteBatch(db, RetentionTimes.Default, Now.AddDays(91))) > 0)
        {
            // until nothing is over
        }

        Assert.Null(Database.Read(db => ArticleStore.Find(db, over.Id)));
        Assert.Null(Database.Read(db => DocumentStore.Find(db, over.Document!.Value)));
        Assert.NotNull(Database.Read(db => ArticleStore.Find(db, waits.Id)));
        Assert.Equal("waits", (await Database.WriteAsync(db => DeliveryStore.Claim(db, Background.NewProcess(), "mail", Now)))!.Alerts.Single().Article.Title);
    }

    [StoreFact]
    public async Task After_a_clock_was_set_back_what_waits_is_due_as_soon_as_it_was()
    {
        var ahead = Now.AddDays(1);
        await Database.WriteAsync(db =>
        {
            Kept.Source(db, "a", ahead);
            Rows.Item(db, "waits", ahead);
            Kept.Delivery(db, Kept.Alert(db, Kept.Article(db, "one")), due: ahead, created: ahead);
        });

        Assert.True(await Database.WriteAsync(db => ClockRollbackRepair.Run(db, Now)) > 0);

        Assert.Equal(Now, Database.Read(db => SourceStore.Find(db, "a"))!.NextDue);
        Assert.Single(await Database.WriteAsync(db => ItemQueue.Claim(db, Background.NewProcess(), Now, 5)));
        Assert.NotNull(await Database.WriteAsync(db => DeliveryStore.Claim(db, Background.NewProcess(), "mail", Now)));
    }
}

public sealed class SqliteUpkeepTests() : UpkeepTests(StorageEngine.Sqlite);

public sealed class RehearsedUpkeepTests() : UpkeepTests(StorageEngine.Rehearsed);

[Collection(SharedPostgres.Name)]
public sealed class PostgresUpkeepTests(PostgresServer server) : UpkeepTests(StorageEngine.Postgres, server);
