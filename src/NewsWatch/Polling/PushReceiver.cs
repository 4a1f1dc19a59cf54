using Microsoft.Extensions.Logging;
using NewsWatch.Configuration;
using NewsWatch.Core.Feeds;
using NewsWatch.Storage;

namespace NewsWatch.Polling;

/// <summary>What hubs say to us: that a subscription is meant (or denied), and what is new.</summary>
public sealed partial class PushReceiver(Database database, ConfigurationHolder configurations, Bells bells, TimeProvider clock, ILogger<PushReceiver> log)
{
    private static readonly TimeSpan UsualLease = TimeSpan.FromDays(10);
    private static readonly TimeSpan LongestLease = TimeSpan.FromDays(30);

    /// <summary>True while this installation has a public address.</summary>
    public bool IsOn => configurations.Current.Operator.PublicUrl is not null;

    /// <summary>Verification of intent (WebSub, section 5.3): true when this subscription was asked for.</summary>
    public async Task<bool> ConfirmAsync(string token, string mode, string topic, long? leaseSeconds, CancellationToken cancellation)
    {
        if (database.Read(db => PushStore.FindByToken(db, token)) is not { } push || push.Topic != topic || mode is not ("subscribe" or "denied"))
        {
            return false;
        }

        var lease = TimeSpan.FromSeconds(Math.Clamp(leaseSeconds ?? (long)UsualLease.TotalSeconds, 60, (long)LongestLease.TotalSeconds));
        var next = mode == "denied"
            ? push with { State = PushState.Denied, Expires = null }
            : push with { State = PushState.Active, Expires = clock.GetUtcNow() + lease };
        await database.WriteAsync(db => PushStore.Save(db, next), cancellation);
        Confirmed(log, push.Source, mode);
        return true;
    }

    /// <summary>Takes what a hub pushed; what is not signed with our secret, or is no feed, changes nothing.</summary>
    /// <returns>False when there is no such subscription.</returns>
    public async Task<bool> TakeAsync(string token, string? signature, string? contentType, byte[] body, CancellationToken cancellation)
    {
        var configuration = configurations.Current;
        if (database.Read(db => PushStore.FindByToken(db, token)) is not { } push || !configuration.Sources.TryGetValue(push.Source, out var source))
        {
            return false;
        }

        if (!PushSignature.Holds(signature, push.Secret, body))
        {
            Forged(log, push.Source);
            return true;
        }

        if (FeedParser.Parse(body, contentType, new Uri(push.Topic), cancellation) is FeedResult.Parsed parsed)
        {
            await KeepAsync(source, parsed.Feed, cancellation);
        }

        return true;
    }

    /// <summary>Commit 1 of a push: its items; validators and due time belong to polls.</summary>
    private async Task KeepAsync(Source source, Feed feed, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var items = await database.WriteAsync(
            db =>
            {
                if (SourceStore.Find(db, source.Id) is not { Baselined: not null } row)
                {
                    return null;
                }

                var tally = new ItemCommit(source, firstSight: false, row.UnstableIds, now).Keep(db, feed);
                if (tally.Arrivals.Count > 0)
                {
                    SourceStore.SetNews(db, source.Id, now, StoredJson.Write(new Rhythm(StoredJson.Read<List<long>>(row.Rhythm)).With(tally.Arrivals).Arrivals));
                }

                return tally;
            },
            cancellation);
        if (items is { New: > 0 })
        {
            Pushed(log, source.Id, items.New);
            bells.Items.Ring();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Source {Source}: hub confirmed \"{Mode}\"")]
    private static partial void Confirmed(ILogger log, string source, string mode);

    [LoggerMessage(Level = LogLevel.Information, Message = "Source {Source}: {New} new or edited items were pushed")]
    private static partial void Pushed(ILogger log, string source, int @new);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Source {Source}: a push without our signature was ignored")]
    private static partial void Forged(ILogger log, string source);
}
