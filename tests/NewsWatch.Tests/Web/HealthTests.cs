using System.Diagnostics.Metrics;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Storage;
using NewsWatch.Tests.Support;
using NewsWatch.Web;

namespace NewsWatch.Tests.Web;

public sealed class HealthTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2025, 8, 6, 21, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Ready_means_that_a_poll_cycle_has_ended_lately()
    {
        await using var test = new TestDatabase();
        var progress = new Progress(_clock);
        var health = new Health(test.Database, progress, Background.NewLoop(_clock), _clock);
        Assert.False(health.Look().Ready);

        progress.CycleEnded();
        Assert.True(health.Look().Ready);

        _clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Contains("no poll cycle ended", Assert.Single(health.Look().Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delivery_that_is_due_for_longer_than_ten_minutes_is_told()
    {
        await using var test = new TestDatabase();
        var progress = new Progress(_clock);
        var due = _clock.GetUtcNow();
        await test.Database.WriteAsync(db => db.Execute(
            "INSERT INTO delivery (key, bundle, kind, subscriber, channel, created, state, due) VALUES ('k', 'k', 'alert', 'anna', 'mail', 0, 'pending', @due)",
            new { due = UnixTime.Of(due) }));

        _clock.Advance(TimeSpan.FromMinutes(11));
        progress.CycleEnded();

        var report = new Health(test.Database, progress, Background.NewLoop(_clock), _clock).Look();
        Assert.Equal("the oldest delivery is due since 2025-08-06 21:00:00Z", Assert.Single(report.Problems));
        Assert.Equal(due, report.OldestDelivery);
    }

    [Theory]
    [InlineData("pending", 9, false)]
    [InlineData("pending", 11, true)]
    [InlineData("sent", 11, false)]
    [InlineData("dead", 1, true)]
    [InlineData("dead", 23 * 60, true)]
    [InlineData("dead", 25 * 60, false)]
    public async Task A_notice_that_does_not_reach_the_operator_is_told_here(string state, int minutes, bool told)
    {
        await using var test = new TestDatabase();
        var progress = new Progress(_clock);
        var created = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromMinutes(minutes));
        progress.CycleEnded();
        await test.Database.WriteAsync(db => db.Execute(
            "INSERT INTO delivery (key, bundle, kind, subscriber, channel, created, state, due, last_error) VALUES ('k', 'k', 'notice', 'ops', 'mail', @created, @state, @due, '550 no such person')",
            new { created = UnixTime.Of(created), state, due = UnixTime.Of(_clock.GetUtcNow().AddHours(1)) }));

        var problems = new Health(test.Database, progress, Background.NewLoop(_clock), _clock).Look().Problems;

        Assert.Equal(told ? ["a notice of 2025-08-06 21:00:00Z does not reach the operator"] : [], problems);
    }

    [Fact]
    public async Task The_metrics_page_names_each_instrument_once_with_the_programs_name()
    {
        using var page = new MetricsPage();
        using var meter = new Meter(MetricsPage.Meter);
        meter.CreateCounter<long>("tests_total").Add(2);

        var answer = Assert.IsType<FileContentHttpResult>(await page.WriteAsync(CancellationToken.None));

        Assert.Contains("\nnewswatch_tests_total 2\n", Encoding.UTF8.GetString(answer.FileContents.Span), StringComparison.Ordinal);
    }
}
