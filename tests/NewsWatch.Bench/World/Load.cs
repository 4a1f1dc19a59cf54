using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using NewsWatch.Tests.Support;

namespace NewsWatch.Bench.World;

/// <summary>Many news at once, and more and more a second.</summary>
internal static class Load
{
    private const int Hosts = 200;

    /// <summary>How long sends wait while nothing else is decided, and while 2,000 other news are.</summary>
    public static async Task<TrialResult> SendsWhileDecidingAsync(CancellationToken cancellation)
    {
        const int Hits = 200;
        await using var desk = await WorldDesk.OpenAsync();
        desk.Mail.Policy = new MailPolicy { Dot = () => Task.Delay(TimeSpan.FromMilliseconds(60), cancellation) };
        var feeds = Feeds(desk, 40);
        await using var service = await desk.StartAsync(cancellation);
        await Task.Delay(TimeSpan.FromSeconds(12), cancellation); // each was polled
        await RoundAsync(0); // the first sends pay for what any first ones cost
        var alone = await RoundAsync(0);
        var beside = await RoundAsync(2_000);
        return new TrialResult.Measured($"{alone:0.00} s on average alone, {beside:0.00} s beside ({beside / alone:0.00} x)", "1.2 x at most", beside <= 1.2 * alone);

        async Task<double> RoundAsync(int others)
        {
            var (before, since) = (desk.Mail.Mails.Count, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
            var first = before * 10;
            for (var n = 0; n < others; n++)
            {
                feeds[n % feeds.Count].Publish(first + Hits + n, "Weather");
            }

            for (var n = 0; n < Hits; n++)
            {
                feeds[n % feeds.Count].Publish(first + n);
            }

            await WorldDesk.UntilAsync(() => desk.Mail.Mails.Count >= before + Hits, 80, cancellation);
            await Task.Delay(TimeSpan.FromSeconds(2), cancellation);
            return double.Parse(desk.Ask($"SELECT CAST(avg(coalesce(sent_at, strftime('%s', 'now') * 1000) - created) / 1000.0 AS TEXT) FROM delivery WHERE kind = 'alert' AND created >= {since}")[0], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>20 to 400 news a second, every fifth of which is told, every fifteenth as flash.</summary>
    public static async Task<TrialResult> RampAsync(CancellationToken cancellation)
    {
        await using var desk = await WorldDesk.OpenAsync();
        desk.Watch["Rules"]!["alarm"] = new JsonObject { ["When"] = "alarm", ["Severity"] = "flash" };
        var feeds = Feeds(desk, Hosts);
        await using var service = await desk.StartAsync(cancellation);
        await Task.Delay(TimeSpan.FromSeconds(15), cancellation);
        var (number, steps) = (0, new List<RampStep>());
        foreach (var rate in new[] { 20, 40, 80, 160, 320, 400 })
        {
            var step = await StepAsync(desk, feeds, rate, number, cancellation);
            number = step.Next;
            steps.Add(step);
        }

        var last = steps[^1];
        var held = last.Decided >= 0.95 * 400 && steps.All(step => step.Sent >= Math.Min(40, 0.9 * step.Rate / 5)) && steps.Max(step => step.OldestFlash) <= 2;
        return new TrialResult.Measured(
            string.Join("; ", steps.Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.Rate}/s: decided {step.Decided:0}/s, sent {step.Sent:0}/s, waiting {step.Items} news {step.Deliveries} sends, oldest flash {step.OldestFlash:0.0} s"))),
            "400 decided/s, sends never below 40/s, oldest flash 2 s at most",
            held);
    }

    private static async Task<RampStep> StepAsync(WorldDesk desk, List<NewsFeed> feeds, int rate, int number, CancellationToken cancellation)
    {
        // Each source is polled every 11 s, and all within a few: what a step adds is there after 10 s, and only whole rounds of polls can be compared.
        const int Measured = 20;
        const int Halves = Measured + (2 * 22);
        var (decided, sent, started, oldest) = (0, 0, 0L, 0.0);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        for (var half = 0; half < Halves; half++)
        {
            if (half == Measured)
            {
                (decided, sent, started) = (Count(desk, "item WHERE state = 'done'"), desk.Mail.Mails.Count, Stopwatch.GetTimestamp());
            }

            for (var n = 0; n < rate / 2; n++, number++)
            {
                feeds[number % feeds.Count].Publish(number, number % 15 == 0 ? "Alarm" : number % 5 == 0 ? "Sanctions" : "Weather");
            }

            oldest = Math.Max(oldest, OldestFlash(desk));
            await tick.WaitForNextTickAsync(cancellation);
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new(rate, (Count(desk, "item WHERE state = 'done'") - decided) / seconds, (desk.Mail.Mails.Count - sent) / seconds, Count(desk, "item WHERE state = 'new'"),
            Count(desk, "delivery WHERE state IN ('pending', 'leased')"), oldest, number);
    }

    private static List<NewsFeed> Feeds(WorldDesk desk, int count) => [.. Enumerable.Range(0, count).Select(n => desk.AddFeed($"wire-{n}", $"127.0.{10 + (n / 200)}.{1 + (n % 200)}"))];

    private static int Count(WorldDesk desk, string what) => int.Parse(desk.Ask($"SELECT CAST(count(*) AS TEXT) FROM {what}")[0], CultureInfo.InvariantCulture);

    private static double OldestFlash(WorldDesk desk) => desk.Ask(
        "SELECT CAST(min(delivery.created) AS TEXT) FROM delivery JOIN alert ON alert.id = delivery.alert WHERE lower(alert.severity) = 'flash' AND delivery.state IN ('pending', 'leased') HAVING count(*) > 0") is [var since]
        ? (TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - long.Parse(since, CultureInfo.InvariantCulture)) / 1000.0
        : 0;

    private sealed record RampStep(int Rate, double Decided, double Sent, int Items, int Deliveries, double OldestFlash, int Next);
}
