using System.Collections.Concurrent;
using System.Diagnostics;
using NewsWatch.Tests.Support;

namespace NewsWatch.Bench.World;

/// <summary>Mail servers that take less than they are offered, or later.</summary>
internal static class MailServers
{
    private static readonly TimeSpan Dot = TimeSpan.FromMilliseconds(50);

    public static Task<TrialResult> TwoConnectionsAsync(CancellationToken cancellation) =>
        TakesAllAsync(new MailPolicy { Connections = 2, Dot = () => Task.Delay(Dot) }, most: 30 + (300 * Dot.TotalSeconds / 2), cancellation);

    public static Task<TrialResult> ClosesAfterEachAsync(CancellationToken cancellation) =>
        TakesAllAsync(new MailPolicy { MessagesAConnection = 1, Dot = () => Task.Delay(Dot) }, most: 30 + (300 * Dot.TotalSeconds / 4), cancellation);

    /// <summary>The final dot is answered after 75 s.</summary>
    public static async Task<TrialResult> LateDotAsync(CancellationToken cancellation)
    {
        await using var desk = await WorldDesk.OpenAsync();
        desk.Mail.Policy = new MailPolicy { Dot = () => Task.Delay(TimeSpan.FromSeconds(75), cancellation) };
        desk.AddFeed("wire").Publish(0);
        await using var service = await desk.StartAsync(cancellation);
        var sent = await WorldDesk.UntilAsync(() => Started(desk) && desk.Ask("SELECT 1 FROM delivery WHERE kind = 'alert' AND state = 'sent'").Count > 0, 130, cancellation);
        return new TrialResult.Measured($"{desk.Mail.Mails.Count} copies, {(sent ? "known to be sent" : "not known to be sent after 130 s")}", "1 copy, sent", sent && desk.Mail.Mails.Count == 1);
    }

    /// <summary>Each address is told to come again for the first 60 s.</summary>
    public static async Task<TrialResult> GreylistAsync(CancellationToken cancellation)
    {
        await using var desk = await WorldDesk.OpenAsync();
        var first = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        desk.Mail.Policy = new MailPolicy
        {
            Recipient = to => Stopwatch.GetElapsedTime(first.GetOrAdd(to, _ => Stopwatch.GetTimestamp())) < TimeSpan.FromSeconds(60) ? "451 4.7.1 greylisted, come again" : null,
        };
        desk.AddFeed("wire").Publish(0);
        await using var service = await desk.StartAsync(cancellation);
        var taken = await WorldDesk.UntilAsync(() => !desk.Mail.Mails.IsEmpty, 180, cancellation);
        var seconds = taken ? Stopwatch.GetElapsedTime(first["anna@example.com"], desk.Mail.Mails.First(mail => mail.To == "anna@example.com").At).TotalSeconds : double.PositiveInfinity;
        return new TrialResult.Measured($"{seconds:0} s after the first try", "75 s at most", seconds <= 75);
    }

    /// <summary>MAIL FROM is refused for now beyond ten a minute.</summary>
    public static async Task<TrialResult> TenAMinuteAsync(CancellationToken cancellation)
    {
        const int News = 48;
        await using var desk = await WorldDesk.OpenAsync();
        var (minute, began) = (new ConcurrentQueue<long>(), 0L);
        desk.Mail.Policy = new MailPolicy { Mail = () => Admit(minute) };
        var feed = desk.AddFeed("wire");
        var published = Enumerable.Range(0, News).Select(n => feed.Publish(n)).ToList();
        await using var service = await desk.StartAsync(cancellation);
        await WorldDesk.UntilAsync(() => !desk.Mail.Mails.IsEmpty, 60, cancellation);
        began = Stopwatch.GetTimestamp();
        await WorldDesk.UntilAsync(() => published.All(desk.Told.Contains), 365, cancellation);
        var (told, seconds) = (published.Count(desk.Told.Contains), Stopwatch.GetElapsedTime(began).TotalSeconds);
        return new TrialResult.Measured($"{told} of {News} in {seconds:0} s", $"{News} in 360 s", told == News && seconds <= 360);
    }

