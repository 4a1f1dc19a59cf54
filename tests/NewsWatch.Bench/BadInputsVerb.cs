using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using NewsWatch.Tests.Hostile;

namespace NewsWatch.Bench;

/// <summary>
/// <c>badinputs FILE</c>: runs each hostile or broken input's tests (the methods <c>Row_NN_...</c> of the tests' room Hostile) and says whether
/// what must happen happened, how much memory it took, and what it did to the polls of well sources that go on meanwhile.
/// A row without a test is told as such, and counts as not passed.
/// </summary>
internal static class BadInputsVerb
{
    private const int MostMilliseconds = 30_000;
    private const int MostMebibytes = 64;
    private const double MostSlower = 0.10;

    public static Verb Verb { get; } = new("FILE [--row N]", "hostile inputs: passed or what happened, memory, p99 of other polls; exit 1 if one fails", RunAsync);

    private static async Task<int> RunAsync(string[] args)
    {
        var only = args is [_, "--row", var wanted] ? int.Parse(wanted, CultureInfo.InvariantCulture) : (int?)null;
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(args[0]));
        var rows = document.RootElement.EnumerateArray().Select(row => (Id: row.GetProperty("id").GetInt32(), Name: row.GetProperty("name").GetString())).Where(row => only is null || row.Id == only).ToList();
        await using var neighbours = await Neighbours.StartAsync();
        Console.WriteLine($"polls of {Neighbours.Count} well sources alone: p99 {neighbours.Usual.TotalMilliseconds:0.0} ms");
        var (passed, measured) = (0, new List<TimeSpan>());
        foreach (var (id, name) in rows)
        {
            var (problem, told) = await TryAsync(id, neighbours, measured);
            passed += problem is null ? 1 : 0;
            Console.WriteLine($"{id,3} {(problem is null ? "pass" : "FAIL")}  {name}{(problem is null ? "" : ": " + problem)}  ({told})");
        }

        var all = neighbours.Slower(measured);
        Console.WriteLine($"{measured.Count} other polls while the rows ran: p99 {Neighbours.Percentile(measured).TotalMilliseconds:0.0} ms ({all:+0.0%;-0.0%})");
        Console.WriteLine($"{passed} of {rows.Count}");
        return passed == rows.Count && all < MostSlower ? 0 : 1;
    }

    private static async Task<(string? Problem, string Told)> TryAsync(int id, Neighbours neighbours, List<TimeSpan> measured)
    {
        var tests = Tests(id);
        if (tests.Count == 0)
        {
            return ("no test of this name", "");
        }

        // The first run pays for what any first run costs: compiling code, opening libraries.
        var problem = await RunAsync(tests);
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var memory = new MemoryWatch();
        var started = Stopwatch.GetTimestamp();
        problem ??= await RunAsync(tests);
        var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var grown = memory.Grown / (1024.0 * 1024);
        problem ??= took > MostMilliseconds ? $"it took {took:0} ms" : grown > MostMebibytes ? $"memory grew by {grown:0} MiB" : null;
        var polls = neighbours.Since(started);
        measured.AddRange(polls);
        return (problem, $"{took:0} ms, +{grown:0} MiB, {polls.Count} other polls, p99 {Neighbours.Percentile(polls).TotalMilliseconds:0.0} ms");
    }

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
