using System.Globalization;

namespace NewsWatch.Configuration;

/// <summary>A host whose sources are to be polled more often than it is asked: one request at a time, and one a second, however many services share the work.</summary>
/// <param name="First">The first of its sources.</param>
/// <param name="Sources">How many sources are there.</param>
/// <param name="Wanted">Requests a second that their Poll asks for; more than one.</param>
internal sealed record BusyHost(string Name, Source First, int Sources, double Wanted)
{
    private const double Rounding = 0.001; // of the sum of many fractions

    /// <summary>What is asked of it, and what comes of that.</summary>
    public string Sentence => string.Create(
        CultureInfo.InvariantCulture,
        $"host {Name} carries {Sources} sources that ask for {Wanted:0.0} requests a second together, and a host gets one: each is polled {Wanted:0.0} times more rarely than its Poll says");

    /// <summary>Those of the sources whose Poll is written; the others are polled as often as they publish.</summary>
    public static IReadOnlyList<BusyHost> Among(IEnumerable<Source> sources) =>
    [
        .. sources.Where(source => source.Kind != SourceKind.File && !source.AutoPoll && Uri.TryCreate(source.Url, UriKind.Absolute, out _))
            .GroupBy(source => new Uri(source.Url).IdnHost)
            .Select(host => new BusyHost(host.Key, host.First(), host.Count(), host.Sum(source => 1 / source.Poll.TotalSeconds)))
            .Where(host => host.Wanted > 1 + Rounding),
    ];
}
