using NewsWatch.Tests.Support;

namespace NewsWatch.Bench.World;

/// <summary>The clock is two days ahead: news that is of today looks older than its greatest age.</summary>
internal static class ClockAhead
{
    private const int News = 20;

    public static async Task<TrialResult> RunAsync(CancellationToken cancellation)
    {
        using var clock = MovedClock.Install();
        if (clock is null)
        {
            return MovedClock.Missing;
        }

        clock.Move("+2d");
        await using var desk = await WorldDesk.OpenAsync();
        var feeds = Enumerable.Range(1, 4).Select(n => desk.AddFeed($"wire-{n}", $"127.0.5.{n}")).ToList();
        var published = Enumerable.Range(0, News).Select(n => feeds[n % feeds.Count].Publish(n)).ToList();
        await using var service = await desk.StartAsync(cancellation, clock.Environment);
        await WorldDesk.UntilAsync(() => published.All(desk.Told.Contains), 45, cancellation);
        var said = false;
        for (var look = 0; !said && look < 60; look++)
        {
            said = (await service.AskAsync("/health/ready", cancellation))?.Body.Contains("clock is", StringComparison.Ordinal) == true;
            await Task.Delay(TimeSpan.FromSeconds(said ? 0 : 1), cancellation);
        }

        var told = published.Count(desk.Told.Contains);
        return new TrialResult.Measured($"{told} of {News} news told ({string.Join(", ", desk.Ask("SELECT state || ' ' || count(*) FROM item GROUP BY state"))}); health {(said ? "names" : "does not name")} the clock", $"{News} of {News}, health names the clock", told == News && said);
    }
}
