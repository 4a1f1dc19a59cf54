using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Storage;
using NewsWatch.Storage.Replicas;
using NewsWatch.Storage.Shares;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Storage;

/// <summary>Services that share a database of PostgreSQL, without the rooms that work on it. Their stopwatches are moved by hand: nobody renews a row by itself.</summary>
[Collection(SharedPostgres.Name)]
public sealed class PostgresReplicaTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly OwnedKey[] Keys = [OwnedKey.Lead, .. Enumerable.Range(0, 60).Select(shard => OwnedKey.OfShard(shard))];
    private readonly FakeTimeProvider _stopwatch = new();
    private readonly WorkSignals _signals = new();
    private readonly List<Database> _opened = [];
    private string _place = "";

    public async Task InitializeAsync() => _place = PostgresServer.Missing is null ? await server.CreateAsync() : "";

    public async Task DisposeAsync()
    {
        foreach (var database in _opened)
        {
            await database.DisposeAsync();
        }

        _signals.Dispose();
    }

    [PostgresFact]
    public async Task All_work_is_divided_and_what_joins_or_leaves_moves_no_more_than_its_own()
    {
        var (first, second) = (await OpenAsync("first"), await OpenAsync("second"));
        var (one, two) = (Loop(first), Loop(second));
        await LookAsync(one, two, one, two);
        var before = Owners();

        var third = await OpenAsync("third");
        var three = Loop(third);
        await LookAsync(three, one, two, three);
        var joined = Owners();

        Assert.Equal(Keys.Length, before.Count);
        Assert.All(before.GroupBy(owner => owner.Value), group => Assert.InRange(group.Count(), 15, 46));
        Assert.All(joined.Where(now => now.Value != before[now.Key]), moved => Assert.Equal(third.Share.Id, moved.Value));
        Assert.InRange(joined.Count(now => now.Value == third.Share.Id), 10, 30);
        Assert.Equal(1, new[] { first, second, third }.Count(database => database.Share.Leads));
        Assert.All(new[] { first, second, third }, database => Assert.Equal(joined.Where(one => one.Value == database.Share.Id).Select(one => one.Key).ToHashSet(), database.Share.Held.ToHashSet()));
    }

    [PostgresFact]
    public async Task A_replica_that_is_still_starting_has_no_share_yet()
    {
        var (first, second) = (await OpenAsync("first"), await OpenAsync("second"));
        await LookAsync(Loop(first));
        Assert.Equal(Keys.Length, first.Share.Held.Count);

        await LookAsync(Loop(second), Loop(first), Loop(second));

        Assert.Equal(Keys.Length, first.Share.Held.Count + second.Share.Held.Count);
        Assert.InRange(second.Share.Held.Count, 15, 46);
    }

    [PostgresFact]
    public async Task What_is_in_use_is_given_away_when_it_is_idle_and_not_begun_meanwhile()
    {
        var first = await OpenAsync("first");
        var busy = new Work(Keys);
        await LookAsync(Loop(first, busy));
        var second = await OpenAsync("second");
        await LookAsync(Loop(second), Loop(first, busy));
        var kept = Owners();
        var leaving = Keys.Where(key => !first.Share.Held.Contains(key)).ToList();

        await LookAsync(Loop(second));
        Assert.Empty(second.Share.Held);
        busy.Used.Clear();
        await LookAsync(Loop(first, busy), Loop(second));

        Assert.All(kept, owner => Assert.Equal(first.Share.Id, owner.Value));
        Assert.NotEmpty(leaving);
        Assert.Equal(leaving.ToHashSet(), second.Share.Held.ToHashSet());
    }

    [PostgresFact]
    public async Task A_replica_that_is_not_heard_of_is_removed_and_its_work_taken()
    {
        var (first, second) = (await OpenAsync("first"), await OpenAsync("second"));
        var (one, two) = (Loop(first), Loop(second));
        await LookAsync(one, two, one, two);
        await PostgresServer.RunAsync(_place, "UPDATE replica SET seen = seen - 14000 WHERE name = 'second'");
        await LookAsync(one);
        Assert.Equal(2, Owners().Values.Distinct().Count());

        await PostgresServer.RunAsync(_place, "UPDATE replica SET seen = seen - 2000 WHERE name = 'second'");
        await LookAsync(one);

        Assert.Equal(["first"], await PostgresServer.AskAsync(_place, "SELECT name FROM replica"));
        Assert.All(Owners(), owner => Assert.Equal(first.Share.Id, owner.Value));
        Assert.Equal(Keys.Length, first.Share.Held.Count);
    }

    [PostgresFact]
    public async Task A_replica_is_looked_for_when_it_was_silent_for_15_seconds_not_at_the_next_round()
    {
        var (first, second) = (await OpenAsync("first"), await OpenAsync("second"));
        Assert.Equal(TimeSpan.FromSeconds(2), await Loop(first).LookAsync(CancellationToken.None));

        await PostgresServer.RunAsync(_place, "UPDATE replica SET seen = seen - 14500 WHERE name = 'second'");

        Assert.InRange(await Loop(first).LookAsync(CancellationToken.None), TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(1_900));
        Assert.Equal(2, first.Read(ReplicaStore.Seen).Count);
        Assert.True(second.Share.IsCurrent);
    }

    [PostgresFact]
    public async Task Who_joins_leaves_is_removed_or_gives_work_away_tells_the_others_at_once()
    {
        var first = await OpenAsync("first");
        using var ended = new CancellationTokenSource();
        var (heard, listening) = (System.Threading.Channels.Channel.CreateUnbounded<string>(), new TaskCompletionSource());
        var listen = first.Server!.ListenAsync(said => _ = said == "x" ? listening.TrySetResult() : heard.Writer.TryWrite(said), ended.Token);
        while (!listening.Task.IsCompleted)
        {
            await first.Server!.SignalAsync("x", CancellationToken.None);
        }

        await LookAsync(Loop(first));
        Assert.True(_signals.Shares.TakeUntold()); // it has begun
        var second = await OpenAsync("second");
        Assert.Equal($"r{second.Share.Id}", await heard.Reader.ReadAsync());
        await LookAsync(Loop(second));
        Assert.True(_signals.Shares.TakeUntold());
        await LookAsync(Loop(first));
        Assert.True(_signals.Shares.TakeUntold()); // it has given away
        await LookAsync(Loop(first), Loop(second));
        Assert.False(_signals.Shares.TakeUntold());
        await second.DisposeAsync();
        Assert.Equal($"r{second.Share.Id}", await heard.Reader.ReadAsync());
        await OpenAsync("third");
        await PostgresServer.RunAsync(_place, "UPDATE replica SET seen = seen - 15500 WHERE name = 'third'");
        await LookAsync(Loop(first));
        Assert.True(_signals.Shares.TakeUntold());

        await ended.CancelAsync();
        await listen.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [PostgresFact]
    public async Task A_replica_that_others_hold_for_dead_writes_nothing_until_it_has_joined_anew()
    {
        var (first, engine) = await OpenEngineAsync("first");
        await LookAsync(Loop(first));
        await PostgresServer.RunAsync(_place, "DELETE FROM replica");

        var refused = await Assert.ThrowsAsync<ReplicaGoneException>(() => first.WriteAsync(db => InstallationSettings.Set(db, "one", "1")));
        await engine.Replica!.RenewAsync(CancellationToken.None);
        Assert.Empty(first.Share.Held);
        await first.WriteAsync(db => InstallationSettings.Set(db, "two", "2"));
        await LookAsync(Loop(first));

        Assert.True(StorageTrouble.Is(refused));
        Assert.Equal(["two"], await PostgresServer.AskAsync(_place, "SELECT name FROM fact WHERE name IN ('one', 'two')"));
        Assert.Equal(Keys.Length, first.Share.Held.Count);
    }

    [PostgresFact]
    public async Task A_replica_whose_name_another_one_has_taken_never_writes_again()
    {
        var (first, engine) = await OpenEngineAsync("first");
        await PostgresServer.RunAsync(_place, "UPDATE replica SET id = id - 1");

        await engine.Replica!.RenewAsync(CancellationToken.None);
        var refused = await Assert.ThrowsAsync<DatabaseLockException>(() => first.WriteAsync(db => InstallationSettings.Set(db, "one", "1")));

        Assert.True(refused.IsTaken);
        Assert.Equal(refused.Message, (await first.Share.Ended).Message);
        Assert.Contains("named first", refused.Message, StringComparison.Ordinal);
        Assert.False(first.Share.IsCurrent);
    }

    [PostgresFact]
    public async Task A_replica_sees_with_its_next_renewal_that_a_newer_version_needs_another_schema()
    {
        var (first, engine) = await OpenEngineAsync("first");
        await PostgresServer.RunAsync(_place, "INSERT INTO schema_script (name, least) VALUES ('9998_added', 0)");
        await engine.Replica!.RenewAsync(CancellationToken.None);
        Assert.False(first.Share.Ended.IsCompleted);

        await PostgresServer.RunAsync(_place, "INSERT INTO schema_script (name) VALUES ('9999_changed')");
        await engine.Replica!.RenewAsync(CancellationToken.None);

        Assert.Contains("9999_changed", Assert.IsType<SchemaMismatchException>(await first.Share.Ended).Message, StringComparison.Ordinal);
        await first.WriteAsync(db => InstallationSettings.Set(db, "one", "1")); // what is under way ends in peace
    }

    [PostgresFact]
    public async Task A_loop_that_finds_a_table_gone_ends_the_service()
    {
        var first = await OpenAsync("first");
        var sending = new ServiceLoop(_stopwatch, NullLogger<ServiceLoop>.Instance, first.Share);
        using var loop = Loop(first);
        await loop.StartAsync(CancellationToken.None);
        await PostgresServer.RunAsync(_place, "DROP TABLE page");

        await sending.OnceAsync("reading pages", _ => Task.FromResult(first.Read(db => db.ExecuteScalar<long>("SELECT count(*) FROM page"))), CancellationToken.None);

        Assert.Contains("\"page\"", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => loop.ExecuteTask!)).Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_start_takes_the_place_of_a_dead_process_of_its_name()
    {
        await OpenAsync("first");
        await PostgresServer.RunAsync(_place, "UPDATE replica SET seen = seen - 6000");

        var again = await OpenAsync("first");

        Assert.Equal([again.Share.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)], await PostgresServer.AskAsync(_place, "SELECT id FROM replica"));
    }

    [PostgresFact]
    public async Task What_was_divided_before_a_replica_was_held_for_dead_is_not_its_own()
    {
        var share = (await OpenAsync("first")).Share;
        var joined = share.Joined;
        share.Forget();
        share.Renewed(_stopwatch.GetTimestamp());

        share.Hold(Keys, joined);

        Assert.Empty(share.Held);
    }

    [PostgresFact]
    public async Task The_clock_of_a_replica_is_the_servers()
    {
        _stopwatch.SetUtcNow(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var service = await OpenAsync("first");

        var ahead = service.Clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(long.Parse((await PostgresServer.AskAsync(_place, "SELECT seen FROM replica"))[0], System.Globalization.CultureInfo.InvariantCulture));

        Assert.InRange(ahead, TimeSpan.FromMilliseconds(-1), TimeSpan.FromMilliseconds(1));
    }

    [PostgresTheory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_replica_whose_machine_is_an_hour_off_shares_the_work_like_the_others(int hours)
    {
        var first = await OpenAsync("first");
        var wrong = await PostgresEngine.TakeAsync(_place, "second", stopwatch: new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(hours)));
        _opened.Add(new Database(wrong));
        var (one, two) = (Loop(first), Loop(_opened[^1]));

        await LookAsync(one, two, one, two);

        Assert.Equal(2, first.Read(ReplicaStore.Seen).Count);
        Assert.Equal(2, Owners().Values.Distinct().Count());
        Assert.InRange(wrong.Replica!.Clock.GetUtcNow() - first.Clock.GetUtcNow(), TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
    }

    [PostgresFact]
    public async Task A_replica_tells_the_others_of_work_and_hears_of_theirs_alone()
    {
        var (first, second) = (await OpenAsync("first"), await OpenAsync("second"));
        using var ended = new CancellationTokenSource();
        using var signals = new WorkSignals();
        using var others = new WorkSignals();
        using var one = Signals(first, signals);
        using var two = Signals(second, others);
        var (heard, listening) = (new TaskCompletionSource<string>(), new TaskCompletionSource());
        var listen = second.Server!.ListenAsync(said => _ = said == "x" ? listening.TrySetResult() : heard.TrySetResult(said), ended.Token);
        while (!listening.Task.IsCompleted)
        {
            await first.Server!.SignalAsync("x", CancellationToken.None);
        }

        signals.Items.Set();
        signals.Deliveries.Set();
        signals.Deliveries.Set();
        await one.TellAsync(CancellationToken.None);
        var said = await heard.Task;
        await ended.CancelAsync();
        await listen.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        one.Hear(said);
        two.Hear(said);

        Assert.Equal($"d{first.Share.Id}", said);
        await others.Deliveries.WaitAsync(TimeSpan.FromDays(1), TimeProvider.System, CancellationToken.None);
        Assert.False(others.Deliveries.TakeUntold());
        Assert.False(signals.Deliveries.TakeUntold());
    }

    private ReplicaSignals Signals(Database database, WorkSignals signals) => new(database, signals, _stopwatch, NullLogger<ReplicaSignals>.Instance);

    private static async Task LookAsync(params ReplicaLoop[] loops)
    {
        foreach (var loop in loops)
        {
            await loop.LookAsync(CancellationToken.None);
        }
    }

    private async Task<Database> OpenAsync(string name) => (await OpenEngineAsync(name)).Database;

    private async Task<(Database Database, PostgresEngine Engine)> OpenEngineAsync(string name)
    {
        var engine = await PostgresEngine.TakeAsync(_place, name, stopwatch: _stopwatch);
        _opened.Add(new Database(engine));
        return (_opened[^1], engine);
    }

    private ReplicaLoop Loop(Database database, IOwnedWork? work = null) =>
        new(database, [work ?? new Work([])], Background.NewLoop(_stopwatch), _signals, database.Clock, NullLogger<ReplicaLoop>.Instance);

    private Dictionary<OwnedKey, long> Owners() => _opened[0].Read(ReplicaStore.Owned).ToDictionary(one => one.Key, one => one.Value!.Value);

    private sealed class Work(IEnumerable<OwnedKey> used) : IOwnedWork
    {
        public HashSet<OwnedKey> Used { get; } = [.. used];

        public IReadOnlyCollection<OwnedKey> All => Keys;

        public IReadOnlySet<OwnedKey> InUse => Used;
    }
}
