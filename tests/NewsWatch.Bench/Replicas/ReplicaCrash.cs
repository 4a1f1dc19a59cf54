using System.Globalization;
using NewsWatch.Storage.Shares;
using NewsWatch.Tests.Support;

namespace NewsWatch.Bench.Replicas;

/// <summary>
/// Replicas under load, one of them killed (SIGKILL) or stopped for 8, 12 or 30 s (SIGSTOP) at random moments, and at every fifth the server of the database killed: what was lost, what came twice, how
/// soon the others had taken over, and whether a host was ever asked twice at once.
/// </summary>
internal sealed class ReplicaCrash : IAsyncDisposable
{
    private const int Connections = 4;
    private const int StopEvery = 7;
    private const int ServerEvery = 5;
    private static readonly int[] StopSeconds = [8, 12, 30];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ReplicaCrashOptions _options;
    private readonly ReplicaLoad _load;
    private readonly Random _random;
    private readonly TakeOvers _takeOvers;
    private readonly CrashTrace _trace;
    private readonly List<(ServiceProcess Process, string Name)> _services = [];
    private readonly List<TimeSpan> _stops = [];
    private int _names;
    private int _starts;
    private int _killed;
    private int _servers;
    private int _ended;

    private ReplicaCrash(ReplicaCrashOptions options, ReplicaLoad load)
    {
        (_options, _load, _random) = (options, load, new Random(options.Seed));
        (_takeOvers, _trace) = (new(load), new(load));
        _services.AddRange(Enumerable.Range(0, options.Replicas).Select(_ => Start(NextName())));
    }

    public static async Task<int> RunAsync(ReplicaCrashOptions options)
    {
        await using var load = await ReplicaLoad.OpenAsync(options.Sources, options.Hosts, TimeSpan.FromMilliseconds(50), poll: 10, isFile: false);
        await using var crash = new ReplicaCrash(options, load);
        await using (new SteadyNews(load.Feeds, options.Rate))
        {
            await crash.EventsAsync();
        }

        await load.DrainAsync(Patience);
        await crash._takeOvers.EndedAsync(Patience);
        return await crash.PrintAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _takeOvers.DisposeAsync();
        foreach (var (process, _) in _services)
        {
            await process.DisposeAsync();
        }
    }

    private async Task EventsAsync()
    {
        for (var number = 1; number <= _options.Kills; number++)
        {
#pragma warning disable CA5394 // moments to kill at are no secret
            await Task.Delay(TimeSpan.FromSeconds(_options.Every * (0.5 + _random.NextDouble())));
            await StartAgainAsync();
            await EventAsync(number, _random.Next(_services.Count));
#pragma warning restore CA5394
            if (number % 10 == 0)
            {
                Console.WriteLine($"{number} events, {_load.Feeds.Published} news published, {_load.Told} told");
            }
        }
    }

    private async Task EventAsync(int number, int victim)
    {
        var name = _services[victim].Name;
        if (_options.StopsAlone || number % StopEvery == 0)
        {
            _stops.Add(TimeSpan.FromSeconds(StopSeconds[_stops.Count % StopSeconds.Length]));
            _trace.Note($"{name} stopped for {_stops[^1].TotalSeconds} s");
            await StopAsync(_services[victim].Process, name, _stops[^1]);
        }
        else if (number % ServerEvery == 0)
        {
            _servers++;
            _trace.Note("server killed");
            await _load.KillServerAsync();
            _takeOvers.ServerIsBack();
        }
        else
        {
            _killed++;
            await _takeOvers.DiesAsync(name);
            _trace.Note($"{name} killed");
            await _services[victim].Process.DisposeAsync();

            // A supervisor starts a process again under its name; an orchestrator starts another one.
            _services[victim] = Start(number % 2 == 0 ? NextName() : name);
        }
    }

    private string NextName() => $"replica-{++_names}";

    private (ServiceProcess Process, string Name) Start(string name) => (_load.Start(name, _starts++ % 2 == 0 ? null : _options.Other), name);

    /// <summary>Starts what has ended by itself, as a supervisor does, and says why it had.</summary>
    private async Task StartAgainAsync()
    {
        var ended = _services.Where(service => service.Process.HasEnded).ToList();
        foreach (var (process, name) in ended)
        {
            _trace.Note($"{name} ended by itself ({await process.EndAsync(CancellationToken.None)}): {process.Output.Split('\n')[^1]}");
            await process.DisposeAsync();
            _services[_services.IndexOf((process, name))] = Start(name);
        }

        _ended += ended.Count;
    }

    private async Task StopAsync(ServiceProcess service, string name, TimeSpan time)
    {
        await _takeOvers.StandsStillAsync(name);
        await service.SignalAsync("STOP");
        await Task.Delay(time);
        await service.SignalAsync("CONT");
        await _takeOvers.StandsStillAsync(name);
    }

    private async Task<int> PrintAsync()
    {
        var (lost, repeated, twice, (requests, overlaps, early)) = (_load.Lost(), _load.Repeated(), _load.ToldTwice(), _load.Feeds.Count);
        var duplicated = repeated.Sum(message => message.Copies.Count - 1);
        var most = repeated.Select(message => message.Copies.Count).DefaultIfEmpty(1).Max();
        var allowed = (_killed + _servers + _ended + _stops.Count(stop => stop > WorkShare.GoneAfter)) * Connections;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {_options.Kills} events: {_killed} replicas killed, {_stops.Count} stopped for 8 to 30 s, the server killed {_servers} times, {_ended} ended by themselves; {_load.Feeds.Published} news
            lost            {lost.Count}; {twice.Count} told by two messages
            duplicated      {duplicated} copies too many, {allowed} allowed (1 for each death, or stop of more than 15 s, and each of {Connections} connections), at most {most} copies of one id
            take-over       {Times(_takeOvers.Seconds)} from the last death, stop or start of the server that concerned it ({_takeOvers.Again} times one had to begin again)
            in all          {Times(_takeOvers.SecondsInAll)} since the owner's death, whatever happened meanwhile
            hosts           {requests} requests, {overlaps} overlaps, {early} sooner than 0.95 s after another
            """));
        await _trace.PrintAsync(lost, repeated, twice);
        return lost.Count + twice.Count + overlaps == 0 && most <= 3 && duplicated <= allowed ? 0 : 1;
    }

    private static string Times(IReadOnlyList<double> sorted) => sorted.Count == 0 ? "-" : string.Create(
        CultureInfo.InvariantCulture, $"p50 {sorted[sorted.Count / 2]:0.0} s, p99 {sorted[sorted.Count * 99 / 100]:0.0} s, most {sorted[^1]:0.0} s of {sorted.Count}");
}

/// <summary>What the verb was asked for.</summary>
/// <param name="Rate">News a second, at one source after the other.</param>
/// <param name="Every">Seconds between two events in the mean: from half to one and a half times as many.</param>
/// <param name="Other">The newswatch.dll of another release, which every second start runs; null for none.</param>
/// <param name="StopsAlone">Processes are stopped and go on; none is killed.</param>
internal sealed record ReplicaCrashOptions(int Replicas, int Kills, int Seed, int Sources, int Hosts, double Rate, double Every, string? Other, bool StopsAlone);
