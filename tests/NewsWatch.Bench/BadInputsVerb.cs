using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using NewsWatch.Tests.Hostile;

namespace NewsWatch.Bench;

/// <summary>
/// <c>badinputs FILE</c>: runs each hostile or broken input's tests (the methods <c>Row_NN_...</c> of the tests' room Hostile) and says whether
/// what must happen happened, how much memory each took, and what it did to the polls of well sources that go on meanwhile. Those are compared with polls
/// of the same sources right after each row, for as long a time, so that whatever else the machine does is in both; the median of several rounds counts.
/// A row without a test is told as such, and counts as not passed.
/// </summary>
internal static class BadInputsVerb
{
    private const int MaxMilliseconds = 30_000;
    private const int MaxMebibytes = 64;
    private const double MaxSlower = 0.10;
    private const int Rounds = 3;

    public static Verb Verb { get; } = new("FILE [--row N] [--rounds N]", "hostile inputs: passed or what happened, memory, p99 of other polls; exit 1 if one fails", RunAsync);

    private static async Task<int> RunAsync(string[] args)
    {
        var only = Option(args, "--row");
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(args[0]));
        var rows = document.RootElement.EnumerateArray().Select(row => (Id: row.GetProperty("id").GetInt32(), Name: row.GetProperty("name").GetString())).Where(row => only is null || row.Id == only).ToList();
        await using var neighbours = await Neighbours.StartAsync();
        var passed = 0;
        foreach (var (id, name) in rows)
        {
            var (problem, told) = await TryAsync(id);
            passed += problem is null ? 1 : 0;
            Console.WriteLine($"{id,3} {(problem is null ? "pass" : "FAIL")}  {name}{(problem is null ? "" : ": " + problem)}  ({told})");
        }

        var moves = new List<double>();
        for (var round = 1; round <= (Option(args, "--rounds") ?? Rounds); round++)
        {
            moves.Add(await MoveAsync(rows.Select(row => row.Id), neighbours));
        }

        var moved = moves.Order().ElementAt(moves.Count / 2);
        Console.WriteLine($"other polls: p99 moved by {moved:+0.0%;-0.0%}");
        Console.WriteLine($"{passed} of {rows.Count}");
        return passed == rows.Count && moved < MaxSlower ? 0 : 1;
    }

    private static async Task<(string? Problem, string Told)> TryAsync(int id)
    {
        var tests = Tests(id);
        if (tests.Count == 0)
        {
            return ("no test of this name", "");
        }

        // The first run pays for what any first run costs: compiling code, opening libraries.
        var problem = await RunAsync(tests);
        var (took, grown) = (0.0, 0.0);
        foreach (var test in tests)
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            using var memory = new MemoryWatch();
            var started = Stopwatch.GetTimestamp();
            problem ??= await RunAsync([test]);
            took += Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            grown = Math.Max(grown, memory.Grown / (1024.0 * 1024));
        }

        problem ??= took > MaxMilliseconds ? $"it took {took:0} ms" : grown > MaxMebibytes ? $"memory grew by {grown:0} MiB" : null;
        return (problem, $"{took:0} ms, +{grown:0} MiB");
    }

    /// <summary>By what fraction the p99 of the polls beside the rows is above that of polls beside nothing.</summary>
    private static async Task<double> MoveAsync(IEnumerable<int> rows, Neighbours neighbours)
    {
        var (beside, alone) = (new List<TimeSpan>(), new List<TimeSpan>());
        foreach (var id in rows)
        {
            var started = Stopwatch.GetTimestamp();
            await RunAsync(Tests(id));
            var took = Stopwatch.GetElapsedTime(started);
            beside.AddRange(neighbours.Since(started));
            GC.Collect();
            started = Stopwatch.GetTimestamp();
            await Task.Delay(took);
            alone.AddRange(neighbours.Since(started));
        }

        var (with, without) = (Neighbours.Percentile(beside), Neighbours.Percentile(alone));
        Console.WriteLine($"{beside.Count} other polls beside the rows: p99 {with.TotalMilliseconds:0.0} ms; {alone.Count} alone: {without.TotalMilliseconds:0.0} ms ({(with / without) - 1:+0.0%;-0.0%})");
        return (with / without) - 1;
    }

    private static int? Option(string[] args, string name) => Array.IndexOf(args, name) is > 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : null;

    private static List<MethodInfo> Tests(int id) =>
        [.. typeof(Rebinding).Assembly.GetTypes().Where(type => type.Namespace == typeof(Rebinding).Namespace).SelectMany(type => type.GetMethods())
            .Where(method => method.Name.StartsWith($"Row_{id:00}_", StringComparison.Ordinal))];

    private static async Task<string?> RunAsync(List<MethodInfo> tests)
    {
        try
        {
            foreach (var test in tests)
            {
                await (test.Invoke(Activator.CreateInstance(test.DeclaringType!), []) as Task ?? Task.CompletedTask);
            }

            return null;
        }
#pragma warning disable CA1031 // whatever a row throws is what happened
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return (failure is TargetInvocationException { InnerException: { } inner } ? inner : failure).Message.ReplaceLineEndings(" ");
        }
    }
}
