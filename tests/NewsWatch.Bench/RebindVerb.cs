using System.Diagnostics;
using System.Globalization;
using NewsWatch.Tests.Hostile;

namespace NewsWatch.Bench;

/// <summary>
/// <c>rebind</c>: so many polls of a name that leads to an allowed address and to 127.0.0.1 in turn. With <c>--dns</c> the answers come from a name
/// server at 127.0.0.1:53 over the system's resolver, as in <c>tests/rebinding.sh</c>, which makes a network of its own for that.
/// </summary>
internal static class RebindVerb
{
    public static Verb Verb { get; } = new("[POLLS] [--dns]", "polls of a rebinding name; exit 1 if one connects inside", RunAsync);

    private static async Task<int> RunAsync(string[] args)
    {
        var polls = args.Length > 0 && int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? wanted : 10_000;
        var started = Stopwatch.GetTimestamp();
        var told = args.Contains("--dns") ? await Rebinding.OverDnsAsync(polls) : await Rebinding.PollAsync(polls);
        Console.WriteLine($"{told}; {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
        return told.Trespasses == 0 && told.Fetched > 0 && told.Blocked > 0 ? 0 : 1;
    }
}
