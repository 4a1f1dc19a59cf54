using System.Globalization;
using System.Text.Json;
using NewsWatch.Storage.Locks;

namespace NewsWatch.Storage.Deliveries;

/// <summary>Something the operator must hear: a source went stale, an endpoint died, a configuration was refused.</summary>
/// <param name="Key">What it is about and since when; NewsWatch sends a key once, e.g. <c>source/bbc-world/stale/1754514131000</c>.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">What happened, since when, what to do.</param>
public sealed record Notice(string Key, string Subject, string Text)
{
    /// <summary>The name of the lines that do not fit, and where to find them: "and 380 " comes before it.</summary>
    public string Rest { get; init; } = "more lines";

    /// <summary>True for text whose columns and line breaks count, like a compiler's.</summary>
    public bool IsListing { get; init; }

    /// <summary>Set for what often comes in numbers: such notices are gathered into one message. Null for what the operator must act on at once.</summary>
    public Gathering? Gathering { get; init; }

    /// <summary>Notices of one kind as one: how many, and a line for each.</summary>
    /// <param name="notices">At least one; of several with the same subject the last counts.</param>
    /// <param name="since">When the first of them was written.</param>
    internal static Notice Join(IReadOnlyList<Notice> notices, DateTimeOffset since)
    {
        var latest = notices.GroupBy(notice => notice.Subject).Select(same => same.Last()).ToList();
        return latest is [var only]
            ? only
            : new(
                notices[0].Key,
                string.Create(CultureInfo.InvariantCulture, $"{latest.Count} {latest[^1].Gathering?.Many ?? "notices"} since {since.UtcDateTime:HH:mm} UTC"),
                string.Join('\n', latest.Select(notice => $"{notice.Subject}. {notice.Text.ReplaceLineEndings(" ")}")))
            {
                Rest = "more: newswatch status",
            };
    }
}

/// <summary>What gathers notices.</summary>
/// <param name="Kind">Notices of the same kind gather, e.g. <c>source-failing</c>.</param>
/// <param name="Many">What follows the number of several, e.g. <c>of 300 sources are failing</c>.</param>
public sealed record Gathering(string Kind, string Many);

/// <summary>
/// Puts notices into the outbox, in the transaction of whatever they are about. Gathered ones leave a minute after the first of their kind; the next
/// message of that kind within a day after that waits for an hour, and each further one for a day.
/// </summary>
internal static class NoticeStore
{
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromDays(1)];

    /// <summary>Adds one delivery for each address; a known key adds none.</summary>
    public static void Add(Session db, Notice notice, IReadOnlyList<string> to, string channel, DateTimeOffset now)
    {
        db.Lock(to.Select(LockKey.Subscriber));
        foreach (var address in to)
        {
            var key = $"notice/{notice.Key}/{address}/{channel}";
            var (bundle, due) = notice.Gathering is { } gathering ? Gather(db, $"notices/{gathering.Kind}/{address}/{channel}/", now) : (key, UnixTime.Of(now));
            db.Write(
                """
                INSERT INTO delivery (key, bundle, kind, notice, subscriber, channel, created, state, due, severity)
                VALUES (@key, @bundle, 'notice', @text, @address, @channel, @at, CASE WHEN @due > @at THEN 'held' ELSE 'pending' END, @due, 2)
                ON CONFLICT (key) DO NOTHING
                """,
                new { key, bundle, due, text = JsonSerializer.Serialize(notice), address, channel, at = UnixTime.Of(now) });
        }
    }

    /// <summary>The message that a gathered notice goes with, and when it leaves: one that is held, else a new one, whose name ends in how long it waits.</summary>
    private static (string Bundle, long Due) Gather(Session db, string prefix, DateTimeOffset now)
    {
        var last = db.QueryFirstOrDefault<(string? Bundle, long Due, bool Held)>(
            """
            SELECT bundle, max(due), min(CASE WHEN state = 'held' THEN 1 ELSE 0 END) FROM delivery
            WHERE bundle > @prefix AND bundle < @end GROUP BY bundle HAVING max(due) > @yesterday ORDER BY min(created) DESC LIMIT 1
            """,
            new { prefix, end = prefix + '~', yesterday = UnixTime.Of(now - Waits[^1]) });
        if (last is { Bundle: { } open, Held: true })
        {
            return (open, last.Due);
        }

        var step = last.Bundle is { } before ? Math.Min(before[^1] - '0' + 1, Waits.Length - 1) : 0;
        return (string.Create(CultureInfo.InvariantCulture, $"{prefix}{UnixTime.Of(now)}/{step}"), UnixTime.Of(now + Waits[step]));
    }
}
