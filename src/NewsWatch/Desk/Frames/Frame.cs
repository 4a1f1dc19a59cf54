using NewsWatch.Core.Alerts;
using NewsWatch.Desk.Access;
using NewsWatch.Storage.Views;

namespace NewsWatch.Desk.Frames;

/// <summary>What is around a page: who reads it, in which zone and theme, and how the service does.</summary>
/// <param name="Title">The page's heading.</param>
/// <param name="Path">The page's address with its query, for forms that come back to it.</param>
/// <param name="Theme">light, dark or system.</param>
/// <param name="Visitor">Null on the page to sign in.</param>
/// <param name="Pulse">Null on the page to sign in.</param>
public sealed record Frame(string Title, string Path, string Theme, Visitor? Visitor, Pulse? Pulse, TimeZoneInfo Zone, DateTimeOffset Now)
{
    /// <summary>The day in the zone.</summary>
    public DateTime Today { get; } = TimeZoneInfo.ConvertTime(Now, Zone).Date;
}

/// <summary>How the service does, at most a second old.</summary>
/// <param name="Silences">Those that are on.</param>
public sealed record Pulse(bool Ready, Counts Counts, IReadOnlyList<Silence> Silences)
{
    /// <summary>Sources that are failing or gone.</summary>
    public int BadSources => Counts.Sources.GetValueOrDefault("failing") + Counts.Sources.GetValueOrDefault("gone");

    /// <summary>Deliveries that were given up.</summary>
    public int Dead => Counts.Deliveries.GetValueOrDefault("dead");

    /// <summary>Deliveries on their way.</summary>
    public int Pending => Counts.Deliveries.GetValueOrDefault("pending") + Counts.Deliveries.GetValueOrDefault("leased");
}
