using System.Diagnostics;
using System.Globalization;
using NewsWatch.Configuration;
using NewsWatch.Tests.Support;

namespace NewsWatch.Bench;

/// <summary>
/// <c>deliver --count N [--seconds S]</c>: mails a second to a mail server on loopback; the time from an item's first sight to the server's
/// acceptance at 12 alerts a second; and what two dead endpoints do to that of a third.
/// </summary>
internal static class DeliverVerb
{
    private const int AlertsPerSecond = 12;
    private const int SubscribersOfABurst = 40;

    /// <summary>Items that are decided before time is taken, so that the compiler's work is not counted.</summary>
    private const int WarmUp = 50;

    public static Verb Verb { get; } = new("--count N [--seconds S]", "mails/s, seen-to-accepted p99, isolation from dead endpoints", RunAsync);

    private static async Task<int> RunAsync(string[] args)
    {
        int Option(string name, int defaultValue) => Array.IndexOf(args, name) is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : defaultValue;
        var (count, seconds) = (Option("--count", 10_000), Option("--seconds", 60));
        await BurstAsync(count);
        if (seconds > 0)
        {
            await SteadyAsync(seconds);
        }

        return 0;
    }

    /// <summary>All alerts are decided first; then nothing but delivery runs. As many mails again go before, so that the compiler's work is not counted.</summary>
    private static async Task BurstAsync(int count)
    {
        await using var server = await ServerProcess.StartAsync("mail-server");
        await using var bench = new DeliveryBench(Enumerable.Repeat(Mail("mail", server.Port), 1), SubscribersOfABurst);
        await DecideAsync(bench, count / SubscribersOfABurst, SubscribersOfABurst);
        await using (var single = new DeliveryBench(Enumerable.Repeat(Mail("mail", server.Port), 1), subscribers: 1))
        {
            await DecideAsync(single, count / 2, subscribers: 1);
        }

        await bench.DeliverAsync();
        await bench.AddAsync(count / SubscribersOfABurst);
        await bench.ProcessAsync();
        using var memory = new MemoryWatch();
        var (cpu, clock) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.StartNew());
        var sent = await bench.DeliverAsync();
        var seconds = clock.Elapsed.TotalSeconds;
        var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            burst           {sent} mails in {seconds:0.0} s: {sent / seconds:0} mails/s, {used.TotalMilliseconds / sent:0.00} ms CPU a mail (the server has a process of its own), +{memory.Grown / 1024 / 1024} MiB
            """));
    }

    /// <summary>Each item is an alert to every subscriber: what deciding on it costs.</summary>
    private static async Task DecideAsync(DeliveryBench bench, int alerts, int subscribers)
    {
        await bench.AddAsync(WarmUp);
        await bench.ProcessAsync();
        await bench.AddAsync(alerts);
        var (cpu, clock) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.StartNew());
        await bench.ProcessAsync();
        var used = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMilliseconds / alerts;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"decided         {alerts} alerts for {subscribers} subscribers in {clock.Elapsed.TotalSeconds:0.0} s: {used:0.00} ms CPU an alert, {used / subscribers:0.000} ms a delivery"));
    }

    private static async Task SteadyAsync(int seconds)
    {
        await using var one = new FakeSmtpServer();
        await using var two = new FakeSmtpServer();
        await using var three = new FakeSmtpServer();
        await using var silent = new SilentServer();
        var well = await SeenToAcceptedAsync([Mail("mail", one.Port), Mail("second", two.Port), Mail("third", three.Port)], seconds);
        var beside = await SeenToAcceptedAsync([Mail("mail", one.Port), Mail("second", SilentServer.Refusing), Mail("third", silent.Port)], seconds);
        Print("three servers well", well);
        Print("one refuses, one is silent", beside);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"isolation       p99 moved by {(beside[Percent(beside, 99)] / well[Percent(well, 99)] - 1) * 100:+0;-0} %"));
    }

    private static async Task<IReadOnlyList<double>> SeenToAcceptedAsync(IReadOnlyList<Channel> channels, int seconds)
    {
        await using var bench = new DeliveryBench(channels, channels.Count);
        await bench.StartAsync();
        await bench.TickAsync(AlertsPerSecond, 5);
        bench.Forget();
        await bench.TickAsync(AlertsPerSecond, seconds);
        return await bench.WaitsAsync("mail");
    }

    private static void Print(string about, IReadOnlyList<double> waits) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"seen to accepted {about}: {waits.Count} alerts at {AlertsPerSecond}/s, p50 {waits[Percent(waits, 50)]:0} ms, p99 {waits[Percent(waits, 99)]:0} ms, most {waits[^1]:0} ms"));

    private static int Percent(IReadOnlyList<double> values, int percent) => values.Count * percent / 100;

    private static Channel.Email Mail(string id, int port) => new(id)
    {
        Host = "127.0.0.1",
        Port = port,
        Tls = TlsMode.None,
        From = "NewsWatch <alerts@news.example.com>",
        UnsubscribeBase = new Uri("https://news.example.com/u/"),
    };
}
