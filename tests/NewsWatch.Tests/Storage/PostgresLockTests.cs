using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Locks;
using NewsWatch.Tests.Support;
using Npgsql;

namespace NewsWatch.Tests.Storage;

/// <summary>What writes of two processes on one database of PostgreSQL wait for, and what they do not.</summary>
[Collection(SharedPostgres.Name)]
public sealed class PostgresLockTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly LockKey Anna = LockKey.Subscriber("anna");
    private static readonly LockKey Ben = LockKey.Subscriber("ben");
    private readonly ManualResetEventSlim _go = new();
    private readonly TaskCompletionSource _isIn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Database? _own;
    private Database? _other;

    private Database Own => _own!;

    private Database Other => _other!;

    public async Task InitializeAsync()
    {
        if (PostgresServer.Missing is null)
        {
            var place = await server.CreateAsync();
            (_own, _other) = (new(PostgresEngine.Open(place)), new(PostgresEngine.Open(place)));
        }
    }

    public async Task DisposeAsync()
    {
        _go.Set();
        foreach (var database in new[] { _own, _other }.OfType<Database>())
        {
            await database.DisposeAsync();
        }

        _go.Dispose();
    }

    [PostgresFact]
    public async Task Writes_about_other_things_do_not_wait()
    {
        var held = await HoldAsync(LockSet.Of(Anna));

        await Own.WriteAsync(LockSet.Of(Ben), db => db.Lock(LockKey.Story("s"), LockKey.Book), CancellationToken.None);

        Assert.False(held.IsCompleted);
    }

    [PostgresFact]
    public async Task A_write_waits_for_another_about_the_same_and_reads_what_that_wrote()
    {
        var held = await HoldAsync(LockSet.Of(Anna));

        var read = Own.WriteAsync(LockSet.Of(Ben, Anna), db => InstallationSettings.Get(db, "held"), CancellationToken.None);
        await WaitingAsync();
        _go.Set();

        Assert.Equal("yes", await read);
        await held;
    }

    [PostgresFact]
    public async Task A_unit_that_comes_to_what_another_holds_begins_again_behind_it()
    {
        var held = await HoldAsync(LockSet.Of(Anna));
        var runs = 0;

        var own = Own.WriteAsync(
            LockSet.Of(Ben),
            db =>
            {
                var before = InstallationSettings.Get(db, "held");
                InstallationSettings.Set(db, "own", $"{++runs}");
                db.Lock(Anna);
                return before;
            },
            CancellationToken.None);
        await WaitingAsync();
        _go.Set();

        Assert.Equal("yes", await own);
        Assert.Equal(2, runs);
        await held;
    }

    [PostgresFact]
    public async Task Who_does_not_say_what_it_writes_about_is_alone()
    {
        var held = await HoldAsync(LockSet.None);

        var alone = Own.WriteAsync(db => InstallationSettings.Get(db, "held"));
        await WaitingAsync();
        _go.Set();

        Assert.Equal("yes", await alone);
        await held;
    }

    [PostgresFact]
    public async Task A_unit_that_failed_because_another_wrote_runs_again_alone()
    {
        var (runs, never) = (0, 0);
        await Own.WriteAsync(db => InstallationSettings.Set(db, "one", "1"));

        var answer = await Own.WriteAsync(
            LockSet.None,
            db =>
            {
                Stored.Add(db, "fact", new { name = ++runs == 1 ? "one" : "two", value = "2" });
                return runs;
            },
            CancellationToken.None);

        Assert.Equal(2, answer);
        await Assert.ThrowsAsync<PostgresException>(() => Own.WriteAsync(
            LockSet.None,
            db =>
            {
                never++;
                Stored.Add(db, "fact", new { name = "one", value = "3" });
            },
            CancellationToken.None));
        Assert.Equal(2, never);
        Assert.Equal(["one", "two"], Own.Read(db => db.Query<string>("SELECT name FROM fact ORDER BY name")));
    }

    [PostgresFact]
    public async Task Writes_are_timed_by_their_class_and_those_that_begin_again_counted_by_what_they_met()
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var told = new Measurements(services.GetRequiredService<IMeterFactory>());
        Own.Metrics = new(services.GetRequiredService<IMeterFactory>());
        var held = await HoldAsync(LockSet.Of(Anna));
        var runs = 0;

        var own = Own.WriteAsync(
            LockSet.None,
            db =>
            {
                db.Lock(Anna);
                InstallationSettings.Set(db, "own", "1");
            },
            CancellationToken.None);
        await WaitingAsync();
        _go.Set();
        await own;
        await Own.WriteAsync(db => InstallationSettings.Set(db, "one", "1"));
        await Own.WriteAsync(LockSet.None, db => Stored.Add(db, "fact", new { name = ++runs == 1 ? "one" : "two", value = "2" }), CancellationToken.None);

        Assert.Equal((1, 1, 3), (told["units_retried_total reason=lock"], told["units_retried_total reason=conflict"], told[$"storage_seconds unit={nameof(PostgresLockTests)}"]));
        await held;
    }

    [PostgresFact]
    public async Task A_commit_behind_one_that_waits_for_others_has_only_what_needs_no_waiting()
    {
        var held = await HoldAsync(LockSet.Of(Anna));

        // All three are handed in while the writer is busy, so that they could share a commit.
        using var busy = new ManualResetEventSlim();
        var first = Own.WriteAsync(LockSet.None, _ => busy.Wait(), CancellationToken.None);
        var second = Own.WriteAsync(LockSet.Of(Ben), db => InstallationSettings.Set(db, "second", "1"), CancellationToken.None);
        var third = Own.WriteAsync(LockSet.Of(Anna), db => InstallationSettings.Set(db, "third", "1"), CancellationToken.None);
        busy.Set();
        await first;
        await second;
        await WaitingAsync();

        Assert.False(third.IsCompleted);
        _go.Set();
        await third;
        await held;
    }

    [PostgresFact]
    public async Task Whoever_is_being_decided_about_is_passed_over_by_the_next_message()
    {
        await Own.WriteAsync(db =>
        {
            foreach (var subscriber in new[] { "anna", "ben" })
            {
                var alert = Rows.Alert(db, Rows.Article(db, subscriber), subscriber);
                Outbox.Add(db, new($"{subscriber}/1", $"{subscriber}/1", "alert", alert, subscriber, "mail", Rows.Now), Rows.Now);
            }
        });
        var held = await HoldAsync(LockSet.Of(Anna));
        var passedOver = new List<string>();

        var claimed = await Own.WriteAsync(LockSet.None, db => DeliveryStore.Claim(db, Background.NewProcess(), "mail", Rows.Now, passedOver: passedOver), WritePriority.Delivery, CancellationToken.None);

        Assert.Equal(("ben", "anna"), (claimed?.Subscriber, Assert.Single(passedOver)));
        _go.Set();
        await held;
        Assert.Equal("anna", (await Own.WriteAsync(LockSet.None, db => DeliveryStore.Claim(db, Background.NewProcess(), "mail", Rows.Now), WritePriority.Delivery, CancellationToken.None))?.Subscriber);
    }

    [PostgresFact]
    public async Task A_write_about_very_much_is_alone()
    {
        var held = await HoldAsync(LockSet.None);

        var wide = Own.WriteAsync(LockSet.Of(Enumerable.Range(0, 1_000).Select(number => LockKey.Subscriber($"{number}"))), db => InstallationSettings.Get(db, "held"), CancellationToken.None);
        await WaitingAsync();
        _go.Set();

        Assert.Equal("yes", await wide);
        await held;
    }

    /// <summary>The other process writes, and is in the middle of it.</summary>
    private async Task<Task> HoldAsync(LockSet locks)
    {
        var held = Other.WriteAsync(
            locks,
            db =>
            {
                InstallationSettings.Set(db, "held", "yes");
                _isIn.TrySetResult();
                _go.Wait();
            },
            CancellationToken.None);
        await _isIn.Task;
        return held;
    }

    /// <summary>Some transaction waits for a lock.</summary>
    private async Task WaitingAsync()
    {
        while (Own.Read(db => db.ExecuteScalar<long>("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")) == 0)
        {
            await Task.Yield();
        }
    }
}
