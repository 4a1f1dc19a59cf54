using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.EndToEnd;

/// <summary>The real program on PostgreSQL, from a feed to a mail.</summary>
[Collection(SharedPostgres.Name)]
public sealed class PostgresServiceTests(PostgresServer server)
{
    [PostgresFact]
    public async Task News_becomes_one_mail_and_every_command_reads_what_was_decided()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenOnPostgresAsync();
        var place = await server.CreateAsync();
        desk.Show("/one", "A cease-fire begins");
        desk.Show("/two", "A cease-fire begins");

        await RunAsync(desk, place, "run --once", patience.Token);
        await RunAsync(desk, place, "run --once", patience.Token);

        Assert.Contains("A cease-fire begins", Assert.Single(desk.Mail.Accepted).Subject, StringComparison.Ordinal);
        foreach (var command in new[] { "alerts", "deliveries", "why https://news.example.com/A%20cease-fire%20begins --subscriber anna", "search cease-fire" })
        {
            Assert.Contains("cease-fire begins", await RunAsync(desk, place, command, patience.Token), StringComparison.Ordinal);
        }

        Assert.Contains("2 ok", await RunAsync(desk, place, "status", patience.Token), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(desk.Folder, "data")));
    }

    [PostgresFact]
    public async Task Three_services_share_the_work_and_two_go_on_when_one_is_killed()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenOnPostgresAsync();
        var place = await server.CreateAsync();
        await using var first = Start(desk, place, "run", "first");
        await using var second = Start(desk, place, "run", "second");
        await using (var third = Start(desk, place, "run", "third"))
        {
            foreach (var service in new[] { first, second, third })
            {
                await service.SaysAsync("3 replicas share the work", patience.Token);
            }

            desk.Show("/one", "A cease-fire begins");
            Assert.Contains("A cease-fire begins", (await desk.Mail.NextAsync(patience.Token)).Subject, StringComparison.Ordinal);
            Assert.Contains("3 replicas", await RunAsync(desk, place, "status", patience.Token), StringComparison.Ordinal);
        }

        await first.SaysAsync("2 replicas share the work", patience.Token);
        desk.Show("/one", "A cease-fire begins", "Another cease-fire is near");
        desk.Show("/two", "A cease-fire begins", "Another cease-fire is near");
        while (!desk.Mail.Accepted.Any(mail => mail.Subject!.Contains("Another cease-fire", StringComparison.Ordinal)))
        {
            await desk.Mail.NextAsync(patience.Token);
        }

        // The first mail may have been accepted when its service was killed, and not yet written down: then it comes again under its id.
        Assert.Equal(2, desk.Mail.Accepted.DistinctBy(mail => mail.MessageId).Count());
        Assert.Equal(["1024"], await PostgresServer.AskAsync(place, "SELECT count(*) FROM owned WHERE kind = 'shard'"));
    }

    [PostgresFact]
    public async Task One_round_runs_alone_and_a_name_belongs_to_one_service()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenOnPostgresAsync();
        var place = await server.CreateAsync();
        await using var first = Start(desk, place, "run", "first");
        await first.SaysAsync("share the work", patience.Token);

        await using var round = Start(desk, place, "run --once", "round");
        Assert.Equal(75, await round.EndAsync(patience.Token));
        await using var namesake = Start(desk, place, "run", "first");
        Assert.Equal(75, await namesake.EndAsync(patience.Token));

        Assert.Contains("Another NewsWatch, first, runs on the database", round.Output, StringComparison.Ordinal);
        Assert.Contains("Another NewsWatch named first runs on the database", namesake.Output, StringComparison.Ordinal);
        Assert.Equal(0, await first.StopAsync(patience.Token));
        Assert.Empty(await PostgresServer.AskAsync(place, "SELECT name FROM replica"));
    }

    [PostgresFact]
    public async Task A_server_that_cannot_be_reached_is_told_in_one_line_without_the_password()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenOnPostgresAsync();

        await using var program = Start(desk, "Host=127.0.0.1;Port=1;Database=newswatch;Username=nobody;Password=secret-4711;Timeout=2", "run --once");

        Assert.Equal(69, await program.EndAsync(patience.Token));
        Assert.Contains("cannot be reached", program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-4711", program.Output, StringComparison.Ordinal);
    }

    private static ServiceProcess Start(Newsroom desk, string place, string command, string name = "one") =>
        ServiceProcess.Start(desk.Folder, command, environment: [("NEWS_DATABASE", place), ("Storage__Replica", name)]);

    private static async Task<string> RunAsync(Newsroom desk, string place, string command, CancellationToken cancellation)
    {
        await using var program = Start(desk, place, command);
        Assert.True(await program.EndAsync(cancellation) == 0, program.Output);
        return program.Output;
    }
}
