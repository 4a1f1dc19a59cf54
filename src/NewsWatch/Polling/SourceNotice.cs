using System.Globalization;
using Microsoft.Data.Sqlite;
using NewsWatch.Configuration;
using NewsWatch.Storage;

namespace NewsWatch.Polling;

/// <summary>Tells the operator once for each change of a source's state.</summary>
internal static class SourceNotice
{
    /// <summary>Puts the notice into the transaction of the change; nothing happens without a change or without an operator's address.</summary>
    public static void Add(SqliteConnection db, SourceRow before, SourceRow after, WatchConfiguration configuration, DateTimeOffset now)
    {
        if (before.State != after.State && (configuration.Operator.Via ?? configuration.Defaults.Via) is { } channel)
        {
            NoticeStore.Add(db, Of(after), configuration.Operator.To, channel, now);
        }
    }

    private static Notice Of(SourceRow source)
    {
        var since = source.StateSince.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        var (subject, text) = source.State switch
        {
            SourceState.Failing => ("is failing", $"Since {since}: {source.StateReason}. It is asked again, more and more rarely. Check its address."),
            SourceState.Stale => ("has gone quiet", $"Since {since}: {source.StateReason}. Its polls succeed. Check whether the feed has moved."),
            SourceState.Gone => ("is gone", $"Since {since}: {source.StateReason}. It is not asked any more. Remove it, or give it another address."),
            _ => ("is well again", $"Since {since} its polls succeed and bring news."),
        };
        return new($"source/{source.Id}/{StoredName.Of(source.State)}/{UnixTime.Of(source.StateSince)}", $"Source {source.Id} {subject}", text);
    }
}
