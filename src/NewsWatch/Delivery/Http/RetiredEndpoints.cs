using NewsWatch.Configuration;
using NewsWatch.Core.Text;
using NewsWatch.Storage;

namespace NewsWatch.Delivery.Http;

/// <summary>Endpoints that replied 410 (gone); another address in the configuration, or a replay, revives them.</summary>
internal sealed class RetiredEndpoints(Database database, ConfigurationHolder configuration)
{
    /// <summary>Remembers, in the caller's transaction, that the channel's present address is gone.</summary>
    /// <returns>False where that was known: a message that was under way was answered alike.</returns>
    public bool Mark(Session db, string channel)
    {
        var (address, known) = (AddressOf(configuration.Current, channel), InstallationSettings.Get(db, Name(channel)));
        InstallationSettings.Set(db, Name(channel), address);
        return address != known;
    }

    /// <summary>True when the channel's present address is gone.</summary>
    public bool IsGone(string channel) => database.Read(db => InstallationSettings.Get(db, Name(channel))) is { } address && address == AddressOf(configuration.Current, channel);

    /// <summary>Gives the channel another chance, in the caller's transaction.</summary>
    public static void Forget(Session db, string channel) => InstallationSettings.Remove(db, Name(channel));

    /// <summary>A hash of a webhook's address; empty for a channel of another kind, or one that is not configured.</summary>
    private static string AddressOf(WatchConfiguration configuration, string channel) =>
        configuration.Channels.GetValueOrDefault(channel) is Channel.Webhook webhook
            ? TextHash.Of(webhook.Url.AbsoluteUri)
            : "";

    private static string Name(string channel) => $"endpoint-gone/{channel}";
}
