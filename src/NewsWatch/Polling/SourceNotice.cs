using System.Globalization;
using NewsWatch.Configuration;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Sources;

namespace NewsWatch.Polling;

/// <summary>Tells the operator once for each change of a source's state.</summary>
internal static class SourceNotice
{
    /// <summary>Puts the notice into the transaction of the change; nothing happens without a change, without an operator's address, or while the source is muted.</summary>
    public static void Add(Session db, SourceRow before, SourceRow after, WatchConfiguration configuration, DateTimeOffset now)
    {
        if (before.State != after.State && configuration.Sources.GetValueOrDefault(after.Id)?.Muted?.IsOn(now) != true)
        {
            OperatorNotices.Add(db, configuration, Of(after, configuration), now);
        }
    }

    /// <summary>Tells of a permanent redirect that was seen often enough.</summary>
    public static void AddMove(Session db, SourceRow source, WatchConfiguration configuration, DateTimeOffset now)
    {
        var (subject, text) = source.IsMoved
            ? ("has moved", $"{Address(source.Url)} says that it has moved for good to {Address(source.MovedTo!)}. That address is polled from now on, and the old one once a day. Set Url to the new address if that is right.")
            : ("says that it has moved to another site",
                $"{Address(source.Url)} redirects for good to {Address(source.MovedTo!)}. It is followed at each poll, but not believed: a lapsed domain or a break-in looks the same. Set Url to the new address if that is right, else remove the source.");
        var notice = new Notice($"source/{source.Id}/moved/{UnixTime.Of(now)}", $"Source {source.Id} {subject}", text)
        {
            Gathering = source.IsMoved ? new("source-moved", string.Create(CultureInfo.InvariantCulture, $"of {configuration.Sources.Count} sources have moved")) : null,
        };
        OperatorNotices.Add(db, configuration, notice, now);
    }

    private static Notice Of(SourceRow source, WatchConfiguration configuration)
    {
        var since = Time(source.StateSince);
        var (one, many, text) = source.State switch
        {
            SourceState.Failing => ("is failing", "are failing", $"Since {since}: {source.StateReason}. It is asked again, more and more rarely. Check its address."),
            SourceState.Stale => ("has gone quiet", "have gone quiet", $"Since {since}: {source.StateReason}. Its polls succeed. Check whether the feed has moved."),
            SourceState.Gone => ("is gone", "are gone", $"Since {since}: {source.StateReason}. It is not asked any more. Remove it, or give it another address."),
            _ => ("is well again", "are well again", $"Since {since} its polls succeed and bring news."),
        };
        return new(
            $"source/{source.Id}/{StoredName.Of(source.State)}/{UnixTime.Of(source.StateSince)}",
            $"Source {source.Id} {one}",
            $"{text} {Publisher(source, configuration)}Address: {Address(source.Address)}. Last success: {(source.LastSuccess is { } at ? Time(at) : "never")}.")
        {
            Gathering = new($"source-{StoredName.Of(source.State)}", string.Create(CultureInfo.InvariantCulture, $"of {configuration.Sources.Count} sources {many}")),
        };
    }

    private static string Publisher(SourceRow source, WatchConfiguration configuration) =>
        configuration.Sources.GetValueOrDefault(source.Id)?.Publisher is { } publisher ? $"Publisher: {publisher.Name}. " : "";

    /// <summary>Without what may be secret in it: a user's name and password, and the query.</summary>
    private static string Address(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && !address.IsFile
        ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) + (address.Query.Length > 0 ? "?..." : "")
        : url;

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
