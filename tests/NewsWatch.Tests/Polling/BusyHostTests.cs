using Microsoft.Extensions.Time.Testing;
using NewsWatch.Cli.Output;
using NewsWatch.Configuration;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Polling;
using NewsWatch.Storage.Views;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

/// <summary>A host that is asked for more than one request a second is said to the operator.</summary>
public sealed class BusyHostTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task There_is_one_notice_a_host_and_day_and_none_about_hosts_that_can_give_it()
    {
        await using var test = new TestDatabase();
        var clock = new FakeTimeProvider(Now);
        var watch = SomeWatch.Of([.. Sources("busy.example.com", 120, 60), .. Sources("calm.example.com", 60, 60)], [SomeWatch.Ceasefire], [SomeWatch.Anna]);
        var look = new BusyHostWatch(test.Database, new(watch), Background.NewLoop(clock), clock);

        await look.LookAsync(CancellationToken.None);
        await look.LookAsync(CancellationToken.None);
        var notice = Assert.Single(test.Database.Read(Stored.Notices));
        clock.Advance(TimeSpan.FromDays(1));
        await look.LookAsync(CancellationToken.None);

        Assert.StartsWith("The host busy.example.com carries 120 sources that ask for 2.0 requests a second together", notice.Text, StringComparison.Ordinal);
        Assert.Equal(2, test.Database.Read(Stored.Notices).Count);
    }

    [Fact]
    public void The_status_shows_the_first_three()
    {
        var status = new StatusReport([], 0, [], []) { Configuration = new("7762d5a3b1c2", Now, "5 sources", "Europe/Berlin") { BusyHosts = ["host a", "host b", "host c", "host d", "host e"] } };

        var lines = new StatusText(new Ink(on: false), width: null).Lines(status, Now).ToList();

        Assert.Contains("host c.", lines);
        Assert.DoesNotContain("host d.", lines);
        Assert.Contains("2 more hosts are asked for more than they can give: newswatch check.", lines);
    }

    private static IEnumerable<Source> Sources(string host, int count, int seconds) =>
        Enumerable.Range(0, count).Select(number => SomeWatch.Paper with { Id = $"{host}-{number}", Url = $"https://{host}/{number}", Poll = TimeSpan.FromSeconds(seconds) });
}
