using System.Collections.Immutable;
using System.Globalization;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Templates;
using NewsWatch.Core.Text;
using NewsWatch.Storage;

namespace NewsWatch.Delivery.Http;

/// <summary>
/// Endpoints that asked to be left alone for a time (<c>Retry-After</c>, RFC 9110 section 10.2.3), with all their messages. It is in the database, so that it holds for every replica and
/// after a restart; another address, secret or value of the channel's template ends it: it may be what the endpoint waits for.
/// </summary>
internal sealed class PausedEndpoints(Database database, ConfigurationHolder configuration, TimeProvider clock)
{
    /// <summary>Begins a pause, in the caller's transaction.</summary>
    public void Begin(Session db, string channel, TimeSpan length)
    {
        if (AccessHash(channel) is { } access)
        {
            var begun = clock.GetUtcNow().ToUnixTimeMilliseconds();
            InstallationSettings.Set(db, Name(channel), string.Create(CultureInfo.InvariantCulture, $"{begun} {begun + (long)length.TotalMilliseconds} {access}"));
        }
    }

    /// <summary>True while the channel, as it is configured now, is to be left alone.</summary>
    public bool IsPaused(string channel) =>
        AccessHash(channel) is { } access
        && database.Read(db => InstallationSettings.Get(db, Name(channel))) is { } pause
        && pause.Split(' ') is [var begun, var end, var asked]
        && asked == access
        && clock.GetUtcNow().ToUnixTimeMilliseconds() is var now
        && now < Milliseconds(end)
        && now >= Milliseconds(begun); // where the clock was set back nobody knows how much of it is left

    /// <summary>A hash of a webhook's address and of what it is signed and filled with; null for a channel of another kind, or one that is not configured.</summary>
    private string? AccessHash(string channel) => configuration.Current.Channels.GetValueOrDefault(channel) is Channel.Webhook webhook
        ? TextHash.Of(string.Join('\n', [
            webhook.Url.AbsoluteUri,
            .. webhook.Secrets,
            .. (webhook.Template?.Values ?? ImmutableDictionary<string, TemplateValue>.Empty).OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => value.Value.Text),
        ]))
        : null;

    private static string Name(string channel) => $"endpoint-pause/{channel}";

    private static long Milliseconds(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
