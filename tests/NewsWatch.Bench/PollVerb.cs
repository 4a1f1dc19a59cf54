using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Fetching;
using NewsWatch.Polling;
using NewsWatch.Polling.Sources;
using NewsWatch.Storage;
using NewsWatch.Storage.Work;

namespace NewsWatch.Bench;

/// <summary>Polls many sources of a loopback server through the service's own poller and prints what it costs.</summary>
internal static class PollVerb
{
    public static Verb Verb { get; } = new("--sources N --interval S --seconds T", "steady polling: polls/s, CPU, memory, lateness", RunAsync);

    private static async Task<int> RunAsync(string[] args)
    {
        int Option(string name, int defaultValue) => Array.IndexOf(args, name) is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : defaultValue;
        var (sources, interval, seconds) = (Option("--sources", 20_000), Option("--interval", 300), Option("--seconds", 300));

        await using var server = await ServerProcess.StartAsync($"poll-server {interval}");
        await SteadyAsync(sources, interval, seconds, server.Port);
        await CostAsync(Math.Min(sources, 2_000), interval, server.Port);
        return 0;
    }

    /// <summary>All sources for one interval to warm up, then measured.</summary>
    private static async Task SteadyAsync(int sources, int interval, int seconds, int port)
    {
        await using var bench = new PollBench(sources, interval, port, new PollLimits { StartWindow = TimeSpan.FromSeconds(interval), StartStep = TimeSpan.FromSeconds(interval) / sources });
        await bench.TickAsync(interval + 5);
        var before = bench.Measure();
        await bench.TickAsync(seconds);
        var after = bench.Measure();

        var polls = after.Polls - before.Polls;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {sources} sources, every {interval} s, measured for {seconds} s after a warm-up of one interval
            polls           {polls} ({(double)polls / seconds:0.0}/s; {(double)sources / interval:0.0}/s wanted at most), {100.0 * (after.Unchanged - before.Unchanged) / polls:0} % unchanged, {after.Failed - before.Failed} failed
            CPU             {(after.Cpu - before.Cpu).TotalSeconds / seconds:0.000} cores, {(after.Cpu - before.Cpu).TotalMilliseconds / polls:0.00} ms a poll
            memory          {Process.GetCurrentProcess().WorkingSet64 / 1024 / 1024} MiB resident, {GC.GetTotalMemory(true) / 1024 / 1024} MiB live heap
            lateness        p50 {after.Lateness[after.Lateness.Count / 2]:0.00} s, p99 {after.Lateness[after.Lateness.Count * 99 / 100]:0.00} s
            """));
    }

    /// <summary>What one unchanged and one changed poll cost, with nothing in between.</summary>
    private static async Task CostAsync(int sources, int interval, int port)
    {
        await using var bench = new PollBench(sources, interval, port, new PollLimits { HostGap = TimeSpan.Zero, StartStep = TimeSpan.Zero });
        using var control = new HttpClient();
        foreach (var (mode, about) in new[] { ("same", "first"), ("same", "304"), ("again", "200, none new"), ("new", "200, all new"), ("new", "200, 1 new") })
        {
            await control.GetAsync(new Uri($"http://127.0.0.1:{port}/mode/{mode}"));
            var (before, started, allocated) = (bench.Measure(), Stopwatch.StartNew(), GC.GetTotalAllocatedBytes());
            await bench.Poller.PollAllAsync(CancellationToken.None);
            var after = bench.Measure();
            var polls = after.Polls - before.Polls;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                {about,-16} {(after.Cpu - before.Cpu).TotalMilliseconds / polls:0.00} ms CPU and {(GC.GetTotalAllocatedBytes() - allocated) / polls >> 10} KiB allocated a poll, {polls / started.Elapsed.TotalSeconds:0} polls/s unpaced
                """));
        }
    }
}

/// <summary>A poller with everything around it, and a listener on its metrics.</summary>
internal sealed class PollBench : IAsyncDisposable
{
    private const int MaxSourcesPerHost = 40;
    private readonly string _folder = Directory.CreateTempSubdirectory("newswatch-bench-").FullName;
    private readonly ServiceProvider _services;
    private readonly MeterListener _listener = new();
    private readonly List<double> _lateness = [];
    private readonly Dictionary<string, long> _polls = [];

    public PollBench(int sources, int interval, int port, PollLimits limits)
    {
        _services = new ServiceCollection()
            .AddMetrics()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new ConfigurationHolder(Configuration(sources, interval, port)))
            .AddSingleton(new Database(Path.Combine(_folder, "newswatch.db")))
            .AddSingleton<WorkSignals>()
            .AddSingleton<Leases>()
            .AddSingleton(new Progress(TimeProvider.System))
            .AddSingleton(typeof(Microsoft.Extensions.Logging.ILogger<>), typeof(NullLogger<>))
            .AddFetching()
            .AddPolling()
            .AddSingleton(limits)
            .BuildServiceProvider();
        Listen();
        Poller = _services.GetRequiredService<SourcePoller>();
    }

    public SourcePoller Poller { get; }

    /// <summary>What the clockwork does, for so many seconds.</summary>
    public async Task TickAsync(int seconds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var second = 0; second < seconds; second++)
        {
            await Poller.StartDueAsync(CancellationToken.None);
            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Counts so far; the lateness counts anew from here.</summary>
    public (long Polls, long Unchanged, long Failed, TimeSpan Cpu, IReadOnlyList<double> Lateness) Measure()
    {
        lock (_polls)
        {
            IReadOnlyList<double> lateness = [.. _lateness.Order()];
            _lateness.Clear();
            return (_polls.Values.Sum(), _polls.GetValueOrDefault("unchanged"), _polls.GetValueOrDefault("failed"), Process.GetCurrentProcess().TotalProcessorTime, lateness);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Poller.StopAsync(CancellationToken.None);
        _listener.Dispose();
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void Listen()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name is "polls_total" or "poll_lateness_seconds")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, lateness, _, _) =>
        {
            lock (_polls)
            {
                _lateness.Add(lateness);
            }
        });
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            var outcome = (string)tags[0].Value!;
            lock (_polls)
            {
                _polls[outcome] = _polls.GetValueOrDefault(outcome) + count;
            }
        });
        _listener.Start();
    }

    private static WatchConfiguration Configuration(int sources, int interval, int port) => new()
    {
        Version = "bench",
        Defaults = new Defaults(),
        Publishers = new Dictionary<string, Publisher>(),
        Sources = Enumerable.Range(0, sources).Select(n => Source(n, interval, port)).ToDictionary(source => source.Id),
        Vocabulary = Vocabulary.Empty,
        Rules = new Dictionary<string, WatchRule>(),
        RuleSet = RuleSet.Compile([], Vocabulary.Empty),
        Channels = new Dictionary<string, Channel>(),
        Subscribers = new Dictionary<string, Subscriber>(),
        Operator = new Operator { AllowPrivate = [IPNetwork.Parse("127.0.0.0/8")], AllowPorts = [port] },
    };

    /// <summary>Each host is an address of its own on loopback, with no more sources than one request a second can serve at leisure.</summary>
    private static Source Source(int n, int interval, int port)
    {
        var host = n / Math.Clamp(interval / 4, 1, MaxSourcesPerHost);
        return new() { Id = $"s{n}", Url = $"http://127.1.{host / 250}.{(host % 250) + 1}:{port}/{n}", Poll = TimeSpan.FromSeconds(interval) };
    }
}
