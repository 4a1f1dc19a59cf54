using System.Diagnostics;
using System.Globalization;
using NewsWatch.Tests.Support;

namespace NewsWatch.Bench.Replicas;

/// <summary>
/// Replicas under load, one of them killed (SIGKILL) or stopped for 8, 12 or 30 s (SIGSTOP) at random moments, and at every fifth the server of the database killed: what was lost, what came twice, how
/// soon the others had taken over, and whether a host was ever asked twice at once.
/// </summary>
internal static class ReplicaCrash
{
    private const int Sources = 24;
    private const int Hosts = 8;
    private const int Connections = 4;
    private const int StopEvery = 7;
    private const int ServerEvery = 5;
    private static readonly int[] StopSeconds = [8, 12, 30];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(int replicas, int kills, int seed)
    {
#pragma warning disable CA5394 // moments to kill at are no secret
        var random = new Random(seed);
        await using var load = await ReplicaLoad.OpenAsync(Sources, Hosts, TimeSpan.FromMilliseconds(50), poll: 10, isFile: false);
        var names = 0;
        var services = Enumerable.Range(0, replicas).Select(_ => Start(load, $"replica-{++names}")).ToList();
        var takeOvers = new List<Task<double>>();
        var (stops, servers) = (0, 0);
        for (var kill = 1; kill <= kills; kill++)
        {
            load.Feeds.Publish(2);
            await Task.Delay(random.Next(2_000, 6_000));
            var victim = random.Next(services.Count);
            var (process, name) = services[victim];
            if (kill % ServerEvery == 0)
            {
                servers++;
                await load.KillServerAsync();
            }
            else if (kill % StopEvery == 0)
            {
                await StopAsync(process, TimeSpan.FromSeconds(StopSeconds[stops++ % StopSeconds.Length]));
            }
            else
            {
                var joined = await load.AskAsync($"SELECT id FROM replica WHERE name = '{name}'");
                await process.DisposeAsync();
                takeOvers.AddRange((joined ?? []).Select(id => TakeOverAsync(load, id)));

                // A supervisor starts a process again under its name; an orchestrator starts another one.
                services[victim] = Start(load, kill % 2 == 0 ? $"replica-{++names}" : name);
            }

            if (kill % 10 == 0)
            {
                Console.WriteLine($"{kill} kills, {load.Feeds.Published} news published, {load.Copies().Count} told");
            }
        }
#pragma warning restore CA5394

        await load.DrainAsync(Patience);
        var seconds = (await Task.WhenAll(takeOvers)).Order().ToList();
        foreach (var (process, _) in services)
        {
            await process.DisposeAsync();
        }

        return await PrintAsync(load, kills, stops, servers, seconds);
    }

    private static (ServiceProcess Process, string Name) Start(ReplicaLoad load, string name) => (load.Start(name), name);

    private static async Task StopAsync(ServiceProcess service, TimeSpan time)
    {
        using (var stop = Process.Start("kill", $"-STOP {service.Id}"))
        {
            await stop.WaitForExitAsync();
        }

        await Task.Delay(time);
        using var goOn = Process.Start("kill", $"-CONT {service.Id}");
        await goOn.WaitForExitAsync();
    }

    /// <summary>Seconds until nothing is held by a dead replica any more.</summary>
    private static async Task<double> TakeOverAsync(ReplicaLoad load, string id)
    {
        var killed = Stopwatch.StartNew();
        var held = $"SELECT (SELECT count(*) FROM replica WHERE id = {id}) + (SELECT count(*) FROM owned WHERE replica = {id}) + (SELECT count(*) FROM owned WHERE replica IS NULL)";
        while (await load.AskAsync(held) is not ["0"] && killed.Elapsed < Patience)
        {
            await Task.Delay(250);
        }

        return killed.Elapsed.TotalSeconds;
    }

    private static async Task<int> PrintAsync(ReplicaLoad load, int kills, int stops, int servers, List<double> takeOvers)
    {
        var (copies, (requests, overlaps, early)) = (load.Copies(), load.Feeds.Count);
        var duplicated = copies.Values.Sum(count => count - 1);
        var last = takeOvers.Count == 0 ? 0 : takeOvers[^1];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {kills} events: {kills - stops - servers} replicas killed, {stops} stopped for 8 to 30 s, the server killed {servers} times; {load.Feeds.Published} news
            lost            {load.Lost}
            duplicated      {duplicated} copies too many ({(double)duplicated / kills:0.00} an event; {Connections} connections), at most {copies.Values.DefaultIfEmpty().Max()} copies of one id
            take-over       p50 {(takeOvers.Count == 0 ? 0 : takeOvers[takeOvers.Count / 2]):0.0} s, p99 {(takeOvers.Count == 0 ? 0 : takeOvers[takeOvers.Count * 99 / 100]):0.0} s, most {last:0.0} s ({takeOvers.Count} kills)
            hosts           {requests} requests, {overlaps} overlaps, {early} sooner than 0.95 s after another
            """));
        foreach (var left in load.Lost > 0 ? await load.AskAsync("SELECT state || ' ' || count(*) || ' ' || coalesce(max(last_error), '') FROM delivery GROUP BY state") ?? [] : [])
        {
            Console.WriteLine(left);
        }

        return load.Lost == 0 && copies.Values.DefaultIfEmpty().Max() <= 3 && duplicated <= kills * Connections ? 0 : 1;
    }
}
