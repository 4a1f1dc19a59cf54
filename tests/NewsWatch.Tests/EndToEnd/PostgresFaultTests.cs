using System.Net;
using System.Text.Json.Nodes;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.EndToEnd;

/// <summary>The real program on a PostgreSQL that fails: what it tells, and how it goes on.</summary>
[Collection(SharedPostgres.Name)]
public sealed class PostgresFaultTests(PostgresServer server)
{
    [PostgresFact]
    public async Task A_service_that_starts_while_the_server_is_away_waits_alive_and_begins_when_it_is_there()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await OpenAsync();
        var own = new PostgresServer { IsDurable = true };
        try
        {
            await own.InitializeAsync();
            var place = await own.CreateAsync();
            await own.KillAsync();
            var port = FreePorts.Next();
            using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
            await using var service = Start(desk, place, "first", ("Kestrel__Endpoints__Public__Url", http.BaseAddress.ToString()));
            await service.SaysAsync("begins when the database can be reached; it waits since 0 s", patience.Token);

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
    public async Task A_refused_login_and_a_missing_database_end_the_start_at_once_and_name_the_setting()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await OpenAsync();
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
        await using var desk = await OpenAsync();
        var place = await server.CreateAsync();
        await using var service = Start(desk, place, "first");
        await service.SaysAsync("share the work", patience.Token);

        await PostgresServer.RunAsync(place, change);

        Assert.Equal(exit, await service.EndAsync(patience.Token));
        Assert.Contains(name, service.Output, StringComparison.Ordinal);
        Assert.Empty(await PostgresServer.AskAsync(place, "SELECT name FROM replica"));
    }

    private static async Task<Newsroom> OpenAsync()
    {
        var desk = await Newsroom.OpenAsync();
        var configuration = desk.Configuration();
        configuration["Storage"] = new JsonObject { ["Connection"] = "env:NEWS_DATABASE" };
        await File.WriteAllTextAsync(desk.ConfigurationFile, configuration.ToJsonString());
        return desk;
    }

    private static ServiceProcess Start(Newsroom desk, string place, string name, params (string Name, string Value)[] others) =>
        ServiceProcess.Start(desk.Folder, "run", environment: [("NEWS_DATABASE", place), ("Storage__Replica", name), .. others]);
}
