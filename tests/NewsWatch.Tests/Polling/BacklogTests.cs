using CsCheck;
using NewsWatch.Polling;
using NewsWatch.Polling.Sources;
using NewsWatch.Storage.Sources;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

/// <summary>After a downtime everything is overdue: it is spread out, the newest sources come first, and nobody is left out.</summary>
public sealed class BacklogTests
{
    private static readonly DateTimeOffset Now = new(2025, 8, 6, 21, 0, 0, TimeSpan.Zero);

    private static readonly Gen<List<SourceRow>> Overdue = Gen.Int[0, 100_000].Nullable().Array[0, 400].Select(ages =>
        ages.Select((age, n) => new SourceRow { Id = $"s{n}", Url = "x", LastItem = age is { } seconds ? Now.AddSeconds(-seconds) : null }).ToList());

    private static readonly Gen<PollLimits> Limits = Gen.Select(Gen.Int[1, 5_000], Gen.Int[1, 600], (step, window) =>
        new PollLimits { StartStep = TimeSpan.FromMilliseconds(step), StartWindow = TimeSpan.FromSeconds(window) });

    [Fact]
    public void Every_source_has_one_time_within_the_window_and_no_two_the_same() =>
        Gen.Select(Overdue, Limits).Sample((rows, limits) =>
        {
            var spread = new SourceSynchronizer(limits).Spread(rows, Now).ToList();
            return spread.Select(one => one.Id).Order().SequenceEqual(rows.Select(row => row.Id).Order())
                && spread.All(one => one.Due >= Now && one.Due <= Now + limits.StartWindow)
                && spread.Select(one => one.Due).Distinct().Count() == rows.Count;
        });

    [Fact]
    public void The_source_with_the_newest_item_comes_first_and_new_sources_before_all() =>
        Gen.Select(Overdue, Limits).Sample((rows, limits) =>
        {
            var due = new SourceSynchronizer(limits).Spread(rows, Now).ToDictionary();
            var order = rows.OrderBy(row => due[row.Id]).Select(row => row.LastItem ?? DateTimeOffset.MaxValue).ToList();
            return order.Zip(order.Skip(1)).All(pair => pair.First >= pair.Second);
        });

    [Fact]
    public async Task With_more_due_than_can_be_polled_each_source_still_gets_its_turn()
    {
        await using var test = new TestDatabase();
        var process = Background.NewProcess();
        var polled = await test.Database.WriteAsync(db =>
        {
            for (var n = 0; n < 100; n++)
            {
                SourceStore.Add(db, new($"s{n}", "x", TimeSpan.FromSeconds(10)), Now);
            }

            var turns = new List<string>();
            for (var second = 0; second < 300; second++)
            {
                // A hundred sources every ten seconds would be ten a second; three can be polled.
                var due = PollQueue.Due(db, process, Now.AddSeconds(second), failing: false, 3).Select(row => row.Id).ToList();
                turns.AddRange(due);
                PollQueue.SetDue(db, due.Select(id => (id, Now.AddSeconds(second + 10))));
            }

            return turns;
        });

        Assert.Equal(100, polled.Distinct().Count());
        Assert.All(polled.CountBy(id => id), turns => Assert.InRange(turns.Value, 8, 10));
    }

    [Fact]
    public async Task After_a_restart_overdue_sources_are_asked_in_the_order_of_their_news()
    {
        await using var world = await PollWorld.StartAsync();
        string[] ids = ["a", "b", "c", "d", "e"];
        foreach (var id in ids)
        {
            world.Server.Answer($"/{id}", Reply.Text(Rss.Of(3)));
        }

        world.Configure([.. ids.Select(id => world.Source(id, $"/{id}", $"{id}.example.com"))]);
        await world.PollAsync();
        foreach (var (id, age) in ids.Zip([3, 1, 5, 2, 4]))
        {
            await world.Database.WriteAsync(db => SourceStore.SetNews(db, id, world.Now.AddHours(-age), "[]"));
        }

        var asked = world.Server.Requests.Count;
        world.Clock.Advance(TimeSpan.FromHours(12));
        world.Restart(new PollLimits { StartStep = TimeSpan.FromSeconds(10) });
        for (var second = 0; second < 60; second++)
        {
            await world.PollAfterAsync(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["/b", "/d", "/a", "/e", "/c"], world.Server.Requests.Skip(asked).Select(request => request.Target));
    }
}
