using System.Diagnostics;
using NewsWatch.Bench.World;
using NewsWatch.Tests.Support;

namespace NewsWatch.Bench;

/// <summary>
/// <c>world [NAME...]</c>: what the world may do to a service, done to the built program in a process of its own. One line a trial: held, NOT HELD,
/// skipped with what is missing here, or FAILED when it could not be tried. Figures of time mean something on a quiet machine only.
/// </summary>
internal static class WorldVerb
{
    public static Verb Verb { get; } = new("[TRIAL...]", "the built program against full disks, slow servers, wrong clocks, hostile sources; exit 1 if a promise is not held", RunAsync);

    private static async Task<int> RunAsync(string[] args)
    {
        if (args is ["--inside", var name])
        {
            return await PrivateNetwork.InsideAsync(name);
        }

        var started = Stopwatch.GetTimestamp();
        Console.WriteLine(ServiceProgram.Find());
        using var bad = new BadSources();
        var exit = await new TrialRun(WorldTrials.All(bad), Console.Out).RunAsync(args);
        Console.WriteLine($"{Stopwatch.GetElapsedTime(started).TotalMinutes:0.0} minutes");
        return exit;
    }
}
