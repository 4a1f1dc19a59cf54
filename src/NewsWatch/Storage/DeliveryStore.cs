using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Storage;

/// <summary>
/// The outbox as the delivery worker sees it: <c>held -> pending -> leased -> sent | pending | dead</c>, and <c>cancelled</c> for who unsubscribed
/// meanwhile. Everything here runs inside a write of <see cref="Database"/>.
/// </summary>
internal static class DeliveryStore
{
    /// <summary>How long an attempt may take before it counts as one that never ended.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>The channels that have something due now; what was held and is due becomes pending on the way.</summary>
    public static IReadOnlyList<string> DueChannels(SqliteConnection db, DateTimeOffset now)
    {
        var at = UnixTime.Of(now);
        db.Execute("UPDATE delivery SET state = 'pending' WHERE state = 'held' AND due <= @at", new { at });
        return [.. db.Query<string>("SELECT DISTINCT channel FROM delivery WHERE state = 'pending' AND due <= @at ORDER BY channel", new { at })];
    }

    /// <summary>
    /// Commit 3: the next due message of a channel, never-tried ones first, leased and with its attempt counted; null when none is due.
    /// Deliveries to somebody who unsubscribed meanwhile are cancelled.
    /// </summary>
    public static ClaimedBundle? Claim(SqliteConnection db, string channel, DateTimeOffset now)
    {
        var at = UnixTime.Of(now);
        while (Next(db, channel, at) is { } bundle)
        {
            CancelUnsubscribed(db, bundle);
            var rows = db.Query<Row>(
                """
                UPDATE delivery SET state = 'leased', attempts = attempts + 1, unfinished = unfinished + 1, last_attempt = @at, lease_until = @until
                WHERE bundle = @bundle AND state IN ('pending', 'held')
                RETURNING id, bundle, kind, subscriber, channel, attempts, created, notice,
                          (SELECT content FROM alert WHERE alert.id = delivery.alert) AS content
                """,
                new { bundle, at, until = UnixTime.Of(now + Lease) }).OrderBy(row => row.Id).ToList();
            if (rows.Count > 0)
            {
                return Message(rows);
            }
        }

        return null;
    }

    /// <summary>
    /// Before anything of a leased message is sent: alerts that it has no room for go into messages of their own, <c>BUNDLE#2</c>, <c>BUNDLE#3</c>, ...,
    /// never tried and due now.
    /// </summary>
    /// <param name="parts">The keys of the alerts of each further message.</param>
    public static void Split(SqliteConnection db, string bundle, IEnumerable<IEnumerable<string>> parts, DateTimeOffset now)
    {
        var (stem, part) = Outbox.Numbered(bundle);
        var taken = db.Query<string>("SELECT DISTINCT bundle FROM delivery WHERE bundle > @after AND bundle < @before", new { after = stem + '#', before = stem + '$' });
        part = taken.Select(name => Outbox.Numbered(name).Part).Append(part).Max();
        foreach (var alerts in parts)
        {
            db.Execute(
                """
                UPDATE delivery SET bundle = @to, state = 'pending', due = @at, attempts = 0, unfinished = 0, lease_until = NULL
                WHERE bundle = @bundle AND state = 'leased' AND alert IN (SELECT id FROM alert WHERE key IN (SELECT value FROM json_each(@alerts)))
                """,
                new { bundle, to = Outbox.Continued(stem, ++part), at = UnixTime.Of(now), alerts = JsonSerializer.Serialize(alerts) });
        }
    }

    /// <summary>Commit 4, accepted.</summary>
    public static void Sent(SqliteConnection db, string bundle, string messageId, string? subject, string reply, DateTimeOffset now) => db.Execute(
        """
        UPDATE delivery SET state = 'sent', unfinished = 0, lease_until = NULL, last_error = NULL,
          message_id = @messageId, subject = @subject, reply = @reply, sent_at = @at
        WHERE bundle = @bundle AND state = 'leased'
        """,
        new { bundle, messageId, subject, reply, at = UnixTime.Of(now) });

    /// <summary>Commit 4, not now: it is due again.</summary>
    public static void Again(SqliteConnection db, string bundle, string reason, DateTimeOffset due) => db.Execute(
        "UPDATE delivery SET state = 'pending', unfinished = 0, lease_until = NULL, last_error = @reason, due = @due WHERE bundle = @bundle AND state = 'leased'",
        new { bundle, reason, due = UnixTime.Of(due) });

    /// <summary>Commit 4, never: it stays replayable.</summary>
    public static void Dead(SqliteConnection db, string bundle, string reason) => db.Execute(
        "UPDATE delivery SET state = 'dead', unfinished = 0, lease_until = NULL, last_error = @reason WHERE bundle = @bundle AND state = 'leased'",
        new { bundle, reason });

