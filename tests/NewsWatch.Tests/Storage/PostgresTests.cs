using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Core.Articles;
using NewsWatch.Health;
using NewsWatch.Storage;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Locks;
using NewsWatch.Storage.Stories;
using NewsWatch.Tests.Support;
using Npgsql;

namespace NewsWatch.Tests.Storage;

/// <summary>What is PostgreSQL's own; what every engine does is in the store's contract.</summary>
[Collection(SharedPostgres.Name)]
public sealed class PostgresTests(PostgresServer server)
{
    [PostgresFact]
    public async Task Eight_starts_at_once_bring_the_schema_up_once_also_when_they_are_cut_off()
    {
        var place = await server.CreateAsync();
        var cut = Task.Run(() => Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostgresServer.RunAsync(
            place, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'newswatch'"))));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(StartAsync)));
        await cut;

        Assert.Equal(PostgresSchema.Scripts.Select(script => script.Name), await PostgresServer.AskAsync(place, "SELECT name FROM schema_script ORDER BY name"));

        async Task StartAsync()
        {
            while (true)
            {
                try
                {
                    await PostgresEngine.Open(place).DisposeAsync();
                    return;
                }
                catch (NpgsqlException gone) when (StorageTrouble.Passes(gone))
                {
                    // A supervisor starts it again.
                }
            }
        }
    }

    [PostgresTheory]
    [InlineData(1, 2)]
    [InlineData(4, 5)]
    [InlineData(9, 5)]
    public async Task A_unit_of_work_whose_connection_breaks_runs_again_on_another_one_five_times_in_all(int breaks, int expected)
    {
        await using var database = new Database(PostgresEngine.Open(await server.CreateAsync()));
        var runs = 0;
        var write = database.WriteAsync(db =>
        {
            InstallationSettings.Set(db, "run", $"{++runs}");
            if (runs <= breaks)
            {
                db.Execute("SELECT pg_terminate_backend(pg_backend_pid())");
            }
        });

        var failure = await Record.ExceptionAsync(() => write);

        Assert.Equal((expected, breaks < expected ? $"{expected}" : null), (runs, database.Read(db => InstallationSettings.Get(db, "run"))));
        Assert.Equal(breaks < expected, failure is null);
    }

    [PostgresTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_statement_works_beside_the_next_version_which_added_to_each_table(bool isFilled)
    {
        var place = await server.CreateAsync();
        await PostgresEngine.Open(place).DisposeAsync();
        await PostgresServer.RunAsync(
            place,
            """
            DO $$ DECLARE one text; BEGIN
              FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP EXECUTE format('ALTER TABLE %I ADD COLUMN later BIGINT NOT NULL DEFAULT 0', one); END LOOP;
            END $$;
            INSERT INTO schema_script (name, least) VALUES ('9999_later', 0)
            """);

        await using var older = new TestDatabase(place);

        Assert.Empty(await StatementTests.RefusedAsync(older.Database, isFilled));
    }

    [PostgresFact]
    public async Task A_command_works_beside_a_service()
    {
        var place = await server.CreateAsync();
        await using var service = new Database(await PostgresEngine.TakeAsync(place));
        await service.WriteAsync(db => InstallationSettings.Set(db, "by", "the service"));

        await using var command = new Database(PostgresEngine.Open(place));
        await command.WriteAsync(db => InstallationSettings.Set(db, "by", "a command"));

        Assert.Equal("a command", service.Read(db => InstallationSettings.Get(db, "by")));
    }

    [PostgresFact]
    public async Task A_service_whose_connection_was_cut_goes_on()
    {
        var place = await server.CreateAsync();
        await using var service = new Database(await PostgresEngine.TakeAsync(place));
        await service.WriteAsync(db => InstallationSettings.Set(db, "one", "1"));
        await PostgresServer.RunAsync(place, "SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        await service.WriteAsync(db => InstallationSettings.Set(db, "two", "2"));

        Assert.Equal(["one", "two"], service.Read(db => db.Query<string>("SELECT name FROM fact ORDER BY name")));
    }

    [PostgresFact]
    public async Task A_password_that_is_changed_while_the_service_runs_is_read_again()
    {
        var place = await server.CreateAsync();
        var (secret, user) = (await PostgresServer.GiveAsync(place, "first"), new NpgsqlConnectionStringBuilder(place).Database);
        await using var service = new Database(await PostgresEngine.TakeAsync(secret, again: () => secret));
        await service.WriteAsync(db => InstallationSettings.Set(db, "one", "1"));
        await PostgresServer.RunAsync(place, $"ALTER ROLE {user} PASSWORD 'second'");
        await PostgresServer.RunAsync(place, "SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await Record.ExceptionAsync(() => service.WriteAsync(db => InstallationSettings.Set(db, "two", "2")));

        var refused = await Assert.ThrowsAsync<PostgresException>(() => service.WriteAsync(db => InstallationSettings.Set(db, "two", "2")));
        secret = secret.Replace("first", "second", StringComparison.Ordinal);
        await service.WriteAsync(db => InstallationSettings.Set(db, "three", "3"));

        Assert.False(StorageTrouble.Passes(refused));
        Assert.Equal("the database's server refuses the login: " + refused.MessageText, StorageTrouble.Describe(refused));
        Assert.Equal(["one", "three"], service.Read(db => db.Query<string>("SELECT name FROM fact WHERE name IN ('one', 'two', 'three') ORDER BY name")));
    }

    [PostgresFact]
    public async Task The_connection_for_signals_reads_its_changed_password_again_too()
    {
        var place = await server.CreateAsync();
        var secret = await PostgresServer.GiveAsync(place, "first");
        await using var engine = await PostgresEngine.TakeAsync(place);
        engine.ListenBy(secret, () => secret);
        await PostgresServer.RunAsync(place, $"ALTER ROLE {new NpgsqlConnectionStringBuilder(place).Database} PASSWORD 'second'");
        secret = secret.Replace("first", "second", StringComparison.Ordinal);

        using var heard = new CancellationTokenSource();
        var listening = engine.ListenAsync(_ => heard.Cancel(), heard.Token);
        while (!listening.IsCompleted)
        {
            await engine.SignalAsync("x", CancellationToken.None);
        }

        await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.True(heard.IsCancellationRequested, listening.Exception?.ToString());
    }

    [PostgresFact]
    public void A_host_whose_name_is_not_known_is_a_server_that_is_away()
    {
        var unknown = Record.Exception(() => PostgresEngine.Open("Host=nowhere.invalid;Database=newswatch;Username=nobody"));

        Assert.True(unknown is not null && StorageTrouble.Passes(unknown), unknown?.ToString());
        Assert.StartsWith("the database's server cannot be reached", StorageTrouble.Describe(unknown!), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Of_writes_whose_connections_are_cut_exactly_those_are_kept_that_ended_well()
    {
        var place = await server.CreateAsync();
        await using var service = new Database(await PostgresEngine.TakeAsync(place));
        var kept = new List<string>();
        for (var number = 0; number < 60; number++)
        {
            var name = $"cut {number:00}";
            var write = service.WriteAsync(db => InstallationSettings.Set(db, name, "1"));
            if (number % 3 == 0)
            {
                await PostgresServer.RunAsync(place, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
            }

            var failure = await Record.ExceptionAsync(() => write);
            Assert.True(failure is null || StorageTrouble.Is(failure), failure?.ToString());
            kept.AddRange(failure is null ? [name] : []);
        }

        Assert.Equal(kept, await PostgresServer.AskAsync(place, "SELECT name FROM fact WHERE name LIKE 'cut %' ORDER BY name"));
    }

    [PostgresFact]
    public async Task A_database_that_took_no_write_for_minutes_is_told_of_when_it_does_again()
    {
        var place = await server.CreateAsync();
        var name = new NpgsqlConnectionStringBuilder(place).Database;
        const string Cut = "SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
        await using var test = new TestDatabase(place);
        var clock = new FakeTimeProvider(Rows.Now);
        using var watch = new DatabaseWatch(test.Database, new(SomeWatch.Default), Background.NewLoop(clock), clock, NullLogger<DatabaseWatch>.Instance);
        await watch.LookAsync(CancellationToken.None);
        await PostgresServer.RunAsync(place, $"ALTER DATABASE {name} SET default_transaction_read_only = on");
        await PostgresServer.RunAsync(place, Cut);
        await Record.ExceptionAsync(() => watch.LookAsync(CancellationToken.None)); // its connection was cut
        var refused = await Assert.ThrowsAsync<PostgresException>(() => watch.LookAsync(CancellationToken.None));
        clock.Advance(TimeSpan.FromMinutes(3));
        await PostgresServer.RunAsync(new NpgsqlConnectionStringBuilder(place) { Options = "-c default_transaction_read_only=off" }.ToString(), $"ALTER DATABASE {name} RESET default_transaction_read_only");
        await PostgresServer.RunAsync(place, Cut);
        await Record.ExceptionAsync(() => watch.LookAsync(CancellationToken.None));

        await watch.LookAsync(CancellationToken.None);

        Assert.Equal("the database cannot be written: its server is read-only", StorageTrouble.Describe(refused));
        Assert.StartsWith("notice/database-outage/", Assert.Single(test.Database.Read(db => Stored.Column<string>(db, "delivery", "key", new { kind = "notice" }))), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_commit_whose_answer_was_lost_is_found_out_about()
    {
        var place = await server.CreateAsync();
        await using var engine = PostgresEngine.Open(place);
        using var writer = engine.OpenForWriting();

        foreach (var (name, arrives) in new[] { ("arrived", true), ("lost", false) })
        {
            writer.Begin(LockSet.Whole);
            InstallationSettings.Set(new(writer.Connection), name, "1");
            if (arrives)
            {
                Statement.Execute(writer.Connection, "COMMIT");
            }

            await PostgresServer.RunAsync(place, $"SELECT pg_terminate_backend({writer.Connection.ExecuteScalar<int>("SELECT pg_backend_pid()")}, 30000)");
            if (arrives)
            {
                await writer.CommitAsync();
            }
            else
            {
                await Assert.ThrowsAnyAsync<NpgsqlException>(writer.CommitAsync);
            }

            writer.RollBack();
        }

        Assert.Equal(["arrived"], await PostgresServer.AskAsync(place, "SELECT name FROM fact WHERE name IN ('arrived', 'lost')"));
    }

    [PostgresFact]
    public async Task A_database_may_be_closed_twice()
    {
        var database = new Database(await PostgresEngine.TakeAsync(await server.CreateAsync()));

        await database.DisposeAsync();
        await database.DisposeAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => database.WriteAsync(db => InstallationSettings.Set(db, "one", "1")));
    }

    [PostgresFact]
    public async Task What_no_text_of_PostgreSQL_holds_is_left_out()
    {
        await using var test = new TestDatabase(await server.CreateAsync());

        await test.Database.WriteAsync(db => InstallationSettings.Set(db, "n\0ame", "a\0b"));

        Assert.Equal("ab", test.Database.Read(db => InstallationSettings.Get(db, "name")));
    }

    [PostgresFact]
    public async Task Addresses_and_headlines_of_any_length_are_kept_once()
    {
        await using var test = new TestDatabase(await server.CreateAsync());
        var random = new Random(7);
        string Long(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => (char)random.Next('a', 'z')));
        var (url, title) = ($"https://news.example.com/{Long(8_000)}", new string([.. Enumerable.Range(0, 1_000).Select(_ => (char)random.Next(0x4E00, 0x9FFF))]));

        var story = await test.Database.WriteAsync(db => StoryStore.Begin(db, url, title, Rows.Now));
        await test.Database.WriteAsync(db => StoryStore.Touch(db, story.Id, title, Rows.Now));
        await test.Database.WriteAsync(db => StoryStore.Touch(db, story.Id, title, Rows.Now));
        var article = await test.Database.WriteAsync(db => Keep(db, url, title, "text"));
        await test.Database.WriteAsync(db => ArticleStore.AddAlias(db, article, url + "/other"));

        Assert.Equal(story.Id, test.Database.Read(db => StoryStore.SameTitle(db, title, Rows.Now))?.Id);
        Assert.Equal(article, test.Database.Read(db => ArticleStore.Find(db, url + "/other"))?.Id);
        await Assert.ThrowsAsync<PostgresException>(() => test.Database.WriteAsync(db => Keep(db, url, title, "text")));
    }

    [PostgresFact]
    public async Task Words_phrases_and_beginnings_are_found_as_in_a_file()
    {
        await using var postgres = new TestDatabase(await server.CreateAsync());
        await using var sqlite = new TestDatabase(losesCommitsOnPowerFailure: true);
        string[] queries = ["truce", "\"truce holds\"", "\"holds truce\"", "tru*", "\"truce hol\"*", "truce border", "don't", "Äpfel", "\"north the\"", "u.s.", "停火"];
        foreach (var test in new[] { postgres, sqlite })
        {
            foreach (var (number, title, text) in new[] { (1, "Truce holds in the north", "The border is calm; they don't shoot."), (2, "Truck strike", "Trucks hold at the border of the U.S."), (3, "Äpfel", "停火协议 was signed. Holds truce."), (4, "", new string('x', 3_000) + " truce") })
            {
                await test.Database.WriteAsync(db => Keep(db, $"{number}", title, text));
            }

            var articles = test.Database.Read(db => SearchIndex.Next(db, 10));
            await test.Database.WriteAsync(db => SearchIndex.Write(db, articles));
        }

        string[] Found(TestDatabase test) => [.. queries.Select(query => $"{query}: {string.Join(' ', test.Database.Read(db => ArchiveSearch.Find(db, SearchQuery.Parse(query)!, new())).Select(found => found.Url))}")];
        Assert.Equal(Found(sqlite), Found(postgres));
        Assert.Contains("\"truce holds\": 1", Found(postgres));
    }

    [PostgresFact]
    public async Task Every_script_runs_once_and_a_newer_schema_is_refused()
    {
        var place = await server.CreateAsync();
        await using (PostgresEngine.Open(place))
        {
            await using var again = PostgresEngine.Open(place);
        }

        Assert.Equal(PostgresSchema.Scripts.Select(script => script.Name), await PostgresServer.AskAsync(place, "SELECT name FROM schema_script ORDER BY name"));
        await PostgresServer.RunAsync(place, "INSERT INTO schema_script (name) VALUES ('9999_later')");
        Assert.Contains("9999_later", Assert.Throws<SchemaMismatchException>(() => PostgresEngine.Open(place)).Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_database_without_a_schema_is_not_read_before_the_service_has_made_it()
    {
        var place = await server.CreateAsync();

        Assert.Contains("first: it was not started on it yet", Assert.Throws<SchemaMismatchException>(() => PostgresEngine.ForReading(place)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=db.example.com;Database=newswatch;Password=canary", null)]
    [InlineData("Host=db.example.com;Password=canary", "names no Host or no Database")]
    [InlineData("Database=newswatch;Password=canary", "names no Host or no Database")]
    [InlineData("Hst=db.example.com;Password=canary", "the keyword \"hst\", which Npgsql does not know")]
    [InlineData("Host=db.example.com;Database=newswatch;Port=canary", "a value that does not fit its keyword")]
    [InlineData("canary", "no keyword at all")]
    public void A_connection_string_says_what_is_wrong_with_it_and_none_of_its_values(string connection, string? words)
    {
        var problem = PostgresSetup.Problem(connection);

        Assert.Equal(words is null, problem is null);
        Assert.Contains(words ?? "", problem ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("canary", problem ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id INTEGER PRIMARY KEY,", "id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,")]
    [InlineData("article INTEGER PRIMARY KEY REFERENCES article (id)", "article BIGINT PRIMARY KEY REFERENCES article (id)")]
    [InlineData("name TEXT NOT NULL", "name TEXT COLLATE \"C\" NOT NULL")]
    [InlineData("SELECT CAST(id AS TEXT)", "SELECT CAST(id AS TEXT)")]
    [InlineData("mark BLOB\n) STRICT;", "mark BYTEA\n);")]
    [InlineData(") STRICT, WITHOUT ROWID;", ");")]
    public void A_script_is_translated(string sqlite, string postgres) => Assert.Equal(postgres, PostgresSchema.Translate(sqlite));

    private static long Keep(Session db, string url, string title, string text)
    {
        var article = new Article { Url = url, Title = title, Text = text };
        var story = StoryStore.Begin(db, article.Url, title, Rows.Now);
        return ArticleStore.Add(db, article, DocumentStore.Keep(db, DocumentWrite.From(article)), story.Id, "world", Rows.Now, Rows.Now);
    }
}
