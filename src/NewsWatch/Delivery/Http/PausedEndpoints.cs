using System.Globalization;
using NewsWatch.Configuration;
using NewsWatch.Storage;

namespace NewsWatch.Delivery.Http;

/// <summary>
/// Endpoints that asked to be left alone for a time (<c>Retry-After</c>, RFC 9110 section 10.2.3), with all their messages. It is in the database, so that it holds for every replica and
/// after a restart; another address in the configuration ends it.
/// </summary>
internal sealed class PausedEndpoints(Database database, ConfigurationHolder configuration, TimeProvider clock)
{
    /// <summary>Begins a pause, in the caller's transaction.</summary>
    public void Begin(Session db, string channel, TimeSpan length)
    {
        if (RetiredEndpoints.AddressOf(configuration.Current, channel) is { Length: > 0 } address)
        {
            var begun = clock.GetUtcNow().ToUnixTimeMilliseconds();
            InstallationSettings.Set(db, Name(channel), string.Create(CultureInfo.InvariantCulture, $"{begun} {begun + (long)length.TotalMilliseconds} {address}"));
        }
    }

    /// <summary>True while the channel's present address is to be left alone.</summary>
    public bool IsPaused(string channel) =>
        RetiredEndpoints.AddressOf(configuration.Current, channel) is { Length: > 0 } address
        && database.Read(db => InstallationSettings.Get(db, Name(channel))) is { } pause
        && pause.Split(' ') is [var begun, var end, var asked]
        && asked == address
        && clock.GetUtcNow().ToUnixTimeMilliseconds() is var now
        && now < Milliseconds(end)
        && now >= Milliseconds(begun); // where the clock was set back nobody knows how much of it is left

    private static string Name(string channel) => $"endpoint-pause/{channel}";

    private static long Milliseconds(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
