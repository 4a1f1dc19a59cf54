using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Storage;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Storage;

public sealed class ServiceLoopTests
{
    private readonly FakeTimeProvider _clock = new(new(2025, 8, 6, 12, 0, 0, TimeSpan.Zero));
    private readonly RecordingLog<ServiceLoop> _log = new();
    private readonly CancellationTokenSource _stop = new();

    private ServiceLoop Loop => field ??= new(_clock, _log);

    [Fact]
    public async Task A_loop_goes_on_after_every_exception_and_its_trouble_is_over_with_the_next_good_turn()
    {
        var turns = 0;
        var running = Loop.RunAsync("sending", _ => Turn(++turns), _stop.Token);

        Assert.Equal(("sending", "the disk is full"), Assert.Single(Loop.Troubles) is var trouble ? (trouble.Loop, trouble.What) : default);
        while (!running.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        Assert.Equal(5, turns);
        Assert.Empty(Loop.Troubles);

        Task Turn(int turn) => turn switch
        {
            1 or 2 => throw new SqliteException("database or disk is full", 13),
            3 => throw new InvalidOperationException("a bug"),
            4 => Task.CompletedTask,
            _ => _stop.CancelAsync(),
        };
    }

    [Fact]
    public async Task The_same_trouble_is_logged_once_however_often_it_comes()
    {
        var turns = 0;
        var running = Loop.RunAsync("sending", _ => ++turns < 10 ? throw new SqliteException("database or disk is full", 13) : _stop.CancelAsync(), _stop.Token);
        while (!running.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        Assert.Collection(
            _log.Lines,
            line => Assert.StartsWith("Error: Trouble with sending: the disk is full; it is tried again", line, StringComparison.Ordinal),
            line => Assert.Equal("Information: sending goes on; the trouble is over: the disk is full", line));
    }

    [Fact]
    public async Task A_loop_whose_databases_server_is_away_looks_again_within_3_seconds_always()
    {
        var (turns, clock) = (0, new CountingClock());
        var running = new ServiceLoop(clock, _log).RunAsync("sending", _ => ++turns < 10 ? throw new Npgsql.NpgsqlException("no route") : _stop.CancelAsync(), _stop.Token);
        for (var wait = 1; wait < 10; wait++)
        {
            while (clock.Timers < wait)
            {
                await Task.Yield();
            }

            clock.Advance(TimeSpan.FromSeconds(3));
        }

        await running;
        Assert.Equal(10, turns);
    }

    [Fact]
    public async Task A_stop_ends_the_loop_without_an_exception()
    {
        var running = Loop.RunAsync("sending", stopping => Task.Delay(Timeout.InfiniteTimeSpan, _clock, stopping), _stop.Token);

        await _stop.CancelAsync();

        await running;
    }

    [Theory]
    [InlineData(13, "the disk is full")]
    [InlineData(8, "the database cannot be written: it is read-only")]
    [InlineData(5, "the database is locked by another process")]
    [InlineData(10, "the disk reports an error while the database is read or written")]
    [InlineData(11, "the database is damaged")]
    [InlineData(14, "the database file cannot be opened")]
    public void What_the_database_says_is_told_in_words(int code, string words) => Assert.Equal(words, StorageTrouble.Describe(new SqliteException("?", code)));

    private sealed class CountingClock : FakeTimeProvider
    {
        private int _timers;

        public int Timers => Volatile.Read(ref _timers);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref _timers);
            return timer;
        }
    }
}
