namespace NewsWatch.Configuration.Binding;

/// <summary>Warns of hosts that are asked for more than they can give.</summary>
internal static class BusyHostWarnings
{
    public static void Warn(Section section, IEnumerable<Source> sources)
    {
        foreach (var host in BusyHost.Among(sources))
        {
            section.Problems.Warn(section.Object("Sources")!.KeyPlaceOf(host.First.Id), $"Sources.{host.First.Id}", $"its {host.Sentence}. Lengthen Poll.");
        }
    }
}
