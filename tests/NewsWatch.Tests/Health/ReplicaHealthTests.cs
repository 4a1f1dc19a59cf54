using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Cli;
using NewsWatch.Health;
using NewsWatch.Storage;
using NewsWatch.Storage.Shares;
using NewsWatch.Storage.Views;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Support;
using Npgsql;

namespace NewsWatch.Tests.Health;

/// <summary>What is this replica's and what is everybody's, in health, notices and what the doctor says of the server.</summary>
[Collection(SharedPostgres.Name)]
public sealed class ReplicaHealthTests(PostgresServer server) : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly List<Database> _opened = [];
    private string _place = "";

    public async Task InitializeAsync() => _place = PostgresServer.Missing is null ? await server.CreateAsync() : "";

    public async Task DisposeAsync()
    {
        foreach (var database in _opened)
        {
            await database.DisposeAsync();
        }
    }

    [PostgresFact]
    public async Task What_is_late_is_said_by_the_replica_that_leads_and_makes_none_unready()
    {
        var (database, progress) = (await OpenAsync("a"), new Progress(_clock));
        await database.WriteAsync(db => Stored.Delivery(db, "late", _clock.GetUtcNow().AddMinutes(-11)));
        progress.CycleEnded();
        var health = new HealthCheck(database, progress, Background.NewLoop(_clock), _clock);

        Assert.True(health.Look().Ready);
        Assert.True(health.LookAtAll().Ready);

        Lead(database);
        Assert.True(health.Look().Ready);
        Assert.StartsWith("the oldest delivery is due since", Assert.Single(health.LookAtAll().Problems), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_replica_says_what_it_works_by_and_what_is_wrong_with_it()
    {
        var (database, progress) = (await OpenAsync("a"), new Progress(_clock));

        await Reporter(database, progress).TellAsync(CancellationToken.None);
        Assert.Equal("no poll cycle ended in the last 60 s", Only(database).Report?.Problem);

        progress.CycleEnded();
        await Reporter(database, progress).TellAsync(CancellationToken.None);
        Assert.Equal(new ReplicaReport(SomeWatch.Default.Version, UnixTime.At(UnixTime.Of(_clock.GetUtcNow())), null), Only(database).Report);
    }

    [PostgresFact]
    public async Task Configurations_that_differ_for_five_minutes_are_noticed_once()
    {
        var (one, two) = (await OpenAsync("a"), await OpenAsync("b"));
        Lead(one);
        var reporter = Reporter(one, new(_clock));
        await two.WriteAsync(db => ReplicaViews.Tell(db, two.Share.Id, new("another", null, null)));

        await reporter.TellAsync(CancellationToken.None);
        Assert.Empty(Notices(one));

        _clock.Advance(TimeSpan.FromMinutes(6));
        Lead(one);
        await reporter.TellAsync(CancellationToken.None);
        await reporter.TellAsync(CancellationToken.None);
        Assert.Contains("b by another", Assert.Single(Notices(one)).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_transaction_that_stays_open_is_noticed_with_how_to_end_it()
    {
        await PostgresServer.RunAsync(_place, "CREATE VIEW public.pg_stat_activity AS SELECT datname, pid, usename, application_name, state, clock_timestamp() - interval '11 minutes' AS xact_start FROM pg_catalog.pg_stat_activity WHERE pid <> pg_backend_pid()");
        await using var other = NpgsqlDataSource.Create(_place);
        await using var open = await other.OpenConnectionAsync();
        var database = await OpenAsync("a", new NpgsqlConnectionStringBuilder(_place) { SearchPath = "public,pg_catalog" }.ToString()); // what the view says is what an old one says

        await Watch(database).LookAsync(CancellationToken.None);
        await Watch(database).LookAsync(CancellationToken.None);

        Assert.Contains("open for 11 minutes", Assert.Single(Notices(database)).Text, StringComparison.Ordinal);
        Assert.Contains("pg_terminate_backend(", Notices(database)[0].Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_short_transaction_is_not_noticed()
    {
        var database = await OpenAsync("a");

        await Watch(database).LookAsync(CancellationToken.None);

        Assert.Empty(Notices(database));
    }

    [PostgresFact]
    public async Task The_doctor_says_what_a_server_does_not_keep_and_how_it_is_reached()
    {
        Environment.SetEnvironmentVariable("NEWSWATCH_TEST_DOCTOR", _place);
        var settings = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Storage:Connection", (string?)"env:NEWSWATCH_TEST_DOCTOR")]).Build();
        var careless = await OpenAsync("a", new NpgsqlConnectionStringBuilder(_place) { Options = "-c default_transaction_isolation=serializable" }.ToString());

        var findings = await DatabaseDoctor.LookAsync(careless, settings, CancellationToken.None);

        Assert.Equal(
            ["fsync is off", "default_transaction_isolation is serializable", "a statement may run for ever"],
            findings.Where(finding => !finding.Ok).Select(finding => finding.Text.Split([':', ','])[0]));
        Assert.Contains(findings, finding => finding.Ok && finding.Text.StartsWith("signals to other replicas arrive", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Ok && finding.Text.Contains("a round trip takes", StringComparison.Ordinal));
    }

    private static IReadOnlyList<NewsWatch.Storage.Deliveries.Notice> Notices(Database database) => database.Read(Stored.Notices);

    private static ReplicaView Only(Database database) => Assert.Single(database.Read(ReplicaViews.All));

    private void Lead(Database database)
    {
        database.Share.Renewed(_clock.GetTimestamp());
        database.Share.Hold([OwnedKey.Lead], database.Share.Joined);
    }

    private ReplicaReporter Reporter(Database database, Progress progress) =>
        new(database, new HealthCheck(database, progress, Background.NewLoop(_clock), _clock), progress, new(SomeWatch.Default), Background.NewLoop(_clock), _clock);

    private ServerWatch Watch(Database database) => new(
        database, new(SomeWatch.Default), Background.NewLoop(_clock), new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), _clock);

    private async Task<Database> OpenAsync(string name, string? place = null)
    {
        var database = new Database(await PostgresEngine.TakeAsync(place ?? _place, name, stopwatch: _clock));
        _opened.Add(database);
        return database;
    }
}
