using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.EndToEnd;

/// <summary>The real program moves its database from a file to a server, wherever it is killed meanwhile.</summary>
[Collection(SharedPostgres.Name)]
public sealed class MigrateTests(PostgresServer server)
{
    [PostgresFact]
    public async Task Half_of_the_news_on_a_file_and_half_on_a_server_become_one_mail_each()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenAsync();
        var place = await server.CreateAsync();
        desk.Show("/one", "A cease-fire begins");
        await RunAsync(desk, place, "run --once", 0, patience.Token);
        Assert.Contains("migrate", await RunAsync(desk, place, "migrate --help", 0, patience.Token), StringComparison.Ordinal);

        var moved = await RunAsync(desk, place, "migrate --to env:NEWS_DATABASE", 0, patience.Token);
        Assert.Contains("The server has everything", moved, StringComparison.Ordinal);
        Assert.Contains("Both sides hold the same.", await RunAsync(desk, place, "migrate --to env:NEWS_DATABASE --verify", 0, patience.Token), StringComparison.Ordinal);
        await desk.UsePostgresAsync();
        desk.Show("/one", "A cease-fire begins", "Second cease-fire holds");
        desk.Show("/two", "A cease-fire begins");
        await RunAsync(desk, place, "run --once", 0, patience.Token);
        await RunAsync(desk, place, "run --once", 0, patience.Token);

        Assert.Equal(["A cease-fire begins", "Second cease-fire holds"], Told(desk));
        await RunAsync(desk, place, "replay --channel mail --since 2020-01-01", 0, patience.Token);
        await RunAsync(desk, place, "run --once", 0, patience.Token);
        Assert.Equal(2, desk.Mail.Accepted.DistinctBy(mail => mail.MessageId).Count());
        Assert.Equal(4, desk.Mail.Accepted.Count);
    }

    [PostgresTheory]
    [InlineData("transfer.table:1")]
    [InlineData("transfer.table:2")]
    [InlineData("transfer.table:9")]
    [InlineData("transfer.table:19")]
    [InlineData("transfer.table:29")]
    [InlineData("transfer.commit:1")]
    [InlineData("transfer.committed:1")]
    public async Task Killed_anywhere_it_begins_anew_and_moves_everything(string crashAt)
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenAsync();
        var place = await server.CreateAsync();
        desk.Show("/one", "A cease-fire begins");
        await RunAsync(desk, place, "run --once", 0, patience.Token);

        await RunAsync(desk, place, "migrate --to env:NEWS_DATABASE", 137, patience.Token, crashAt);
        Assert.True(File.Exists(Path.Combine(desk.Folder, "data", "newswatch.db")));
        await RunAsync(desk, place, "migrate --to env:NEWS_DATABASE", 0, patience.Token);

        await desk.UsePostgresAsync();
        await RunAsync(desk, place, "run --once", 0, patience.Token);
        Assert.Equal(["A cease-fire begins"], Told(desk));
    }

    [PostgresFact]
    public async Task A_running_service_and_a_wrong_reference_are_told_in_a_sentence()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenAsync();
        var place = await server.CreateAsync();
        await using var service = desk.Start();
        await service.SaysAsync("first poll", patience.Token);

        Assert.Contains("Another NewsWatch runs on", await RunAsync(desk, place, "migrate --to env:NEWS_DATABASE", 1, patience.Token), StringComparison.Ordinal);
        Assert.Contains("--to:", await RunAsync(desk, place, "migrate --to Host=db.example.com;Password=secret-4711", 78, patience.Token), StringComparison.Ordinal);
        Assert.Contains("exclude each other", await RunAsync(desk, place, "migrate --to env:NEWS_DATABASE --schema --verify", 2, patience.Token), StringComparison.Ordinal);
        Assert.Contains("has this version's schema", await RunAsync(desk, place, "migrate --to env:NEWS_DATABASE --schema", 0, patience.Token), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Told(Newsroom desk) =>
        desk.Mail.Accepted.DistinctBy(mail => mail.MessageId).Select(mail => mail.Subject!).Select(subject => subject.Contains("Second", StringComparison.Ordinal) ? "Second cease-fire holds" : "A cease-fire begins");

    private static async Task<string> RunAsync(Newsroom desk, string place, string command, int exit, CancellationToken cancellation, string? crashAt = null)
    {
        await using var program = ServiceProcess.Start(desk.Folder, command, crashAt, environment: [("NEWS_DATABASE", place)]);
        Assert.True(await program.EndAsync(cancellation) == exit, program.Output);
        return program.Output;
    }
}
