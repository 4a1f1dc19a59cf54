using NewsWatch.Cli;
using NewsWatch.Storage;
using NewsWatch.Tests.Support;
using Spectre.Console;

namespace NewsWatch.Tests.Cli;

public sealed class StatusTests
{
    private static readonly DateTimeOffset Now = new(2025, 8, 6, 19, 40, 0, TimeSpan.Zero);

    [Fact]
    public void The_status_reads_as_approved()
    {
        var status = new StatusReport(
            [
                new("gone-feed", "gone", Now.AddDays(-3), "410 Gone", 1, Now.AddDays(-3), Now.AddDays(-4), Now.AddDays(-3)),
                new("quiet-feed", "stale", Now.AddHours(-5), "nothing new since 2025-08-06 11:00 UTC; expected within 3 h", 0, Now.AddMinutes(-2), Now.AddHours(-8), Now.AddMinutes(3)),
                new("new-feed", "ok", Now.AddSeconds(-20), "unknown host feeds.example.com", 1, null, null, Now.AddMinutes(5)),
                new("world", "ok", Now.AddDays(-9), "", 0, Now.AddSeconds(-15), Now.AddMinutes(-14), Now),
            ],
            WaitingItems: 1,
            [new("held", 3, Now.AddHours(9)), new("pending", 1, Now.AddSeconds(-40)), new("sent", 210, null)],
            [new("anna", "mail", "pending", 2, Now.AddSeconds(-45), "451 4.7.1 try again later")]);

        Snapshot.Approved(Written(status), "status.txt");
    }

    [Fact]
    public void What_a_feed_says_cannot_colour_the_terminal()
    {
        var status = new StatusReport([new("world", "failing", Now, "[red]\u001b[31m", 3, null, null, Now)], 0, [], []);

        var text = Written(status);

        Assert.DoesNotContain('\u001b', text);
        Assert.Contains("[red]", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_whose_first_polls_failed_says_why_although_it_is_not_failing_yet()
    {
        await using var database = new TestDatabase();
        await database.Database.WriteAsync(
            db => Dapper.SqlMapper.Execute(
                db, "INSERT INTO source (id, url, poll, next_due, state_since, failures, last_error) VALUES ('a', 'https://feeds.example.com/', 300, 0, 0, 1, 'unknown host')"),
            default);

        var source = Assert.Single(database.Database.Read(StatusStore.Read).Sources);

        Assert.Equal(("ok", 1, "unknown host"), (source.State, source.Failures, source.Why));
    }

    private static string Written(StatusReport status)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 160;
        StatusText.Write(console, status, Now);
        return string.Join('\n', text.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()));
    }
}
