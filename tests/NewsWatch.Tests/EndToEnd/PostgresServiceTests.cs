using System.Text.Json.Nodes;
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
        await using var desk = await OpenAsync();
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
    public async Task A_second_service_is_refused_and_takes_over_when_the_first_is_killed()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await OpenAsync();
        var place = await server.CreateAsync();
        await using (var first = Start(desk, place, "run"))
        {
            await first.SaysAsync("first poll", patience.Token);
            await using var second = Start(desk, place, "run");
            Assert.Equal(75, await second.EndAsync(patience.Token));
            Assert.Contains("Another NewsWatch runs on the database", second.Output, StringComparison.Ordinal);
            desk.Show("/one", "A cease-fire begins");
            Assert.Contains("A cease-fire begins", (await desk.Mail.NextAsync(patience.Token)).Subject, StringComparison.Ordinal);
        }

        desk.Show("/two", "A cease-fire begins", "Another cease-fire is near");
        await TakeOverAsync(desk, place, patience.Token);

        // The first mail may have been accepted when its service was killed, and not yet written down: then it comes again under its id.
        var mails = desk.Mail.Accepted.DistinctBy(mail => mail.MessageId).ToList();
        Assert.Equal(2, mails.Count);
        Assert.Contains("Another cease-fire", mails[1].Subject, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_server_that_cannot_be_reached_is_told_in_one_line_without_the_password()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await OpenAsync();

        await using var program = Start(desk, "Host=127.0.0.1;Port=1;Database=newswatch;Username=nobody;Password=secret-4711;Timeout=2", "run");

        Assert.Equal(69, await program.EndAsync(patience.Token));
        Assert.Contains("cannot be reached", program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-4711", program.Output, StringComparison.Ordinal);
    }

    private static async Task<Newsroom> OpenAsync()
    {
        var desk = await Newsroom.OpenAsync();
        var configuration = desk.Configuration();
        configuration["Storage"] = new JsonObject { ["Connection"] = "env:NEWS_DATABASE" };
        await File.WriteAllTextAsync(desk.ConfigurationFile, configuration.ToJsonString());
        return desk;
    }

    private static ServiceProcess Start(Newsroom desk, string place, string command) => ServiceProcess.Start(desk.Folder, command, environment: ("NEWS_DATABASE", place));

    /// <summary>Runs one round as a supervisor does: again while the server has not noticed yet that the first service is gone.</summary>
    private static async Task TakeOverAsync(Newsroom desk, string place, CancellationToken cancellation)
    {
        int exit;
        do
        {
            await using var program = Start(desk, place, "run --once");
            exit = await program.EndAsync(cancellation);
            Assert.True(exit is 0 or 75, program.Output);
        }
        while (exit == 75);
    }

    private static async Task<string> RunAsync(Newsroom desk, string place, string command, CancellationToken cancellation)
    {
        await using var program = Start(desk, place, command);
        Assert.True(await program.EndAsync(cancellation) == 0, program.Output);
        return program.Output;
    }
}
