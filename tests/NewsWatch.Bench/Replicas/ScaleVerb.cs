using System.Diagnostics;
using System.Globalization;
using NewsWatch.Tests.Support;

namespace NewsWatch.Bench.Replicas;

/// <summary>
/// <c>scale</c>: the same load for one service on a file, one on PostgreSQL, and several: steady polls, then news at every source at once, then the same news at every source, then one of several replicas is killed.
/// In one run, so that the ratios mean something; the machine's cores are shared by all processes and the database.
/// </summary>
internal static class ScaleVerb
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static Verb Verb { get; } = new(
        "[--replicas N] [--sources S] [--hosts H] [--seconds T] [--news K] [--readers R] [--latency MS]", "one service on a file, one on PostgreSQL, N: polls/s, alerts/s, WAL and commits a poll, overlaps at a host, lateness when one is killed; exit 1 if news is lost", RunAsync);

    private static async Task<int> RunAsync(string[] args)
    {
        int Option(string name, int defaultValue) => Array.IndexOf(args, name) is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : defaultValue;
        var replicas = Option("--replicas", 3);
        var load = new Load(Option("--sources", 600), Option("--hosts", 120), TimeSpan.FromMilliseconds(Option("--latency", 200)), Option("--seconds", 60), Option("--news", 2), Option("--readers", 1));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{load.Sources} sources at {load.Hosts} hosts that take {load.Latency.TotalMilliseconds} ms, each polled every 10 s; {Environment.ProcessorCount} cores for everything"));
        Console.WriteLine("                     polls/s  commits/poll  WAL B/poll  CPU ms/poll  alerts/s  lost  twice  overlaps  early  one story/s");
        var isWhole = true;
        foreach (var (name, count, isFile) in new[] { ("file, 1 service", 1, true), ("PostgreSQL, 1", 1, false), ($"PostgreSQL, {replicas}", replicas, false) })
        {
            isWhole &= await MeasureAsync(name, count, isFile, load);
        }

        return isWhole ? 0 : 1;
    }

    private static async Task<bool> MeasureAsync(string name, int count, bool isFile, Load wanted)
    {
        await using var load = await ReplicaLoad.OpenAsync(wanted.Sources, wanted.Hosts, wanted.Latency, poll: 10, isFile, wanted.Readers);
        var services = Enumerable.Range(1, count).Select(number => load.Start($"replica-{number}")).ToList();
        try
        {
            while (load.Feeds.Count.Requests < wanted.Sources)
            {
                await Task.Delay(200);
            }

            await Task.Delay(TimeSpan.FromSeconds(20)); // all have joined, and every source was asked twice
            var (requests, work, cpu) = (load.Feeds.Count.Requests, await WorkAsync(load), Cpu(services));
            await Task.Delay(TimeSpan.FromSeconds(wanted.Seconds));
            var (polls, after, used) = (load.Feeds.Count.Requests - requests, await WorkAsync(load), Cpu(services) - cpu);
            load.Feeds.Publish(wanted.News);
            var took = await load.DrainAsync(Patience);
            var (_, overlaps, early) = load.Feeds.Count;
            var (lost, twice) = (load.Lost().Count, load.Repeated().Sum(message => message.Copies.Count - 1));
            var decided = load.Place.Length == 0 ? "-" : (await OneStoryAsync(load, wanted.Sources)).ToString("0.0", CultureInfo.InvariantCulture);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-20} {(double)polls / wanted.Seconds,7:0.0}  {Each(after.Commits - work.Commits, polls),12}  {Each(after.Wal - work.Wal, polls),10}  {used.TotalMilliseconds / polls,11:0.00}  {load.Told / took.TotalSeconds,8:0.0}  {lost,4}  {twice,5}  {overlaps,8}  {early,5}  {decided,11}"));
            if (count > 1)
            {
                Console.WriteLine(await KilledReplica.MeasureAsync(load, services[0], "replica-1", wanted.Sources));
            }

            return lost == 0 && overlaps == 0;
        }
        finally
        {
            foreach (var service in services)
            {
                await service.DisposeAsync();
            }
        }
    }

    /// <summary>All sources have the same news: how many of them are decided a second. Each is about the same story, so that no two are decided at once.</summary>
    private static async Task<double> OneStoryAsync(ReplicaLoad load, int sources)
    {
        const string Done = "SELECT count(*)::text FROM item WHERE state = 'done'";
        var (begun, before) = (Stopwatch.StartNew(), await load.CountAsync(Done));
        load.Feeds.PublishSame();
        while (await load.CountAsync(Done) < before + sources)
        {
            await Task.Delay(200);
        }

        return sources / begun.Elapsed.TotalSeconds;
    }

    /// <summary>Commits of the database and bytes of its log so far; zero for a file.</summary>
    private static async Task<(double Commits, double Wal)> WorkAsync(ReplicaLoad load)
    {
        if (load.Place.Length == 0)
        {
            return (0, 0);
        }

        await load.AskAsync("SELECT pg_stat_clear_snapshot()");
        var work = await load.AskAsync("SELECT xact_commit || ' ' || (pg_current_wal_lsn() - '0/0') FROM pg_stat_database WHERE datname = current_database()");
        var words = work![0].Split(' ');
        return (double.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture));
    }

    private static TimeSpan Cpu(IEnumerable<ServiceProcess> services) => services.Aggregate(TimeSpan.Zero, (sum, service) =>
    {
        using var process = Process.GetProcessById(service.Id);
        return sum + process.TotalProcessorTime;
    });

    private static string Each(double work, long polls) => work == 0 ? "-" : (work / polls).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>What the sources, hosts and readers do.</summary>
    /// <param name="Latency">What a feed takes to answer.</param>
    /// <param name="Seconds">How long polls are counted.</param>
    /// <param name="News">How many each source then has at once.</param>
    /// <param name="Readers">Each news is for one of them.</param>
    private sealed record Load(int Sources, int Hosts, TimeSpan Latency, int Seconds, int News, int Readers);
}
