using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Health;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Work;
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
        var health = new HealthCheck(test.Database, progress, Background.NewLoop(_clock), _clock);
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
        await test.Database.WriteAsync(db => Stored.Delivery(db, "k", due));

        _clock.Advance(TimeSpan.FromMinutes(11));
        progress.CycleEnded();

        var report = new HealthCheck(test.Database, progress, Background.NewLoop(_clock), _clock).Look();
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
        await test.Database.WriteAsync(db =>
        {
            Stored.Delivery(db, "k", _clock.GetUtcNow().AddHours(1), "notice", "ops", state: state, created: created);
            Stored.Set(db, "delivery", new { last_error = "550 no such person" });
        });

        var problems = new HealthCheck(test.Database, progress, Background.NewLoop(_clock), _clock).Look().Problems;

        Assert.Equal(told ? ["a notice of 2025-08-06 21:00:00Z does not reach the operator"] : [], problems);
    }

    [Fact]
    public async Task A_notice_that_is_gathered_for_a_day_is_not_late_when_its_message_leaves()
    {
        await using var test = new TestDatabase();
        var progress = new Progress(_clock);
        var notice = new Notice("source/a", "Source a is failing", "503") { Gathering = new("source-failing", "of 9 sources are failing") };
        await test.Database.WriteAsync(db => NoticeStore.Add(db, notice, ["ops@example.com"], "mail", _clock.GetUtcNow().AddHours(-24)));
        await test.Database.WriteAsync(db => Stored.Set(db, "delivery", new { due = _clock.GetUtcNow() }));
        await test.Database.WriteAsync(db => DeliveryStore.DueChannels(db, _clock.GetUtcNow()));
        progress.CycleEnded();

        Assert.Empty(new HealthCheck(test.Database, progress, Background.NewLoop(_clock), _clock).Look().Problems);
    }

    [Fact]
    public async Task The_metrics_page_gives_each_instrument_its_type_and_the_programs_name()
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var page = new MetricsPage(meters, NullLogger<MetricsPage>.Instance);
        var meter = meters.Create(MetricsPage.Meter);
        meter.CreateCounter<long>("tests_total", description: "Tests.").Add(2);
        meter.CreateHistogram<double>("test_seconds", "s", "Time.").Record(0.5, new KeyValuePair<string, object?>("kind", "fast"));
        var waiting = new List<Measurement<long>> { new(3, new KeyValuePair<string, object?>("state", "held")), new(1, new KeyValuePair<string, object?>("state", "sent")) };
        meter.CreateObservableGauge("queue", () => waiting, description: "Waiting.");
        meter.CreateObservableGauge("unread", (Func<long>)(() => throw new InvalidOperationException("The disk is full.")));
        using var neighbour = new Meter(MetricsPage.Meter);
        neighbour.CreateCounter<long>("others_total").Add(1);
        meters.Create("other").CreateCounter<long>("others_total").Add(1);

        var before = await ReadAsync(page);
        waiting.RemoveAt(0);
        var after = await ReadAsync(page);

        Assert.Contains("# TYPE newswatch_tests_total counter\nnewswatch_tests_total 2\n", before, StringComparison.Ordinal);
        Assert.Contains("# TYPE newswatch_test_seconds histogram\n", before, StringComparison.Ordinal);
        Assert.Contains("newswatch_test_seconds_bucket{kind=\"fast\",le=\"0.64\"} 1\n", before, StringComparison.Ordinal);
        Assert.Contains("# TYPE newswatch_queue gauge\n", before, StringComparison.Ordinal);
        Assert.Contains("newswatch_queue{state=\"held\"} 3\n", before, StringComparison.Ordinal);
        Assert.DoesNotContain("others_total", before, StringComparison.Ordinal);
        Assert.DoesNotContain("held", after, StringComparison.Ordinal);
        Assert.Contains("newswatch_queue{state=\"sent\"} 1\n", after, StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(MetricsPage page) =>
        Encoding.UTF8.GetString(Assert.IsType<FileContentHttpResult>(await page.WriteAsync(CancellationToken.None)).FileContents.Span);
}
