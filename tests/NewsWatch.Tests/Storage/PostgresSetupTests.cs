using Microsoft.Extensions.Configuration;
using NewsWatch.Configuration;
using NewsWatch.Hosting;
using NewsWatch.Storage;
using NewsWatch.Tests.Support;
using Npgsql;

namespace NewsWatch.Tests.Storage;

/// <summary>What becomes of an operator's connection string, and which servers are refused.</summary>
[Collection(SharedPostgres.Name)]
public sealed class PostgresSetupTests(PostgresServer server)
{
    [Theory]
    [InlineData("Host=127.0.0.1;Database=n", true)]
    [InlineData("Host=localhost;Database=n", true)]
    [InlineData("Host=::1;Database=n", true)]
    [InlineData("Host=/var/run/postgresql;Database=n", true)]
    [InlineData("Host=db.example.com;Database=n;SSL Mode=VerifyFull", true)]
    [InlineData("Host=db.example.com;Database=n", false)]
    [InlineData("Host=db.example.com;Database=n;SSL Mode=VerifyCA", false)]
    [InlineData("Host=db.example.com;Database=n;SSL Mode=Require", false)]
    [InlineData("Host=127.0.0.1,db.example.com;Database=n", false)]
    [InlineData("Host=127.0.0.1.example.com;Database=n", false)]
    public void A_server_beyond_this_machine_has_to_prove_who_it_is(string connection, bool isSafe) => Assert.Equal(isSafe, PostgresSetup.Exposure(connection) is null);

    [PostgresFact]
    public async Task Each_connection_has_its_limits_and_the_replicas_name()
    {
        var place = PostgresSetup.Complete(await server.CreateAsync(), "desk-2", connections: 3, isPooled: false);

        Assert.Equal(["1min"], await PostgresServer.AskAsync(place, "SHOW statement_timeout"));
        Assert.Equal(["10s"], await PostgresServer.AskAsync(place, "SHOW lock_timeout"));
        Assert.Equal(["1min"], await PostgresServer.AskAsync(place, "SHOW idle_in_transaction_session_timeout"));
        Assert.Equal(["newswatch/desk-2"], await PostgresServer.AskAsync(place, "SHOW application_name"));
        Assert.Equal(3, new NpgsqlConnectionStringBuilder(place).MaxPoolSize);
    }

    [PostgresFact]
    public async Task An_engine_keeps_the_name_and_the_limits_that_it_is_given()
    {
        await using var database = new Database(PostgresEngine.Open(PostgresSetup.Complete(await server.CreateAsync(), "desk-2", connections: 3, isPooled: false)));

        Assert.Equal("newswatch/desk-2", database.Read(db => db.ExecuteScalar<string>("SHOW application_name")));
        Assert.Equal("1min", await database.WriteAsync(db => db.ExecuteScalar<string>("SHOW statement_timeout")));
    }

    [PostgresFact]
    public async Task A_start_that_may_not_change_the_schema_waits_for_who_may()
    {
        var target = new StorageTarget("", await server.CreateAsync()) { Migrates = false };

        Assert.Contains("first: it was not started on it yet", Assert.Throws<SchemaMismatchException>(() => target.Open()).Message, StringComparison.Ordinal);

        PostgresSetup.Prepare(target.Connection!, migrates: true);
        await using var database = target.Open();
        Assert.Equal(0, database.Read(db => db.ExecuteScalar<long>("SELECT count(*) FROM source")));
    }

    [PostgresFact]
    public async Task A_role_without_the_right_to_create_works_on_a_schema_that_is_there()
    {
        var owner = await server.CreateAsync();
        PostgresSetup.Prepare(owner, migrates: true);
        await PostgresServer.RunAsync(owner, "DROP ROLE IF EXISTS clerk");
        await PostgresServer.RunAsync(owner, "CREATE ROLE clerk LOGIN PASSWORD 'clerk'; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO clerk; REVOKE CREATE ON SCHEMA public FROM PUBLIC");

        await using var database = (new StorageTarget("", new NpgsqlConnectionStringBuilder(owner) { Username = "clerk", Password = "clerk" }.ToString()) { Migrates = false }).Open();

        Assert.Equal(0, database.Read(db => db.ExecuteScalar<long>("SELECT count(*) FROM source")));
    }

