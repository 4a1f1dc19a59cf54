using System.Diagnostics;
using System.Globalization;
using NewsWatch.Bench.Replicas;
using NewsWatch.Tests.Support;

namespace NewsWatch.Bench;

/// <summary>
/// <c>crash --kills N [--seed S]</c>: the real service under load, killed (SIGKILL) at random moments and started again; then what was lost,
/// what came twice, and how soon after a start the first message left. With <c>--replicas</c> several services on PostgreSQL are killed in turn, and the server too.
/// </summary>
internal static class CrashVerb
{
    private const string WhatIsLeft =
        """
        SELECT 'source ' || id || ': ' || (SELECT count(*) FROM item WHERE item.source = source.id) || ' items, ' || state || ' ' || coalesce(last_error, '') FROM source
        UNION ALL SELECT 'items ' || state || ': ' || count(*) FROM item GROUP BY state
        UNION ALL SELECT 'deliveries over ' || channel || ' ' || state || ': ' || count(*) || ' ' || coalesce(last_error, '') FROM delivery GROUP BY channel, state, last_error
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static Verb Verb { get; } = new("--kills N [--seed S] [--replicas R [--sources N] [--hosts H] [--rate NEWS/S] [--every SECONDS] [--other NEWSWATCH.DLL] [--stops]]", "random SIGKILLs under load (--stops: SIGSTOPs alone): lost, duplicated, most copies, with replicas take-over and overlaps at a host; exit 1 if one is lost", RunAsync);

    private static async Task<int> RunAsync(string[] args)
    {
        string? Text(string name) => Array.IndexOf(args, name) is >= 0 and var at ? args[at + 1] : null;
        int Option(string name, int defaultValue) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : defaultValue;
        var (kills, seed, replicas) = (Option("--kills", 200), Option("--seed", 1), Option("--replicas", 1));
        if (replicas > 1)
        {
            return await ReplicaCrash.RunAsync(new(replicas, kills, seed, Option("--sources", 24), Option("--hosts", 8), Option("--rate", 5), Option("--every", 4), Text("--other"), args.Contains("--stops")));
        }

#pragma warning disable CA5394 // moments to kill at are no secret
        var random = new Random(seed);
#pragma warning restore CA5394
        await using var load = await CrashLoad.OpenAsync();
        await using (await LiveService.StartAsync(load.Desk.Folder, CancellationToken.None))
        {
            // It starts: from here on a message that is not there was lost, and not never sent.
        }

        var firstSends = new List<double>();
        for (var kill = 1; kill <= kills; kill++)
        {
            load.Publish();
            await RunAndKillAsync(load, random, firstSends);
            if (kill % 20 == 0)
            {
                Console.WriteLine($"{kill} kills, {load.Published} news published, {load.Desk.Mail.Accepted.Count} mails and {load.Desk.Hooks.Count} calls taken");
            }
        }

        await using (load.Desk.Start())
        {
            await load.DrainAsync(Patience);
        }

        return Print(load, kills, firstSends);
    }

    /// <summary>A start takes most of a second; it is killed in the seconds after that, whatever it is doing.</summary>
    private static async Task RunAndKillAsync(CrashLoad load, Random random, List<double> firstSends)
    {
        var waiting = load.Waiting;
        var taken = load.Taken;
#pragma warning disable CA5394
        var life = TimeSpan.FromMilliseconds(random.Next(700, 3_500));
#pragma warning restore CA5394
        var clock = Stopwatch.StartNew();
        await using var service = load.Desk.Start();
        double? first = null;
        while (clock.Elapsed < life)
        {
            await Task.Delay(50);
            first ??= load.Taken > taken ? clock.Elapsed.TotalSeconds : null;
        }

        if (waiting && first is { } seconds)
        {
            firstSends.Add(seconds);
        }
    }

    private static int Print(CrashLoad load, int kills, List<double> firstSends)
    {
        var result = load.Count();
        firstSends.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {kills} kills, {load.Published} news to a mail server and a webhook: {result.Arrived} messages arrived, {result.Quarantined} set aside after three unfinished attempts and told
            lost            {result.Lost}
            duplicated      {result.Duplicated} copies too many ({(double)result.Duplicated / kills:0.00} a kill; 6 connections), at most {result.MaxCopies} copies of one id
            first message   p50 {(firstSends.Count == 0 ? 0 : firstSends[firstSends.Count / 2]):0.0} s after a start with messages waiting, most {(firstSends.Count == 0 ? 0 : firstSends[^1]):0.0} s ({firstSends.Count} starts)
            database        {string.Join(' ', load.Desk.Ask("PRAGMA integrity_check"))}
            """));
        foreach (var left in result.Lost > 0 ? load.Desk.Ask(WhatIsLeft) : [])
        {
            Console.WriteLine(left);
        }

        return result is { Lost: 0, MaxCopies: <= 3 } ? 0 : 1;
    }
}
