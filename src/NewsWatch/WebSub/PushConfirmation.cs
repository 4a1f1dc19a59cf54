using Microsoft.Extensions.Logging;
using NewsWatch.Configuration;
using NewsWatch.Storage;
using NewsWatch.Storage.Sources;

namespace NewsWatch.WebSub;

/// <summary>Verification of intent (WebSub, section 5.3): a hub asks whether a subscription is meant, or says that it refuses one.</summary>
public sealed partial class PushConfirmation(Database database, ConfigurationHolder configurations, TimeProvider clock, ILogger<PushConfirmation> logger)
{
    /// <summary>The lease that hubs are asked for, and the longest that is believed.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromDays(10);

    /// <summary>A hub confirms within this time after it was asked, or is asked again.</summary>
    internal static readonly TimeSpan AskedWithin = TimeSpan.FromHours(1);

    private static readonly TimeSpan UnsaidLease = TimeSpan.FromDays(1);

    /// <summary>Confirms what was asked for within the last hour and is not confirmed yet, and takes a refusal.</summary>
    /// <param name="token">From the callback's address.</param>
    /// <param name="mode">subscribe or denied.</param>
    /// <param name="topic">The feed's address, as it was asked for.</param>
    /// <param name="leaseSeconds">How long the hub will push; null when it does not say.</param>
    /// <param name="cancellationToken">The hub went away.</param>
    /// <returns>True when the challenge is to be echoed.</returns>
    public async Task<bool> ConfirmAsync(string token, string mode, string topic, long? leaseSeconds, CancellationToken cancellationToken)
    {
        if (configurations.Current.Operator.PublicUrl is null || database.Read(Next) is null || await database.WriteAsync(Save, cancellationToken) is not { } source)
        {
            return false;
        }

        Confirmed(logger, source, mode);
        return true;

        Push? Next(Session db) =>
            PushStore.FindByToken(db, token) is { } push && push.Topic == topic ? After(push, mode, leaseSeconds) : null;

        string? Save(Session db)
        {
            if (Next(db) is not { } push)
            {
                return null;
            }

            PushStore.Save(db, push);
            return push.Source;
        }
    }

    private Push? After(Push push, string mode, long? leaseSeconds)
    {
        var now = clock.GetUtcNow();
        return mode switch
        {
            "denied" when push.Awaited || push.State is not PushState.Denied => push with { State = PushState.Denied, Expires = null, Awaited = false },
            "subscribe" when push.Awaited && now - push.Asked <= AskedWithin =>
                push with { State = PushState.Active, Expires = now + LeaseOf(leaseSeconds), Awaited = false },
            _ => null,
        };
    }

    private static TimeSpan LeaseOf(long? seconds) =>
        seconds is { } said ? TimeSpan.FromSeconds(Math.Clamp(said, 1, (long)Lease.TotalSeconds)) : UnsaidLease;

    [LoggerMessage(Level = LogLevel.Information, Message = "Source {Source}: hub confirmed \"{Mode}\"")]
    private static partial void Confirmed(ILogger logger, string source, string mode);
}
