using System.Net;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.EndToEnd;

/// <summary>The real program on a PostgreSQL that fails: what it tells, and how it goes on.</summary>
[Collection(SharedPostgres.Name)]
public sealed class PostgresFaultTests(PostgresServer server)
{
    [PostgresFact]
    public async Task A_start_while_the_server_is_away_waits_alive_and_begins_when_it_is_there()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenOnPostgresAsync();
        var own = new PostgresServer { IsDurable = true };
        try
        {
            await own.InitializeAsync();
            var place = await own.CreateAsync();
            await own.KillAsync();
            var port = FreePorts.Next();
            using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
            await using var service = Start(desk, place, "first", ("Kestrel__Endpoints__Public__Url", http.BaseAddress.ToString()));
            await service.SaysAsync("begins when the database can be reached; it has waited for 0 s", patience.Token);

            Assert.Equal("live\n", await http.GetStringAsync(new Uri("/health/live", UriKind.Relative), patience.Token));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync(new Uri("/health/ready", UriKind.Relative), patience.Token)).StatusCode);
            desk.Show("/one", "A cease-fire begins");
            await own.StartAsync();

            Assert.Contains("A cease-fire begins", (await desk.Mail.NextAsync(patience.Token)).Subject, StringComparison.Ordinal);
            Assert.Equal(0, await service.StopAsync(patience.Token));
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    [PostgresFact]
    public async Task A_refused_login_and_a_missing_database_end_the_start_and_name_the_setting()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenOnPostgresAsync();
        var place = await PostgresServer.GiveAsync(await server.CreateAsync(), "right-4711");

        await using var refused = Start(desk, place.Replace("right-4711", "wrong-4711", StringComparison.Ordinal), "first");
        Assert.Equal(78, await refused.EndAsync(patience.Token));
        await using var missing = Start(desk, place.Replace("Database=newswatch", "Database=nowhere", StringComparison.Ordinal), "first");
        Assert.Equal(78, await missing.EndAsync(patience.Token));

        Assert.Contains("refuses the login", refused.Output, StringComparison.Ordinal);
        Assert.Contains("does not exist", missing.Output, StringComparison.Ordinal);
        Assert.All(new[] { refused, missing }, program => Assert.Contains("Storage__Connection", program.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("-4711", refused.Output + missing.Output, StringComparison.Ordinal);
    }

    [PostgresTheory]
    [InlineData("INSERT INTO schema_script (name) VALUES ('9999_later')", 78, "9999_later")]
    [InlineData("DROP TABLE page", 70, "\"page\"")]
    public async Task A_schema_that_the_service_cannot_work_with_ends_it_in_peace_and_names_it(string change, int exit, string name)
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenOnPostgresAsync();
        var place = await server.CreateAsync();
        await using var service = Start(desk, place, "first");
        await service.SaysAsync("share the work", patience.Token);

        await PostgresServer.RunAsync(place, change);

        Assert.Equal(exit, await service.EndAsync(patience.Token));
        Assert.Contains(name, service.Output, StringComparison.Ordinal);
        Assert.Empty(await PostgresServer.AskAsync(place, "SELECT name FROM replica"));
    }

    [PostgresFact]
    public async Task A_service_goes_on_when_the_server_was_killed_and_is_back()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenOnPostgresAsync();
        var own = new PostgresServer { IsDurable = true };
        try
        {
            await own.InitializeAsync();
            await using var service = Start(desk, await own.CreateAsync(), "first");
            await service.SaysAsync("share the work", patience.Token);
            await own.KillAsync();
            await service.SaysAsync("Trouble with", patience.Token);

            await own.StartAsync();
            desk.Show("/one", "A cease-fire begins");

            Assert.Contains("A cease-fire begins", (await desk.Mail.NextAsync(patience.Token)).Subject, StringComparison.Ordinal);
            Assert.False(service.HasEnded);
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    [PostgresFact]
    public async Task A_process_that_stood_still_so_long_that_it_was_removed_joins_the_others_anew()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenOnPostgresAsync();
        var place = await server.CreateAsync();
        await using var first = Start(desk, place, "first");
        await using var second = Start(desk, place, "second");
        await first.SaysAsync("2 replicas share the work", patience.Token);
        await second.SaysAsync("2 replicas share the work", patience.Token);

        await second.SignalAsync("STOP");
        await SilentSinceAsync(place, "second", 16);
        await first.SaysAsync("what they held is taken over", patience.Token);
        desk.Show("/one", "A cease-fire begins");
        desk.Show("/two", "A cease-fire begins");
        await desk.Mail.NextAsync(patience.Token);
        await second.SignalAsync("CONT");
        while ((await PostgresServer.AskAsync(place, "SELECT name FROM replica WHERE works = 1")).Count < 2)
        {
            patience.Token.ThrowIfCancellationRequested();
        }

        desk.Show("/two", "A cease-fire begins", "Another cease-fire is near");
        while (desk.Mail.Accepted.DistinctBy(mail => mail.MessageId).Count() < 2)
        {
            await desk.Mail.NextAsync(patience.Token);
        }

        Assert.Equal(2, desk.Mail.Accepted.Count);
        Assert.False(second.HasEnded);
    }

    [PostgresFact]
    public async Task Of_two_services_of_one_name_the_one_that_stood_still_ends_in_peace()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenOnPostgresAsync();
        var place = await server.CreateAsync();
        await using var older = Start(desk, place, "first");
        await older.SaysAsync("share the work", patience.Token);
        await older.SignalAsync("STOP");
        await SilentSinceAsync(place, "first", 6);
        await using var newer = Start(desk, place, "first");
        await newer.SaysAsync("share the work", patience.Token);

        await older.SignalAsync("CONT");

        Assert.Equal(75, await older.EndAsync(patience.Token));
        Assert.Contains("Another NewsWatch named first runs on the database", older.Output, StringComparison.Ordinal);
        Assert.Equal(0, await newer.StopAsync(patience.Token));
    }

    [PostgresFact]
    public async Task A_service_whose_connections_are_ended_ten_times_a_second_loses_and_repeats_nothing()
    {
        using var patience = new CancellationTokenSource(2 * Newsroom.Patience);
        await using var desk = await Newsroom.OpenOnPostgresAsync();
        var place = await server.CreateAsync();
        await using var service = Start(desk, place, "first");
        await service.SaysAsync("share the work", patience.Token);

        desk.Show("/one", [.. Enumerable.Range(1, 5).Select(number => $"Cease-fire number {number} begins")]);
        Assert.InRange(await EndConnectionsAsync(place, times: 100), 10, 100);
        while (desk.Mail.Accepted.DistinctBy(mail => mail.MessageId).Count() < 5)
        {
            await desk.Mail.NextAsync(patience.Token);
        }

        Assert.Equal(5, desk.Mail.Accepted.Count);
        Assert.False(service.HasEnded);
    }

    [PostgresFact]
    public async Task A_server_that_takes_its_time_for_each_command_makes_news_late_and_loses_none()
    {
        using var patience = new CancellationTokenSource(4 * Newsroom.Patience);
        await using var desk = await Newsroom.OpenOnPostgresAsync();
        await using var proxy = new PostgresProxy(await server.CreateAsync());
        await using var service = Start(desk, proxy.Place, "first");
        await service.SaysAsync("share the work", patience.Token);
        proxy.Delay = TimeSpan.FromMilliseconds(200);

        desk.Show("/one", "A cease-fire begins");
        desk.Show("/two", "Another cease-fire is near");
        await desk.Mail.NextAsync(patience.Token);
        await desk.Mail.NextAsync(patience.Token);

        Assert.Equal(2, desk.Mail.Accepted.DistinctBy(mail => mail.MessageId).Count());
        Assert.Equal(2, desk.Mail.Accepted.Count);
        Assert.False(service.HasEnded);
        proxy.Delay = TimeSpan.Zero;
    }

    /// <summary>Ends one connection of the service after the other, every 100 ms; returns how many there were.</summary>
    private static async Task<int> EndConnectionsAsync(string place, int times)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var ended = 0;
        for (var time = 0; time < times && await timer.WaitForNextTickAsync(); time++)
        {
            ended += (await PostgresServer.AskAsync(place, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1")).Count;
        }

        return ended;
    }

    /// <summary>As if a replica that stands still had done so for some time already.</summary>
    private static Task SilentSinceAsync(string place, string name, int seconds) =>
        PostgresServer.RunAsync(place, $"UPDATE replica SET seen = seen - {seconds * 1_000} WHERE name = '{name}'");

    private static ServiceProcess Start(Newsroom desk, string place, string name, params (string Name, string Value)[] others) =>
        ServiceProcess.Start(desk.Folder, "run", environment: [("NEWS_DATABASE", place), ("Storage__Replica", name), .. others]);
}
