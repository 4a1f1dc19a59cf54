using System.Globalization;
using NewsWatch.Storage.Shares;
using NewsWatch.Tests.Support;

namespace NewsWatch.Bench.Replicas;

/// <summary>
/// Replicas under load, one of them killed (SIGKILL) or stopped for 8, 12 or 30 s (SIGSTOP) at random moments, and at every fifth the server of the database killed: what was lost, what came twice, how
/// soon the others had taken over, and whether a host was ever asked twice at once.
/// </summary>
internal static class ReplicaCrash
{
    private const int Connections = 4;
    private const int StopEvery = 7;
    private const int ServerEvery = 5;
    private static readonly int[] StopSeconds = [8, 12, 30];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(ReplicaCrashOptions options)
    {
#pragma warning disable CA5394 // moments to kill at are no secret
        var (random, kills) = (new Random(options.Seed), options.Kills);
        await using var load = await ReplicaLoad.OpenAsync(options.Sources, options.Hosts, TimeSpan.FromMilliseconds(50), poll: 10, isFile: false);
        await using var takeOvers = new TakeOvers(load);
        var names = 0;
        var services = Enumerable.Range(0, options.Replicas).Select(_ => Start(load, $"replica-{++names}")).ToList();
        var (stops, servers, ended) = (new List<TimeSpan>(), 0, 0);
        for (var kill = 1; kill <= kills; kill++)
        {
            load.Feeds.Publish(2);
            await Task.Delay(random.Next(2_000, 6_000));
            ended += await StartAgainAsync(load, services);
            var victim = random.Next(services.Count);
            var (process, name) = services[victim];
            if (options.StopsAlone || kill % StopEvery == 0)
            {
                stops.Add(TimeSpan.FromSeconds(StopSeconds[stops.Count % StopSeconds.Length]));
                await StopAsync(process, stops[^1]);
            }
            else if (kill % ServerEvery == 0)
            {
                servers++;
                await load.KillServerAsync();
            }
            else
            {
                await takeOvers.BeginAsync(name);
                await process.DisposeAsync();

                // A supervisor starts a process again under its name; an orchestrator starts another one.
                services[victim] = Start(load, kill % 2 == 0 ? $"replica-{++names}" : name);
            }

            if (kill % 10 == 0)
            {
                Console.WriteLine($"{kill} events, {load.Feeds.Published} news published, {load.Copies().Count} told");
            }
        }
#pragma warning restore CA5394

        await load.DrainAsync(Patience);
        await takeOvers.EndedAsync(Patience);
        foreach (var (process, _) in services)
        {
            await process.DisposeAsync();
        }

        return await PrintAsync(load, kills, stops, servers, ended, takeOvers.Seconds);
    }

    private static (ServiceProcess Process, string Name) Start(ReplicaLoad load, string name) => (load.Start(name), name);

    /// <summary>Starts what has ended by itself, as a supervisor does, and says why it had.</summary>
    private static async Task<int> StartAgainAsync(ReplicaLoad load, List<(ServiceProcess Process, string Name)> services)
    {
        var ended = services.Where(service => service.Process.HasEnded).ToList();
        foreach (var (process, name) in ended)
        {
            Console.WriteLine($"{name} ended by itself ({await process.EndAsync(CancellationToken.None)}): {process.Output.Split('\n')[^1]}");
            await process.DisposeAsync();
            services[services.IndexOf((process, name))] = Start(load, name);
        }

        return ended.Count;
    }

    private static async Task StopAsync(ServiceProcess service, TimeSpan time)
    {
        await service.SignalAsync("STOP");
        await Task.Delay(time);
        await service.SignalAsync("CONT");
    }

    private static async Task<int> PrintAsync(ReplicaLoad load, int kills, IReadOnlyList<TimeSpan> stops, int servers, int ended, IReadOnlyList<double> takeOvers)
    {
        var (copies, (requests, overlaps, early)) = (load.Copies(), load.Feeds.Count);
        var duplicated = copies.Values.Sum(count => count - 1);
        var last = takeOvers.Count == 0 ? 0 : takeOvers[^1];
        var killed = kills - stops.Count - servers;
        var allowed = (killed + servers + ended + stops.Count(stop => stop > WorkShare.GoneAfter)) * Connections;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {kills} events: {killed} replicas killed, {stops.Count} stopped for 8 to 30 s, the server killed {servers} times, {ended} ended by themselves; {load.Feeds.Published} news
            lost            {load.Lost}
            duplicated      {duplicated} copies too many, {allowed} allowed (1 for each death, or stop of more than 15 s, and each of {Connections} connections), at most {copies.Values.DefaultIfEmpty().Max()} copies of one id
            take-over       p50 {(takeOvers.Count == 0 ? 0 : takeOvers[takeOvers.Count / 2]):0.0} s, p99 {(takeOvers.Count == 0 ? 0 : takeOvers[takeOvers.Count * 99 / 100]):0.0} s, most {last:0.0} s ({takeOvers.Count} kills)
            hosts           {requests} requests, {overlaps} overlaps, {early} sooner than 0.95 s after another
            """));
        foreach (var left in load.Lost > 0 ? await load.AskAsync("SELECT state || ' ' || count(*) || ' ' || coalesce(max(last_error), '') FROM delivery GROUP BY state") ?? [] : [])
        {
            Console.WriteLine(left);
        }

        return load.Lost == 0 && copies.Values.DefaultIfEmpty().Max() <= 3 && duplicated <= allowed ? 0 : 1;
    }
}

/// <summary>What the verb was asked for.</summary>
/// <param name="StopsAlone">Processes are stopped and go on; none is killed.</param>
internal sealed record ReplicaCrashOptions(int Replicas, int Kills, int Seed, int Sources, int Hosts, bool StopsAlone);
