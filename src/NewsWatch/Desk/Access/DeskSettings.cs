using Microsoft.Extensions.Configuration;

namespace NewsWatch.Desk.Access;

/// <summary>The desk's settings in the section Web.</summary>
/// <param name="IsOn"><c>Web:Desk</c>; without it no page exists.</param>
/// <param name="ViewerToken"><c>Web:ViewerToken</c>: opens every page, but shows no addresses of people; null for none.</param>
internal sealed record DeskSettings(bool IsOn, string? ViewerToken)
{
    /// <summary>Reads the settings; an empty one counts as absent.</summary>
    public static DeskSettings From(IConfiguration settings) => new(
        !string.Equals(settings["Web:Desk"], "false", StringComparison.OrdinalIgnoreCase),
        string.IsNullOrWhiteSpace(settings["Web:ViewerToken"]) ? null : settings["Web:ViewerToken"]);
}
