using NewsWatch.Cli.Output;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Storage.Views;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Cli;

/// <summary>What <c>status</c> prints.</summary>
public sealed class StatusTests
{
    private static readonly DateTimeOffset Now = new(2025, 8, 6, 19, 40, 0, TimeSpan.Zero);

    private static readonly StatusReport Some = new(
        [
            new("gone-feed", "gone", Now.AddDays(-3), "410 Gone", 1, Now.AddDays(-3), Now.AddDays(-4), Now.AddDays(-3)),
            new("quiet-feed", "stale", Now.AddHours(-5), "nothing new since 2025-08-06 11:00 UTC; expected within 3 h", 0, Now.AddMinutes(-2), Now.AddHours(-8), Now.AddMinutes(3)),
            new("new-feed", "ok", Now.AddSeconds(-20), "unknown host feeds.example.com", 1, null, null, Now.AddMinutes(5)),
            new("world", "ok", Now.AddDays(-9), "", 0, Now.AddSeconds(-15), Now.AddMinutes(-14), Now),
        ],
        WaitingItems: 1,
        [new("held", 3, Now.AddHours(9)), new("pending", 1, Now.AddSeconds(-40)), new("sent", 210, null)],
        [new("anna", "mail", "pending", 2, Now.AddSeconds(-45), "451 4.7.1 try again later", "A truce is near")])
    {
        Configuration = new("7762d5a3b1c2", Now.AddHours(-2), "4 sources, 6 rules, 2 subscribers", "Europe/Berlin") { Refused = new(Now.AddMinutes(-5), 2) },
        Service = new(4711, "desk", Now.AddHours(-30), Running: true),
    };

    [Theory]
    [InlineData(null, "status.txt")]
    [InlineData(60, "status-narrow.txt")]
    public void The_status_reads_as_approved(int? width, string file) => Snapshot.Approved(Written(Some, width), file);

    [Fact]
    public void Replicas_are_shown_with_what_they_own_and_what_is_wrong_with_them() => Snapshot.Approved(
        Written(Some with
        {
            Service = null,
            Replicas =
            [
                new(new() { Name = "desk-1", Version = "1.2.0", Started = Now.AddHours(-3), Seen = Now.AddSeconds(-1), Shards = 512, Lanes = 2, Leads = true }, new("7762d5a3b1c2", Now.AddSeconds(-2), null), 0, TimeSpan.Zero),
                new(new() { Name = "desk-2", Version = "1.2.0", Started = Now.AddMinutes(-4), Seen = Now.AddSeconds(-12), Shards = 512, Lanes = 1 }, new("0b1c2d3e4f5a", Now.AddMinutes(-2), "no poll cycle ended in the last 60 s"), 31, TimeSpan.FromSeconds(95)),
                new(new() { Name = "desk-3", Version = "1.2.1", Started = Now.AddSeconds(-3), Seen = Now }, null, 0, TimeSpan.Zero),
            ],
        }),
        "status-replicas.txt");

    [Fact]
    public void Three_hundred_sources_fit_a_screen_and_none_that_fails_is_left_out_when_asked()
    {
        var many = Some with
        {
            Sources = [.. Enumerable.Range(0, 300).Select(number => new SourceStatus($"source-{number:000}", number < 29 ? "failing" : "ok", Now, number < 29 ? "404" : "", number < 29 ? 9 : 0, null, null, Now))],
        };

        Assert.InRange(Written(many, 80).Split('\n').Length, 12, 24);
        Assert.Contains("300 sources: 29 failing, 271 ok. 21 more with trouble: newswatch status --failing.", Written(many, 80), StringComparison.Ordinal);
        Assert.Equal(29, Written(many, 80, StatusScope.Failing).Split('\n').Count(line => line.StartsWith("source-", StringComparison.Ordinal)));
        Assert.Equal(300, Written(many, 80, StatusScope.All).Split('\n').Count(line => line.StartsWith("source-", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_narrow_terminal_breaks_no_id_and_no_line()
    {
        var lines = Written(Some, 40).Split('\n');

        Assert.Contains(lines, line => line.StartsWith("quiet-feed  stale", StringComparison.Ordinal) && line.EndsWith('…') && line.Length == 40);
    }

    [Fact]
    public void What_a_feed_says_cannot_colour_the_terminal()
    {
        var text = Written(new StatusReport([new("world", "failing", Now, "[red]\u001b[31m", 3, null, null, Now)], 0, [], []));

        Assert.DoesNotContain('\u001b', text);
        Assert.Contains("[red]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Colours_are_a_terminals_alone()
    {
        Assert.Contains("\u001b[31mgone\u001b[0m", string.Join('\n', new StatusText(new Ink(on: true), null).Lines(Some, Now)), StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", Written(Some), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_without_a_source_has_a_status()
    {
        await using var database = new TestDatabase();

        Assert.Contains("No source has been polled yet.", Written(database.Database.Read(StatusStore.Read)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_whose_first_polls_failed_says_why_although_it_is_not_failing_yet()
    {
        await using var database = new TestDatabase();
        await database.Database.WriteAsync(
            db =>
            {
                Stored.Source(db, "a", since: DateTimeOffset.UnixEpoch, due: DateTimeOffset.UnixEpoch);
                Stored.Set(db, "source", new { failures = 1, last_error = "unknown host" });
            },
            default);

        var source = Assert.Single(database.Database.Read(StatusStore.Read).Sources);

        Assert.Equal(("ok", 1, "unknown host"), (source.State, source.Failures, source.Why));
    }

    private static string Written(StatusReport status, int? width = null, StatusScope scope = StatusScope.Screen) =>
        string.Join('\n', new StatusText(new Ink(on: false), width).Lines(status, Now, scope)) + "\n";
}
