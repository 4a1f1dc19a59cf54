using NewsWatch.Storage;
using NewsWatch.Storage.Sources;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Support;
using static NewsWatch.Tests.Storage.Rows;

namespace NewsWatch.Tests.Storage;

public abstract class ItemQueueTests(StorageEngine engine, PostgresServer? server = null) : StorageContract(engine, server)
{
    private Leases _process = Background.NewProcess();

    [StoreFact]
    public async Task Due_items_are_claimed_oldest_first_and_no_others()
    {
        await AddAsync("late", Now.AddSeconds(-1));
        await AddAsync("early", Now.AddHours(-1));
        await AddAsync("next", Now.AddSeconds(1));
        await Database.WriteAsync(db => Item(db, "recorded", Now.AddHours(-2), state: "baseline"));

        Assert.Equal("early", Assert.Single(await ClaimAsync(Now, most: 1)).Key);
        Assert.Equal(["late"], (await ClaimAsync(Now)).Select(item => item.Key));
    }

    [StoreFact]
    public async Task A_claimed_item_belongs_to_its_process_however_far_the_clock_jumps()
    {
        await AddAsync("a", Now);
        await ClaimAsync(Now);

        Assert.Empty(await ClaimAsync(Now.AddDays(2)));
    }

    [StoreFact]
    public async Task The_next_process_takes_a_dead_ones_items_at_once_and_their_attempts_stay_counted()
    {
        await AddAsync("a", Now);
        await ClaimAsync(Now);

        _process = Background.NewProcess();

        Assert.Equal(2, Assert.Single(await ClaimAsync(Now)).Attempts);
    }

    [StoreFact]
    public async Task An_item_that_was_started_three_times_lets_others_pass_before_its_next_start()
    {
        await AddAsync("a", Now);
        await AddAsync("b", Now.AddSeconds(1));
        var starts = new List<string>();
        for (var second = 2; second <= 40; second += 2)
        {
            _process = Background.NewProcess();
            var claimed = await ClaimAsync(Now.AddSeconds(second));
            starts.Add($"{second}: {string.Join(' ', claimed.Select(item => item.Key + item.Attempts))}");
        }

        Assert.Equal(["2: a1 b1", "4: a2", "6: a3", "8: b2", "10: b3"], starts.Take(5));
        Assert.Equal(["16: a4", "20: b4", "36: a5", "40: b5"], starts.Skip(5).Where(start => !start.EndsWith(": ", StringComparison.Ordinal)));
    }

    [StoreFact]
    public async Task An_end_that_names_an_older_claim_changes_nothing()
    {
        await AddAsync("a", Now);
        var late = Assert.Single(await ClaimAsync(Now));
        _process = Background.NewProcess();
        var holder = Assert.Single(await ClaimAsync(Now));

        await Database.WriteAsync(db => ItemQueue.Failed(db, late, "it woke up too late"));

        Assert.Equal((false, true), Database.Read(db => (ItemQueue.Holds(db, late), ItemQueue.Holds(db, holder))));
        Assert.Equal(["new "], Outcomes());
    }

    [StoreFact]
    public async Task Work_that_could_not_be_written_down_is_given_back_and_was_no_attempt()
    {
        await AddAsync("a", Now);
        _process.Abandon(Assert.Single(await ClaimAsync(Now)).Lease);

        await Database.WriteAsync(db => ItemQueue.GiveBack(db, _process.Abandoned(Stage.Item)));

        Assert.Equal(1, Assert.Single(await ClaimAsync(Now)).Attempts);
    }

    [StoreFact]
    public async Task What_was_started_and_did_not_end_is_claimed_first_and_alone()
    {
        await AddAsync("a", Now);
        await AddAsync("b", Now);
        await ClaimAsync(Now);
        await AddAsync("older", Now.AddHours(-1));
        await AddAsync("newer", Now);

        _process = Background.NewProcess();

        Assert.Equal(["a"], (await ClaimAsync(Now)).Select(item => item.Key));
        Assert.Equal(["b"], (await ClaimAsync(Now)).Select(item => item.Key));
        Assert.Equal(["newer", "older"], (await ClaimAsync(Now)).Select(item => item.Key).Order(StringComparer.Ordinal));
    }

    [StoreFact]
    public async Task Sources_take_turns_so_that_one_with_many_items_keeps_no_other_waiting()
    {
        for (var number = 0; number < 50; number++)
        {
            await AddAsync($"crowd-{number:00}", Now.AddHours(-1));
        }

        await AddAsync("calm", Now);
        await Database.WriteAsync(db => Stored.Set(db, "item", new { source = "other" }, new { key = "calm" }));

        Assert.Equal(["calm", "crowd-00", "crowd-01"], (await ClaimAsync(Now, most: 3)).Select(item => item.Key).Order(StringComparer.Ordinal));
    }

    [StoreFact]
    public async Task A_failed_attempt_is_due_again_when_it_says()
    {
        await AddAsync("a", Now);
        var item = Assert.Single(await ClaimAsync(Now));

        await Database.WriteAsync(db => ItemQueue.Again(db, item, Now.AddMinutes(1), "the page did not answer"));

        Assert.Empty(await ClaimAsync(Now.AddSeconds(59)));
        Assert.Single(await ClaimAsync(Now.AddMinutes(1)));
    }

    [StoreFact]
    public async Task What_is_done_or_given_up_is_never_claimed_again()
    {
        await AddAsync("a", Now);
        await AddAsync("b", Now);
        var claimed = await ClaimAsync(Now);

        await Database.WriteAsync(db => ItemQueue.Done(db, claimed[0], article: 1, "alerted"));
        await Database.WriteAsync(db => ItemQueue.Failed(db, claimed[1], "three attempts never ended"));

        Assert.Empty(await ClaimAsync(Now.AddDays(1)));
        Assert.Equal(["done alerted", "failed three attempts never ended"], Outcomes());
    }

    [StoreFact]
    public async Task An_edit_that_came_during_processing_stays_new()
    {
        await AddAsync("a", Now);
        var item = Assert.Single(await ClaimAsync(Now));
        await Database.WriteAsync(db => Stored.Set(db, "item", new { revision = item.Revision + 1 }));

        await Database.WriteAsync(db => ItemQueue.Done(db, item, article: 1, "alerted"));

        Assert.Equal((2, 1), (Assert.Single(await ClaimAsync(Now)) is { } again ? (again.Revision, again.Attempts) : default));
    }

    private Task AddAsync(string key, DateTimeOffset due) => Database.WriteAsync(db => Item(db, key, due));

    private Task<IReadOnlyList<ClaimedItem>> ClaimAsync(DateTimeOffset now, int most = 10) =>
        Database.WriteAsync(db => ItemQueue.Claim(db, _process, now, most));

    private IReadOnlyList<string> Outcomes() => Database.Read(db => Stored.Texts(db, "item", "state", "outcome"));
}

public sealed class SqliteItemQueueTests() : ItemQueueTests(StorageEngine.Sqlite);

public sealed class RehearsedItemQueueTests() : ItemQueueTests(StorageEngine.Rehearsed);

[Collection(SharedPostgres.Name)]
public sealed class PostgresItemQueueTests(PostgresServer server) : ItemQueueTests(StorageEngine.Postgres, server);
