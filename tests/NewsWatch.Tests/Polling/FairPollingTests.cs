using NewsWatch.Configuration;
using NewsWatch.Polling;
using NewsWatch.Polling.Sources;
using NewsWatch.Storage.Sources;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

/// <summary>Sources that hang take no slot from sources that work.</summary>
public sealed class FairPollingTests : PollTests
{
    private readonly SemaphoreSlim _asked = new(0);
    private static readonly PollLimits Eight = new() { InFlight = 8, StartStep = TimeSpan.Zero };

    [Fact]
    public async Task However_many_sources_hang_one_that_works_is_polled_when_it_is_due()
    {
        await World.PollAsync();
        World.Restart(Eight);
        var hanging = await StartHangingAsync(20, World.Source());
        await World.Database.WriteAsync(db => PollQueue.SetDue(db, [("bbc", World.Now)]));
        World.Clock.Advance(TimeSpan.FromSeconds(1));

        var poll = Assert.Single(await World.Poller.StartDueAsync(CancellationToken.None));
        await poll;

        Assert.Equal((World.Now, 4), (World.Row().LastSuccess, hanging.Count));
        await GiveUpAsync(hanging);
    }

    [Fact]
    public async Task Sources_that_fail_share_a_quarter_of_the_slots_and_are_given_ten_seconds()
    {
        World.Restart(Eight);
        var first = await StartHangingAsync(2);
        World.Clock.Advance(TimeSpan.FromSeconds(10));
        await Task.WhenAll(first);
        Assert.Equal("no reply within 10 s", World.Row("hang1").LastError);
        await GiveUpAsync(await StartHangingAsync(6)); // four that are new
        await World.Database.WriteAsync(db => PollQueue.SetAllDue(db, World.Now));

        var failing = await StartAsync();

        Assert.Equal(2, failing.Count);
        await GiveUpAsync(failing);
    }

    [Fact]
    public void Sources_that_work_fill_all_slots_and_leave_those_of_failing_sources_free()
    {
        var almost = new PollSlots(8, Enumerable.Repeat(SourceStanding.Proven, 7));
        var full = new PollSlots(8, Enumerable.Repeat(SourceStanding.Proven, 8));

        Assert.Equal((true, false, true), (almost.HasRoom(SourceStanding.Proven), full.HasRoom(SourceStanding.Proven), full.HasRoom(SourceStanding.Failing)));
    }

    [Fact]
    public async Task A_source_that_works_is_given_thirty_seconds()
    {
        await World.PollAsync();
        Hang("/feed");
        World.Clock.Advance(World.Row().NextDue - World.Now);

        var poll = await StartAsync();
        World.Clock.Advance(TimeSpan.FromSeconds(30));
        await Task.WhenAll(poll);

        Assert.Equal("no complete reply within 30 s", World.Row().LastError);
    }

    [Fact]
    public async Task The_source_that_is_late_by_most_of_its_interval_goes_first()
    {
        var now = World.Now;
        await World.Database.WriteAsync(db =>
        {
            SourceStore.Add(db, new("hourly", "http://a.example.com/", TimeSpan.FromHours(1)), now - TimeSpan.FromSeconds(60));
            SourceStore.Add(db, new("quick", "http://b.example.com/", TimeSpan.FromMinutes(1)), now - TimeSpan.FromSeconds(30));
        });

        var due = World.Database.Read(db => PollQueue.Due(db, Background.NewProcess(), now, failing: false, 10));

        Assert.Equal(["quick", "hourly"], due.Select(row => row.Id));
    }

    [Theory]
    [InlineData(0, true, SourceStanding.Proven)]
    [InlineData(1, true, SourceStanding.Proven)]
    [InlineData(2, true, SourceStanding.Failing)]
    [InlineData(0, false, SourceStanding.New)]
    [InlineData(1, false, SourceStanding.Failing)]
    public async Task The_database_tells_failing_sources_apart_as_the_poller_does(int failures, bool succeeded, SourceStanding standing)
    {
        await World.Database.WriteAsync(db =>
        {
            SourceStore.Add(db, new("one", "http://a.example.com/", TimeSpan.FromHours(1)), World.Now);
            Stored.Set(db, "source", new { failures });
            Stored.Set(db, "due", new { last_success = succeeded ? 1 : (int?)null });
        });

        var row = World.Row("one");

        Assert.Equal(standing, row.Standing);
        Assert.Equal(standing is SourceStanding.Failing, World.Database.Read(db => PollQueue.Due(db, Background.NewProcess(), World.Now, failing: true, 10)).Any());
        Assert.Equal(standing is not SourceStanding.Failing, World.Database.Read(db => PollQueue.Due(db, Background.NewProcess(), World.Now, failing: false, 10)).Any());
    }

    /// <summary>Adds sources that accept and never answer, each on a host of its own, and begins to poll what finds a slot.</summary>
    private async Task<IReadOnlyList<Task>> StartHangingAsync(int count, params Source[] others)
    {
        Hang("/hangs");
        Source[] hanging = [.. Enumerable.Range(1, count).Select(number => World.Source($"hang{number}", "/hangs", $"h{number}.example.com"))];
        World.Configure([.. hanging, .. others]);
        return await StartAsync();
    }

    private void Hang(string path) => Server.Answer(path, _ =>
    {
        _asked.Release();
        return new Reply { After = new TaskCompletionSource().Task };
    });

    /// <summary>Begins the polls that are due, all of them of sources that hang; ends when the server has all questions.</summary>
    private async Task<IReadOnlyList<Task>> StartAsync()
    {
        var polls = await World.Poller.StartDueAsync(CancellationToken.None);
        foreach (var _ in polls)
        {
            await _asked.WaitAsync();
        }

        return polls;
    }

    private async Task GiveUpAsync(IReadOnlyList<Task> polls)
    {
        World.Clock.Advance(TimeSpan.FromSeconds(10));
        await Task.WhenAll(polls);
    }
}