    /// <summary>
    /// Leases that nobody holds any more: all of them when the process has just started (<paramref name="all"/>), else those that ran out.
    /// What started three times and never ended is quarantined as dead, and answered, so that the operator can be told.
    /// </summary>
    public static IReadOnlyList<(string Bundle, string Subscriber, string Channel)> Recover(SqliteConnection db, bool all, int mostUnfinished, DateTimeOffset now)
    {
        var at = UnixTime.Of(now);
        var lost = "state = 'leased' AND (@all OR lease_until <= @at OR lease_until > @latest)";
        var parameters = new { all, at, latest = UnixTime.Of(now + Lease + Lease), mostUnfinished };
        var quarantined = db.Query<(string, string, string)>(
            $"""
            UPDATE delivery SET state = 'dead', lease_until = NULL, last_error = unfinished || ' attempts started and none ended: quarantined'
            WHERE {lost} AND unfinished >= @mostUnfinished RETURNING bundle, subscriber, channel
            """,
            parameters).Distinct().ToList();
        db.Execute($"UPDATE delivery SET state = 'pending', lease_until = NULL, due = @at WHERE {lost}", parameters);
        return quarantined;
    }

    /// <summary>Everything that waits for a channel is dead: its endpoint is gone for good.</summary>
    public static int BuryChannel(SqliteConnection db, string channel, string reason) => db.Execute(
        "UPDATE delivery SET state = 'dead', lease_until = NULL, last_error = @reason WHERE channel = @channel AND state IN ('pending', 'leased')",
        new { channel, reason });

    /// <summary>Opens messages of a channel again, under the same ids; answers how many.</summary>
    /// <param name="deadOnly">Only what is dead; else what was sent too.</param>
    public static int Replay(SqliteConnection db, string channel, DateTimeOffset since, bool deadOnly, DateTimeOffset now) => db.Query<string>(
        $"""
        UPDATE delivery SET state = 'pending', attempts = 1, unfinished = 0, due = @at
        WHERE channel = @channel AND created >= @since AND state IN ('dead'{(deadOnly ? "" : ", 'sent'")}) RETURNING bundle
        """,
        new { channel, since = UnixTime.Of(since), at = UnixTime.Of(now) }).Distinct().Count();

    private static string? Next(SqliteConnection db, string channel, long at) =>
        OneOf(db, "attempts > 0 = 0", channel, at) ?? OneOf(db, "attempts > 0 = 1", channel, at);

    private static string? OneOf(SqliteConnection db, string which, string channel, long at) => db.QueryFirstOrDefault<string>(
        $"""
        SELECT bundle FROM delivery INDEXED BY delivery_next
        WHERE state = 'pending' AND channel = @channel AND {which} AND due <= @at ORDER BY due LIMIT 1
        """,
        new { channel, at });

    private static void CancelUnsubscribed(SqliteConnection db, string bundle) => db.Execute(
        """
        UPDATE delivery SET state = 'cancelled', last_error = 'unsubscribed'
        WHERE bundle = @bundle AND state IN ('pending', 'held') AND kind <> 'test' AND EXISTS (
          SELECT 1 FROM unsubscribed AS un LEFT JOIN alert ON alert.id = delivery.alert
          WHERE un.subscriber = delivery.subscriber AND un.scope IN ('all', 'rule:' || alert.rule, 'story:' || (SELECT key FROM story WHERE story.id = alert.story)))
        """,
        new { bundle });

    // What cannot be read is answered all the same: it must not stop what stands behind it.
    private static ClaimedBundle Message(List<Row> rows)
    {
        var first = rows[0];
        var bundle = new ClaimedBundle(first.Bundle, first.Kind, first.Subscriber, first.Channel, (int)rows.Max(row => row.Attempts), UnixTime.At(rows.Min(row => row.Created)), [], null);
        try
        {
            return bundle with
            {
                Alerts = [.. rows.Where(row => row.Content is not null).Select(row => StoredJson.Read<AlertContent>(row.Content!))],
                Notice = first.Notice is { } notice ? JsonSerializer.Deserialize<Notice>(notice) : null,
            };
        }
        catch (JsonException broken)
        {
            return bundle with { Unreadable = broken.Message };
        }
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public string Bundle { get; init; } = "";

        public string Kind { get; init; } = "";

        public string Subscriber { get; init; } = "";

        public string Channel { get; init; } = "";

        public long Attempts { get; init; }

        public long Created { get; init; }

        public string? Notice { get; init; }

        public string? Content { get; init; }
    }
}