    /// <summary>The server goes and comes back four times while 700 mails wait.</summary>
    public static async Task<TrialResult> ReturnsAsync(CancellationToken cancellation)
    {
        const int News = 700;
        await using var desk = await WorldDesk.OpenAsync();
        desk.Mail.Policy = new MailPolicy { Dot = () => Task.Delay(Dot) };
        var feed = desk.AddFeed("wire");
        await desk.Mail.CloseAsync();
        var published = Enumerable.Range(0, News).Select(n => feed.Publish(n)).ToList();
        await using var service = await desk.StartAsync(cancellation);
        await WorldDesk.UntilAsync(() => Started(desk) && desk.Ask("SELECT 1 FROM delivery LIMIT 700").Count == News, 60, cancellation);
        var firsts = new List<double>();
        var all = 0.0;
        for (var round = 1; round <= 4; round++)
        {
            await Task.Delay(TimeSpan.FromSeconds(12), cancellation);
            var (taken, back) = (desk.Mail.Mails.Count, Stopwatch.GetTimestamp());
            desk.Mail.Open();
            await WorldDesk.UntilAsync(() => desk.Mail.Mails.Count > taken, 20, cancellation);
            firsts.Add(Stopwatch.GetElapsedTime(back).TotalSeconds);
            if (round < 4)
            {
                await WorldDesk.UntilAsync(() => desk.Mail.Mails.Count > taken + 50, 5, cancellation);
                await desk.Mail.CloseAsync();
                continue;
            }

            await WorldDesk.UntilAsync(() => published.All(desk.Told.Contains), 80, cancellation);
            all = Stopwatch.GetElapsedTime(back).TotalSeconds;
        }

        var told = published.Count(desk.Told.Contains);
        return new TrialResult.Measured(
            $"first after {string.Join(", ", firsts.Select(first => $"{first:0.0}"))} s; {told} of {News} {all:0} s after the last return; {desk.Mail.Repeated} repeated",
            $"first within 10 s, {News} within 60 s",
            firsts.Max() <= 10 && told == News && all <= 60);
    }

    private static async Task<TrialResult> TakesAllAsync(MailPolicy policy, double most, CancellationToken cancellation)
    {
        const int News = 300;
        await using var desk = await WorldDesk.OpenAsync();
        desk.Mail.Policy = policy;
        var feed = desk.AddFeed("wire");
        var published = Enumerable.Range(0, News).Select(n => feed.Publish(n)).ToList();
        await using var service = await desk.StartAsync(cancellation);
        await WorldDesk.UntilAsync(() => !desk.Mail.Mails.IsEmpty, 60, cancellation);
        var began = Stopwatch.GetTimestamp();
        await WorldDesk.UntilAsync(() => published.All(desk.Told.Contains), most + 15, cancellation);
        var (told, seconds) = (published.Count(desk.Told.Contains), Stopwatch.GetElapsedTime(began).TotalSeconds);
        var others = string.Join(", ", desk.Mail.Mails.Where(mail => mail.To != "anna@example.com").Select(mail => mail.Subject));
        return new TrialResult.Measured(
            $"{told} of {News} in {seconds:0.0} s, {desk.Mail.Repeated} repeated{(others.Length > 0 ? $"; the operator was told: {others}" : "")}",
            $"{News} in {most:0} s, nothing told to the operator",
            told == News && seconds <= most && others.Length == 0);
    }

    private static bool Started(WorldDesk desk) => File.Exists(Path.Combine(desk.Folder, "data", "newswatch.db"));

    private static string? Admit(ConcurrentQueue<long> minute)
    {
        lock (minute)
        {
            while (minute.TryPeek(out var oldest) && Stopwatch.GetElapsedTime(oldest) > TimeSpan.FromMinutes(1))
            {
                minute.TryDequeue(out _);
            }

            if (minute.Count >= 10)
            {
                return "450 4.7.1 too many messages, slow down";
            }

            minute.Enqueue(Stopwatch.GetTimestamp());
            return null;
        }
    }
}
