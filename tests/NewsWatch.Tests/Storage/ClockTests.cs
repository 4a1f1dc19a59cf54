using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
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
    [InlineData("a poll", 300)]
    [InlineData("the end of a Retry-After", 60)]
    [InlineData("a source never polled", 0)]
    [InlineData("a poll that was dated right", 300)]
    [InlineData("an item", 0)]
    [InlineData("an item that was dated right", 30)]
    [InlineData("a message", 0)]
    [InlineData("another attempt", 300)]
    [InlineData("a digest", 3600)]
    [InlineData("a digest that was dated right", 3600)]
    [InlineData("a digest at a time of day", 7200)]
    public async Task What_the_later_time_dated_keeps_its_waiting_time_from_now_and_all_else_its_date(string what, int seconds)
    {
        await _test.Database.WriteAsync(db => Write(db, what));

        for (var time = 0; time < 2; time++)
        {
            await _test.Database.WriteAsync(db => ClockRollbackRepair.Run(db, Now));
            Assert.Equal(Now.AddSeconds(seconds), _test.Database.Read(db => Waits(db, what)));
        }
    }

    private static void Write(Session db, string what)
    {
        switch (what)
        {
            case "a poll" or "the end of a Retry-After":
                Stored.Source(db, "a", since: DateTimeOffset.UnixEpoch, due: Ahead.AddMinutes(5));
                Stored.Set(db, "due", new { last_poll = Ahead, not_before = Ahead.AddMinutes(1) });
                break;
            case "a source never polled":
                Stored.Source(db, "a", since: Ahead, due: Ahead.AddSeconds(9));
                break;
            case "a poll that was dated right":
                Stored.Source(db, "a", since: DateTimeOffset.UnixEpoch, due: Now.AddMinutes(5));
                Stored.Set(db, "due", new { last_poll = Now.AddSeconds(-100) });
                break;
            case "an item":
                Stored.Item(db, "a", "k", Ahead);
                break;
            case "an item that was dated right":
                Stored.Item(db, "a", "k", Now.AddSeconds(30), seen: Now);
                break;
            case "a message":
                Stored.Delivery(db, "k", Ahead, created: Ahead);
                break;
            case "another attempt":
                Stored.Delivery(db, "k", Ahead.AddMinutes(5));
                Stored.Set(db, "delivery", new { attempts = 2, last_attempt = Ahead });
                break;
            case "a digest at a time of day":
                Stored.Delivery(db, "k", Now.AddHours(2), "digest", state: "held", created: Ahead);
                Stored.Set(db, "delivery", new { time_of_day = 1 });
                break;
            default:
                var from = what == "a digest" ? Ahead : Now;
                Stored.Delivery(db, "k", from.AddHours(1), "digest", state: "held", created: from);
                break;
        }
    }

    private static DateTimeOffset Waits(Session db, string what) => what switch
    {
        "the end of a Retry-After" => Stored.Column<DateTimeOffset>(db, "due", "not_before").Single(),
        _ when what.Contains("poll", StringComparison.Ordinal) => Stored.Column<DateTimeOffset>(db, "due", "next_due").Single(),
        _ when what.Contains("item", StringComparison.Ordinal) => Stored.Column<DateTimeOffset>(db, "item", "due").Single(),
        _ => Stored.Column<DateTimeOffset>(db, "delivery", "due").Single(),
    };

    [Fact]
    public async Task A_page_that_was_to_be_read_then_is_read_now()
    {
        await _test.Database.WriteAsync(db =>
        {
            var article = Article(db, "a");
            PageQueue.Schedule(db, article, Ahead.AddMinutes(5));
            Stored.Set(db, "article", new { updated = Ahead });
        });

        await _test.Database.WriteAsync(db => ClockRollbackRepair.Run(db, Now));

        Assert.Equal(Now, _test.Database.Read(db => PageQueue.NextDue(db, Background.NewProcess())));
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
            settings, new StartupConfiguration("appsettings.json", "", Now), SomeWatch.Default, ConfigurationLoader.OfProcess, _test.Database, _clock, Once: false);

        await using var service = Service.Build(start);

        Assert.Same(_clock, service.Services.GetRequiredService<TimeProvider>());
        Assert.IsType<NewsWatch.Hosting.MonotonicTimeProvider>(service.Services.GetRequiredKeyedService<TimeProvider>("clockwork"));
    }

    private Task AddAsync() => _test.Database.WriteAsync(db => Item(db, $"k{Stored.Count(db, "item")}", Ahead));

    private DateTimeOffset Due() => _test.Database.Read(db => Stored.Column<DateTimeOffset>(db, "item", "due")).Max();
}
