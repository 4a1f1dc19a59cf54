using NewsWatch.Configuration;
using NewsWatch.Core.Text;
using NewsWatch.Storage;

namespace NewsWatch.Delivery.Http;

/// <summary>Endpoints that replied 410 (gone); another address in the configuration, or a replay, revives them.</summary>
internal sealed class RetiredEndpoints(Database database, ConfigurationHolder configuration)
{
    /// <summary>Remembers, in the caller's transaction, that the channel's present address is gone.</summary>
    public void Mark(Session db, string channel) => InstallationSettings.Set(db, Name(channel), AddressOf(channel));

    /// <summary>True when the channel's present address is gone.</summary>
    public bool IsGone(string channel) => database.Read(db => InstallationSettings.Get(db, Name(channel))) is { } address && address == AddressOf(channel);

    /// <summary>Gives the channel another chance, in the caller's transaction.</summary>
    public static void Forget(Session db, string channel) => InstallationSettings.Remove(db, Name(channel));

    private static string Name(string channel) => $"endpoint-gone/{channel}";

    private string AddressOf(string channel) =>
        configuration.Current.Channels.GetValueOrDefault(channel) is Channel.Webhook webhook
            ? TextHash.Of(webhook.Url.AbsoluteUri)
            : "";
}
