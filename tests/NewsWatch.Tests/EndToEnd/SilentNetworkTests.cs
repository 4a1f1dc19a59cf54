using Microsoft.Extensions.Time.Testing;
using NewsWatch.Health;
using NewsWatch.Storage;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.EndToEnd;

/// <summary>A network that swallows what is sent to PostgreSQL and gives no error.</summary>
[Collection(SharedPostgres.Name)]
public sealed class SilentNetworkTests(PostgresServer server)
{
    [PostgresFact]
    public async Task A_replica_knows_by_its_own_stopwatch_and_asks_nothing_to_say_so()
    {
        var stopwatch = new FakeTimeProvider();
        await using var proxy = new PostgresProxy(await server.CreateAsync());
        await using var database = new Database(await PostgresEngine.TakeAsync(proxy.Place, "first", stopwatch: stopwatch));
        var progress = new Progress(stopwatch);
        proxy.Swallow();
        var asked = proxy.Commands;

        stopwatch.Advance(TimeSpan.FromSeconds(9.9));
        Assert.True(database.Share.IsCurrent);
        stopwatch.Advance(TimeSpan.FromSeconds(0.1));
        progress.CycleEnded();
        using var work = database.Share.UntilCut(CancellationToken.None);
        var health = new HealthCheck(database, progress, Background.NewLoop(stopwatch), stopwatch).Look();

        Assert.False(database.Share.IsCurrent);
        Assert.True(work.IsCancellationRequested);
        Assert.StartsWith("the database has not been reached for 10 s", Assert.Single(health.Problems), StringComparison.Ordinal);
        Assert.Equal(asked, proxy.Commands);
        proxy.Pass();
    }

    [PostgresFact]
    public async Task Who_listens_there_is_told_that_nobody_answers()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var proxy = new PostgresProxy(await server.CreateAsync());
        await using var database = new Database(PostgresEngine.Open(proxy.Place));
        var heard = new TaskCompletionSource();
        var listening = database.Server!.ListenAsync(_ => heard.TrySetResult(), patience.Token);
        while (!heard.Task.IsCompleted)
        {
            await database.Server!.SignalAsync("x", patience.Token);
        }

        proxy.Swallow();

        Assert.True(StorageTrouble.Passes(await Assert.ThrowsAnyAsync<Npgsql.NpgsqlException>(() => listening)));
        proxy.Pass();
    }

    [PostgresFact]
    public async Task Another_replica_takes_over_and_the_first_joins_anew_when_it_can_be_reached()
    {
        using var patience = new CancellationTokenSource(4 * Newsroom.Patience);
        await using var desk = await Newsroom.OpenOnPostgresAsync();
        var place = await server.CreateAsync();
        await using var proxy = new PostgresProxy(place);
        await using var first = Start(desk, proxy.Place, "first");
        await first.SaysAsync("share the work", patience.Token);
        await using var second = Start(desk, place, "second");
        await first.SaysAsync("2 replicas share the work", patience.Token);

        proxy.Swallow();
        await second.SaysAsync("what they held is taken over", patience.Token);
        desk.Show("/one", "A cease-fire begins");
        desk.Show("/two", "A cease-fire begins");
        await desk.Mail.NextAsync(patience.Token);
        proxy.Pass();
        while ((await PostgresServer.AskAsync(place, "SELECT name FROM replica WHERE works = 1")).Count < 2)
        {
            patience.Token.ThrowIfCancellationRequested();
        }

        await second.StopAsync(patience.Token);
        desk.Show("/two", "A cease-fire begins", "Another cease-fire is near");
        await desk.Mail.NextAsync(patience.Token);

        Assert.Equal(2, desk.Mail.Accepted.DistinctBy(mail => mail.MessageId).Count());
        Assert.Equal(2, desk.Mail.Accepted.Count);
        Assert.False(first.HasEnded);
    }

    private static ServiceProcess Start(Newsroom desk, string place, string name) =>
        ServiceProcess.Start(desk.Folder, "run", environment: [("NEWS_DATABASE", place), ("Storage__Replica", name)]);
}
