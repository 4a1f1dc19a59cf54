using System.Globalization;

namespace NewsWatch.Configuration.Binding;

/// <summary>Warns of a host whose sources are to be polled more often than it is asked: one request at a time, and one a second, however many services share the work.</summary>
internal static class BusyHostWarnings
{
    private const double Rounding = 0.001; // of the sum of many fractions

    public static void Warn(Section section, IEnumerable<Source> sources)
    {
        foreach (var host in sources.Where(source => source.Kind != SourceKind.File && !source.AutoPoll && Uri.TryCreate(source.Url, UriKind.Absolute, out _)).GroupBy(source => new Uri(source.Url).IdnHost))
        {
            var wanted = host.Sum(source => 1 / source.Poll.TotalSeconds); // requests a second
            if (wanted > 1 + Rounding)
            {
                var first = host.First().Id;
                section.Problems.Warn(section.Object("Sources")!.KeyPlaceOf(first), $"Sources.{first}", string.Create(
                    CultureInfo.InvariantCulture,
                    $"its host {host.Key} carries {host.Count()} sources that ask for {wanted:0.0} requests a second together, and a host gets one: each is polled {wanted:0.0} times more rarely than its Poll says. Lengthen Poll."));
            }
        }
    }
}