    [PostgresFact]
    public async Task A_database_of_another_encoding_is_refused()
    {
        await PostgresServer.RunAsync(await server.CreateAsync(), "CREATE DATABASE ascii ENCODING 'SQL_ASCII' TEMPLATE template0");
        var place = new NpgsqlConnectionStringBuilder(await server.CreateAsync()) { Database = "ascii" }.ToString();

        Assert.Equal("The database's encoding is SQL_ASCII, which cannot hold the texts of news. Create one with ENCODING 'UTF8' TEMPLATE template0.", Assert.Single(PostgresSetup.Refusals(place)));
        Assert.Throws<SchemaMismatchException>(() => PostgresEngine.Open(place));
    }

    [PostgresFact]
    public async Task A_server_that_is_too_old_is_refused()
    {
        var place = await server.CreateAsync();
        await PostgresServer.RunAsync(place, "CREATE FUNCTION public.current_setting(text) RETURNS text LANGUAGE sql AS $$ SELECT CASE $1 WHEN 'server_version_num' THEN '140012' ELSE pg_catalog.current_setting($1) END $$");
        var old = new NpgsqlConnectionStringBuilder(place) { SearchPath = "public,pg_catalog" }.ToString(); // the server says what an old one says

        Assert.Equal("The server is PostgreSQL 14, and NewsWatch needs 15 or newer. Upgrade it, or name another.", Assert.Single(PostgresSetup.Refusals(old)));
        Assert.Throws<SchemaMismatchException>(() => PostgresEngine.Open(old));
        Assert.Empty(PostgresSetup.Refusals(place));
    }

    [PooledFact]
    public async Task A_pooler_that_nobody_named_is_told_with_what_to_set()
    {
        var pooled = await server.CreatePooledAsync();

        var told = Assert.Throws<SchemaMismatchException>(() => PostgresSetup.Prepare(PostgresSetup.Complete(pooled, "a", 4, isPooled: false), migrates: true));

        Assert.Contains("Set Storage__Direct to a connection string that passes it by.", told.Message, StringComparison.Ordinal);
    }

    [PooledFact]
    public async Task Signals_pass_the_pooler_by_and_arrive()
    {
        var direct = await server.CreateAsync();
        var target = new StorageTarget("", PostgresSetup.Complete(await server.PooledAsync(direct), "a", 4, isPooled: true)) { Direct = direct };
        var (database, _) = await target.TakeAsync(newDatabase: false, alone: false, TimeProvider.System.GetUtcNow());
        await using var closing = database;
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);

        var listening = database.Server!.ListenAsync(signal => heard.TrySetResult(signal), over.Token);
        while (!heard.Task.IsCompleted)
        {
            await database.Server.SignalAsync("x", patience.Token);
            await Task.Yield();
        }

        Assert.Equal("x", await heard.Task);
        await over.CancelAsync();
        await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_and_no_secret_is()
    {
        const string Variable = "NEWSWATCH_TEST_CONNECTION";
        Environment.SetEnvironmentVariable(Variable, "Hst=db.example.com;Password=canary");
        var settings = Settings(("Connection", $"env:{Variable}"), ("Direct", "Host=a;Password=canary"), ("Connections", "1"), ("Migrate", "perhaps"), ("BackupFolder", "backups"));

        var told = Assert.Throws<SettingException>(() => HostSettings.Target(settings)).Message;

        Assert.Equal(
            ["Storage__Connection", "Storage__Direct", "Storage__Connections", "Storage__Migrate", "Storage__BackupFolder"],
            told.Split('\n').Select(line => line.Split(':')[0]));
        Assert.Contains("pg_dump", told, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_server_its_keys_mean_nothing() =>
        Assert.Equal(("newswatch.db", null), HostSettings.Target(Settings(("Path", "newswatch.db"), ("Connections", "1"), ("BackupFolder", "backups"))) is var target ? (target.Path, target.Connection) : default);

    private static IConfigurationRoot Settings(params (string Key, string Value)[] storage) =>
        new ConfigurationBuilder().AddInMemoryCollection(storage.Select(one => KeyValuePair.Create($"Storage:{one.Key}", (string?)one.Value))).Build();
}
