using NewsWatch.Storage;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Shares;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Support;
using static NewsWatch.Tests.Storage.Rows;

namespace NewsWatch.Tests.Storage;

public abstract class PageQueueTests(StorageEngine engine, PostgresServer? server = null) : StorageContract(engine, server)
{
    private Leases _process = Background.NewProcess();

    [StoreFact]
    public async Task Only_scheduled_pages_are_claimed_and_only_when_they_are_due()
    {
        var page = await ScheduledAsync("a", Now);
        await Database.WriteAsync(db => Article(db, "unasked"));

        Assert.Equal(Now, Database.Read(db => PageQueue.NextDue(db, Background.NewProcess())));
        Assert.Empty(await ClaimAsync(Now.AddSeconds(-1)));
        Assert.Equal(new ClaimedPage(page, "a", 1, 1), Assert.Single(await ClaimAsync(Now)));
        Assert.Empty(await ClaimAsync(Now));
    }

    [StoreFact]
    public async Task The_next_process_takes_a_dead_ones_page_and_the_attempt_stays_counted()
    {
        await ScheduledAsync("a", Now);
        await ClaimAsync(Now);
        Assert.Empty(await ClaimAsync(Now.AddDays(2)));

        _process = Background.NewProcess();

        Assert.Equal(2, Assert.Single(await ClaimAsync(Now)).Attempts);
    }

    [StoreFact]
    public async Task An_end_that_names_an_older_claim_changes_nothing()
    {
        await ScheduledAsync("a", Now);
        var late = Assert.Single(await ClaimAsync(Now));
        _process = Background.NewProcess();
        var holder = Assert.Single(await ClaimAsync(Now));

        await Database.WriteAsync(db => PageQueue.Done(db, late, null));

        Assert.Equal((false, true), Database.Read(db => (PageQueue.Holds(db, late), PageQueue.Holds(db, holder))));
        Assert.Equal(Now, Database.Read(db => PageQueue.NextDue(db, Background.NewProcess())));
    }

    [StoreFact]
    public async Task Waiting_for_the_hosts_turn_is_no_attempt()
    {
        await ScheduledAsync("a", Now);
        var page = Assert.Single(await ClaimAsync(Now));

        await Database.WriteAsync(db => PageQueue.Later(db, page, Now.AddSeconds(5)));

        Assert.Equal(1, Assert.Single(await ClaimAsync(Now.AddSeconds(5))).Attempts);
    }

    [StoreFact]
    public async Task A_page_that_cannot_be_had_is_left_alone_at_last_and_the_reason_is_kept()
    {
        await ScheduledAsync("a", Now);
        var page = Assert.Single(await ClaimAsync(Now));

        await Database.WriteAsync(db => PageQueue.Failed(db, page, due: null, "404"));

        Assert.Empty(await ClaimAsync(Now.AddDays(1)));
        Assert.Equal("404", Database.Read(db => Stored.Column<string>(db, "page", "error").Single()));
    }

    [StoreFact]
    public async Task Scheduling_again_forgets_what_was_tried()
    {
        var page = await ScheduledAsync("a", Now);
        var claimed = Assert.Single(await ClaimAsync(Now));
        await Database.WriteAsync(db => PageQueue.Failed(db, claimed, due: null, "404"));

        await Database.WriteAsync(db => PageQueue.Schedule(db, page, Now.AddHours(1)));

        Assert.Equal(1, Assert.Single(await ClaimAsync(Now.AddHours(1))).Attempts);
    }

    [StoreFact]
    public async Task When_the_next_page_is_due_is_asked_of_what_this_process_may_read()
    {
        await ScheduledAsync("a", Now);
        var (others, own) = (Background.NewReplica(TimeProvider.System, OwnedKey.OfShard(1)), Background.NewReplica(TimeProvider.System, OwnedKey.OfShard(0)));

        Assert.Null(Database.Read(db => PageQueue.NextDue(db, Background.NewProcess(others))));
        Assert.Equal(Now, Database.Read(db => PageQueue.NextDue(db, Background.NewProcess(own))));

        await ClaimAsync(Now);
        Assert.Null(Database.Read(db => PageQueue.NextDue(db, _process)));
    }

    private Task<long> ScheduledAsync(string name, DateTimeOffset due) => Database.WriteAsync(db =>
    {
        var article = Article(db, name);
        PageQueue.Schedule(db, article, due);
        return article;
    });

    private Task<IReadOnlyList<ClaimedPage>> ClaimAsync(DateTimeOffset now) => Database.WriteAsync(
        db => PageQueue.Claim(db, _process, PageQueue.Due(db, _process, now, 10).Select(page => page.Article), now));
}

public sealed class SqlitePageQueueTests() : PageQueueTests(StorageEngine.Sqlite);

public sealed class RehearsedPageQueueTests() : PageQueueTests(StorageEngine.Rehearsed);

[Collection(SharedPostgres.Name)]
public sealed class PostgresPageQueueTests(PostgresServer server) : PageQueueTests(StorageEngine.Postgres, server);
