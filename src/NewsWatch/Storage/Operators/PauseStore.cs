using System.Globalization;
using NewsWatch.Storage.Sources;

namespace NewsWatch.Storage.Operators;

/// <summary>A source that is not polled for a time.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Until">The first moment at which the source is polled again.</param>
/// <param name="By">Who made it.</param>
public sealed record Pause(long Id, string Source, DateTimeOffset From, DateTimeOffset Until, string Reason, string By)
{
    /// <summary>One sentence for status: <c>source wire is paused until 2026-12-01 08:00 +00:00 by ops: its server moves (pause 3)</c>.</summary>
    public string Sentence => string.Create(CultureInfo.InvariantCulture, $"source {Source} is paused until {Until:yyyy-MM-dd HH:mm zzz} by {By}: {Reason} (pause {Id})");
}

/// <summary>Pauses of sources. Times are compared with the caller's clock.</summary>
internal static class PauseStore
{
    private const string Columns = "SELECT id, source, made, until, reason, made_by FROM pause";

    /// <summary>Those that are on.</summary>
    public static IReadOnlyList<Pause> On(Session db, DateTimeOffset now) => Read(db, "ended IS NULL AND until > @now", now, "");

    /// <summary>The pause of a source that is on; null for none.</summary>
    public static Pause? Of(Session db, string source, DateTimeOffset now) => Read(db, "source = @source AND ended IS NULL AND until > @now", now, source) is [.., var last] ? last : null;

    /// <summary>Those that nobody ended; their time may be over.</summary>
    public static IReadOnlyList<Pause> NotEnded(Session db) => Read(db, "ended IS NULL", DateTimeOffset.UnixEpoch, "");

    /// <summary>When the source's last pause ended; null where it had none.</summary>
    public static DateTimeOffset? LastEnd(Session db, string source, DateTimeOffset now) => UnixTime.At(db.ExecuteScalar<long?>(
        "SELECT max(coalesce(ended, until)) FROM pause WHERE source = @source AND coalesce(ended, until) <= @now", new { source, now = UnixTime.Of(now) }));

    /// <summary>Makes a pause, in place of the source's other one; the source is due at its end.</summary>
    /// <param name="made">Its number is not looked at.</param>
    /// <returns>Its number.</returns>
    public static long Add(Session db, Pause made)
    {
        Close(db, made.Source, made.By, made.From);
        PollQueue.SetDue(db, [(made.Source, made.Until)]);
        return db.ExecuteScalar<long>(
            "INSERT INTO pause (source, made, until, reason, made_by) VALUES (@Source, @From, @Until, @Reason, @By) RETURNING id", new { made.Source, made.From, made.Until, made.Reason, made.By });
    }

    /// <summary>Ends the pause of a source that is on; the source is due now.</summary>
    /// <returns>False where none is on.</returns>
    public static bool End(Session db, string source, string by, DateTimeOffset now)
    {
        var isEnded = Close(db, source, by, now);
        if (isEnded)
        {
            PollQueue.SetDue(db, [(source, now)]);
        }

        return isEnded;
    }

    /// <summary>Deletes pauses that ended before <paramref name="cutoff"/>, at most <paramref name="most"/>; returns how many.</summary>
    public static int DeleteOlder(Session db, DateTimeOffset cutoff, int most) =>
        db.Execute("DELETE FROM pause WHERE id IN (SELECT id FROM pause WHERE until < @cutoff ORDER BY until LIMIT @most)", new { cutoff = UnixTime.Of(cutoff), most });

    private static bool Close(Session db, string source, string by, DateTimeOffset now) => db.Execute(
        "UPDATE pause SET ended = @now, ended_by = @by WHERE source = @source AND ended IS NULL AND until > @now", new { source, by, now = UnixTime.Of(now) }) > 0;

    private static IReadOnlyList<Pause> Read(Session db, string which, DateTimeOffset now, string source) =>
    [
        .. db.Query<(long Id, string Source, long Made, long Until, string Reason, string By)>($"{Columns} WHERE {which} ORDER BY id", new { now = UnixTime.Of(now), source })
            .Select(row => new Pause(row.Id, row.Source, UnixTime.At(row.Made), UnixTime.At(row.Until), row.Reason, row.By)),
    ];
}
