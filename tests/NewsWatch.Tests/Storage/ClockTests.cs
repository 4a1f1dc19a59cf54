using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Loading;
using NewsWatch.Health;
using NewsWatch.Hosting;
using NewsWatch.Storage;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Upkeep;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Support;
using static NewsWatch.Tests.Storage.Rows;

namespace NewsWatch.Tests.Storage;

/// <summary>A system's clock that ran a day ahead and is set right: nothing waits for that day to pass, and nothing goes all at once.</summary>
public sealed class ClockTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Ahead = Now.AddDays(1);
    private readonly TestDatabase _test = new(losesCommitsOnPowerFailure: true);
    private readonly FakeTimeProvider _steady = new(Now);
    private readonly JumpingClock _clock;

    public ClockTests() => _clock = new(_steady);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _test.DisposeAsync();

    [Theory]
    [InlineData("INSERT INTO source (id, url, poll, state_since) VALUES ('a', '', 0, 0); INSERT INTO due (source, polled, last_poll, next_due, not_before) VALUES ('a', 1, @ahead, @ahead + 300000, @ahead + 60000)", "SELECT next_due FROM due", 300)]
    [InlineData("INSERT INTO source (id, url, poll, state_since) VALUES ('a', '', 0, 0); INSERT INTO due (source, polled, last_poll, next_due, not_before) VALUES ('a', 1, @ahead, @ahead + 300000, @ahead + 60000)", "SELECT not_before FROM due", 60)]
    [InlineData("INSERT INTO source (id, url, poll, state_since) VALUES ('a', '', 0, @ahead); INSERT INTO due (source, polled, next_due) VALUES ('a', 1, @ahead + 9000)", "SELECT next_due FROM due", 0)]
    [InlineData("INSERT INTO source (id, url, poll, state_since) VALUES ('a', '', 0, 0); INSERT INTO due (source, polled, last_poll, next_due) VALUES ('a', 1, @now - 100000, @now + 300000)", "SELECT next_due FROM due", 300)]
    [InlineData("INSERT INTO item (source, key, content_hash, first_seen, last_seen, state, due, payload) VALUES ('a', 'k', '', @ahead, @ahead, 'new', @ahead, '')", "SELECT due FROM item", 0)]
    [InlineData("INSERT INTO item (source, key, content_hash, first_seen, last_seen, state, due, payload) VALUES ('a', 'k', '', @now, @now, 'new', @now + 30000, '')", "SELECT due FROM item", 30)]
    [InlineData("INSERT INTO delivery (key, bundle, kind, subscriber, channel, created, state, due) VALUES ('k', 'k', 'alert', 'anna', 'mail', @ahead, 'pending', @ahead)", "SELECT due FROM delivery", 0)]
    [InlineData("INSERT INTO delivery (key, bundle, kind, subscriber, channel, created, state, due, attempts, last_attempt) VALUES ('k', 'k', 'alert', 'anna', 'mail', 0, 'pending', @ahead + 300000, 2, @ahead)", "SELECT due FROM delivery", 300)]
    [InlineData("INSERT INTO delivery (key, bundle, kind, subscriber, channel, created, state, due) VALUES ('k', 'k', 'digest', 'anna', 'mail', @ahead, 'held', @ahead + 3600000)", "SELECT due FROM delivery", 3600)]
    [InlineData("INSERT INTO delivery (key, bundle, kind, subscriber, channel, created, state, due) VALUES ('k', 'k', 'digest', 'anna', 'mail', @now, 'held', @now + 3600000)", "SELECT due FROM delivery", 3600)]
    [InlineData("INSERT INTO delivery (key, bundle, kind, subscriber, channel, created, state, due, time_of_day) VALUES ('k', 'k', 'digest', 'anna', 'mail', @ahead, 'held', @now + 7200000, 1)", "SELECT due FROM delivery", 7200)]
    public async Task What_the_later_time_dated_keeps_its_waiting_time_from_now_and_all_else_its_date(string insert, string look, int seconds)
    {
        await _test.Database.WriteAsync(db => db.Execute(insert, new { now = UnixTime.Of(Now), ahead = UnixTime.Of(Ahead) }));

        for (var time = 0; time < 2; time++)
        {
            await _test.Database.WriteAsync(db => ClockRollbackRepair.Run(db, Now));
            Assert.Equal(Now.AddSeconds(seconds), UnixTime.At(_test.Database.Read(db => db.ExecuteScalar<long>(look))));
        }
    }

    [Fact]
    public async Task A_page_that_was_to_be_read_then_is_read_now()
    {
        await _test.Database.WriteAsync(db =>
        {
            var article = Article(db, "a");
            PageQueue.Schedule(db, article, Ahead.AddMinutes(5));
            db.Execute("UPDATE article SET updated = @ahead", new { ahead = UnixTime.Of(Ahead) });
        });

        await _test.Database.WriteAsync(db => ClockRollbackRepair.Run(db, Now));

        Assert.Equal(Now, _test.Database.Read(PageQueue.NextDue));
    }

    [Fact(Timeout = 60_000)]
    public async Task It_is_mended_before_anything_starts_and_at_every_jump_back_and_the_log_says_so()
    {
        var log = new RecordingLog<ClockRollbackMonitor>();
        using var watch = new ClockRollbackMonitor(_test.Database, Background.NewLoop(_clock), _clock, log);
        await AddAsync();
        await watch.StartAsync(default);
        Assert.Equal(Now, Due());

        await AddAsync();
        _clock.SetBy = TimeSpan.FromDays(-3650); // further than the seconds below can take it forward again
        var told = log.HasAsync("Warning: The system's clock was set back by 36");
        while (!told.IsCompleted)
        {
            _steady.Advance(ClockRollbackMonitor.Interval);
            await Task.Yield();
        }

        await told;
        await log.HasAsync("Warning: 2 rows had times in the future");
        Assert.True(Due() < Now);
        await watch.StopAsync(default);
    }

    [Fact]
    public void Health_counts_the_time_since_a_poll_whatever_the_clock_is_set_to()
    {
        var progress = new Progress(_clock);
        var health = new HealthCheck(_test.Database, progress, Background.NewLoop(_clock), _clock);
        progress.CycleEnded();
        _clock.SetBy = TimeSpan.FromDays(-1);

        Assert.True(health.Look().Ready);
        _steady.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(["no poll cycle ended in the last 60 s"], health.Look().Problems);
    }

    [Fact]
    public async Task The_clockworks_time_is_its_own_and_all_others_see_the_systems()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Kestrel:Endpoints:Operator:Url"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:Public:Url"] = "http://127.0.0.1:0",
        }).Build();
        var start = new ServiceContext(
            settings, new StartupConfiguration("appsettings.json", new ConfigurationFiles("/", []), Now), SomeWatch.Default, ConfigurationLoader.OfProcess, _test.Database, _clock, Once: false);

        await using var service = Service.Build(start);

        Assert.Same(_clock, service.Services.GetRequiredService<TimeProvider>());
        Assert.IsType<NewsWatch.Hosting.MonotonicTimeProvider>(service.Services.GetRequiredKeyedService<TimeProvider>("clockwork"));
    }

    private Task AddAsync() => _test.Database.WriteAsync(db => Item(db, $"k{db.ExecuteScalar<int>("SELECT count(*) FROM item")}", Ahead));

    private DateTimeOffset Due() => UnixTime.At(_test.Database.Read(db => db.ExecuteScalar<long>("SELECT max(due) FROM item")));
}
