using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.EndToEnd;

/// <summary>A database that takes no write (a full disk looks like that) stops no loop of the service.</summary>
public sealed class RefusedWritesTests
{
    [Fact]
    public async Task A_service_whose_every_table_refuses_writes_goes_on_when_they_are_taken_again()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenAsync();
        await using (var first = desk.Start(command: "run --once"))
        {
            Assert.Equal(0, await first.EndAsync(patience.Token));
        }

        await using var service = desk.Start();
        await service.SaysAsync("Started with configuration", patience.Token);
        var tables = desk.Ask("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'");
        desk.Change(string.Concat(tables.SelectMany(table => new[] { "INSERT", "UPDATE", "DELETE" }, (table, verb) =>
            $"CREATE TRIGGER refuse_{table}_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'no'); END;")));
        desk.Show("/one", "A cease-fire begins");
        await service.SaysAsync("Trouble with polling", patience.Token);

        desk.Change(string.Concat(desk.Ask("SELECT name FROM sqlite_master WHERE type = 'trigger'").Select(trigger => $"DROP TRIGGER {trigger};")));
        await service.SaysAsync("Sent to anna (mail): ", patience.Token);

        Assert.Contains("A cease-fire begins", Assert.Single(desk.Mail.Accepted).Subject, StringComparison.Ordinal);
        Assert.Equal(0, await service.StopAsync(patience.Token));
    }

    [Fact]
    public async Task A_second_service_on_the_same_database_ends_in_one_line_and_touches_nothing()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenAsync();
        await using var first = desk.Start();
        await first.SaysAsync("Started with configuration", patience.Token);

        await using var second = desk.Start();

        Assert.Equal(75, await second.EndAsync(patience.Token));
        Assert.StartsWith("Another NewsWatch runs on ", Assert.Single(second.Output.Split('\n')), StringComparison.Ordinal);
    }
}
