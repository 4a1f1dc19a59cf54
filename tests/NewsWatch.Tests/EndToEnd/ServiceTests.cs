using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.EndToEnd;

/// <summary>The real program, from a feed to a mail and a webhook call.</summary>
public sealed class ServiceTests
{
    [Fact]
    public async Task One_piece_of_news_from_two_sources_is_one_mail_and_one_signed_call()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenAsync();
        desk.Show("/one", "A cease-fire begins");
        desk.Show("/two", "A cease-fire begins");

        await using var once = desk.Start(command: "run --once");
        Assert.True(await once.EndAsync(patience.Token) == 0, once.Output);

        var mail = Assert.Single(desk.Mail.Accepted);
        Assert.Contains("A cease-fire begins", mail.Subject, StringComparison.Ordinal);
        Assert.Equal("anna@example.com", mail.To.ToString());
        Assert.Contains("*cease-fire*", mail.TextBody, StringComparison.Ordinal);
        var call = Assert.Single(desk.Hooks);
        Assert.StartsWith("v1,", call["webhook-signature"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_told_is_not_told_again_by_the_next_run()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenAsync();
        desk.Show("/one", "A cease-fire begins");
        await using (var first = desk.Start(command: "run --once"))
        {
            await first.EndAsync(patience.Token);
        }

        desk.Show("/two", "A cease-fire begins", "Another cease-fire is near");
        await using var second = desk.Start(command: "run --once");
        await second.EndAsync(patience.Token);

        Assert.Equal(2, desk.Mail.Accepted.Count);
        Assert.Contains("Another cease-fire", desk.Mail.Accepted[1].Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_of_a_running_service_is_read_by_the_commands_and_goes_on_where_it_was()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenAsync();
        desk.Show("/one", "A cease-fire begins");
        await using (var service = desk.Start())
        {
            await service.SaysAsync("Sent to anna (mail): ", patience.Token);
            await EndAsync(desk, "backup copies/newswatch.db", patience.Token);
        }

        Directory.Delete(Path.Combine(desk.Folder, "data"), recursive: true);
        Directory.Move(Path.Combine(desk.Folder, "copies"), Path.Combine(desk.Folder, "data"));
        desk.Show("/two", "A cease-fire begins", "Another cease-fire is near");
        var deliveries = await EndAsync(desk, "deliveries", patience.Token);
        await EndAsync(desk, "run --once", patience.Token);

        Assert.Contains("A cease-fire begins", deliveries, StringComparison.Ordinal);
        Assert.Equal(["ok"], desk.Ask("PRAGMA integrity_check"));
        Assert.Equal(2, desk.Mail.Accepted.Count);
        Assert.Contains("Another cease-fire", desk.Mail.Accepted[1].Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_service_takes_a_valid_edit_and_keeps_the_last_good_one_over_a_broken_one()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenAsync();
        await using var service = desk.Start();
        await service.SaysAsync("first poll", patience.Token);

        await File.WriteAllTextAsync(desk.ConfigurationFile, """{ "NewsWatch": { "Rules": {""", patience.Token);
        await service.SaysAsync("Still running the configuration of", patience.Token);
        await File.WriteAllTextAsync(desk.ConfigurationFile, "", patience.Token);
        await service.SaysAsync("the file is empty", patience.Token);
        await File.WriteAllTextAsync(desk.ConfigurationFile, desk.Configuration(when: "truce").ToJsonString(), patience.Token);
        await service.SaysAsync("is in force", patience.Token);
        desk.Show("/one", "A truce begins");

        Assert.Contains("A truce begins", (await desk.Mail.NextAsync(patience.Token)).Subject, StringComparison.Ordinal);
        Assert.Equal(0, await service.StopAsync(patience.Token));
    }

    [Fact]
    public async Task An_unusable_configuration_at_the_very_first_start_ends_with_78_and_every_error()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenAsync();
        await File.WriteAllTextAsync(desk.ConfigurationFile, """{ "NewsWatch": { "Rules": { "a": { "When": "(" } }, "Sorces": {} } }""", patience.Token);

        await using var service = desk.Start();

        Assert.Equal(78, await service.EndAsync(patience.Token));
        Assert.Contains("unknown key. Did you mean \"Sources\"?", service.Output, StringComparison.Ordinal);
        Assert.Contains("Rules.a.When", service.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_in_the_middle_of_a_broken_edit_runs_the_last_good_configuration()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenAsync();
        await using (var first = desk.Start(command: "run --once"))
        {
            await first.EndAsync(patience.Token);
        }

        await File.WriteAllTextAsync(desk.ConfigurationFile, "{", patience.Token);
        desk.Show("/one", "A cease-fire begins");
        await using var second = desk.Start(command: "run --once");

        Assert.Equal(0, await second.EndAsync(patience.Token));
        Assert.Contains("Still running the configuration of", second.Output, StringComparison.Ordinal);
        Assert.Single(desk.Mail.Accepted);
    }

    private static async Task<string> EndAsync(Newsroom desk, string command, CancellationToken cancellation)
    {
        await using var process = desk.Start(command: command);
        Assert.Equal(0, await process.EndAsync(cancellation));
        return process.Output;
    }
}
