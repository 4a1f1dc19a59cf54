using System.Globalization;
using System.Text.Json;
using NewsWatch.Core.Alerts;
using NewsWatch.Storage.Locks;
using NewsWatch.Storage.Replicas;
using NewsWatch.Storage.Work;

namespace NewsWatch.Storage.Deliveries;

/// <summary>
/// The outbox as the delivery worker sees it: <c>held -> pending -> leased -> sent | pending | dead</c>, and <c>cancelled</c> for who unsubscribed
/// meanwhile. Everything here runs inside a write of <see cref="Database"/>.
/// </summary>
internal static class DeliveryStore
{
    private static readonly string Lost = $"state = 'leased' AND {ReplicaStore.IsDead("replica")}";
    private static readonly string[] SeverestFirst = [.. Enum.GetValues<Severity>().OrderDescending().Select(severity => ((long)severity).ToString(CultureInfo.InvariantCulture))];

    /// <summary>True when a held message's time has come.</summary>
    public static bool IsHeldDue(Session db, DateTimeOffset now) =>
        db.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM delivery WHERE state = 'held' AND due <= @at)", new { at = UnixTime.Of(now) });

    /// <summary>Held messages whose time has come become pending.</summary>
    public static void ReleaseHeld(Session db, DateTimeOffset now) =>
        db.Write("UPDATE delivery SET state = 'pending' WHERE state = 'held' AND due <= @at", new { at = UnixTime.Of(now) });

    /// <summary>The channels that have a message due now. However many wait, this looks at a few rows of each channel.</summary>
    public static IReadOnlyList<string> DueChannels(Session db, DateTimeOffset now) =>
    [
        .. db.Query<string>(
            """
            WITH RECURSIVE one (channel) AS (
              SELECT min(channel) FROM delivery WHERE state = 'pending'
              UNION ALL
              SELECT (SELECT min(channel) FROM delivery WHERE state = 'pending' AND channel > one.channel) FROM one WHERE one.channel IS NOT NULL)
            SELECT channel FROM one
            WHERE channel IS NOT NULL AND EXISTS (
              SELECT 1 FROM delivery WHERE state = 'pending' AND delivery.channel = one.channel AND severity IN (0, 1, 2) AND due <= @at)
            """,
            new { at = UnixTime.Of(now) }),
    ];

    /// <summary>
    /// Commit 3: the next due message of a channel, leased and with its attempt counted; null when none is due. The most severe goes first, among
    /// equals the one that has been due longest. Deliveries to somebody who unsubscribed meanwhile are cancelled.
    /// </summary>
    /// <param name="freshFirst">Never-tried messages go before the others, so that a crowd of failing ones cannot keep them waiting.</param>
    /// <param name="passedOver">Gets the subscribers about whom another replica decides, or to whom it sends, at this moment: their messages are left to the next claim.</param>
    public static ClaimedBundle? Claim(Session db, Leases leases, string channel, DateTimeOffset now, bool freshFirst = false, List<string>? passedOver = null)
    {
        var at = UnixTime.Of(now);
        passedOver ??= [];
        while (Next(db, channel, at, freshFirst, passedOver) is [var (bundle, subscriber)])
        {
            if (!db.TryLock(() => LockKey.Subscriber(subscriber)))
            {
                passedOver.Add(subscriber);
                continue;
            }

            CancelUnsubscribed(db, bundle);
            var rows = db.Query<Row>(
                """
                UPDATE delivery SET state = 'leased', attempts = attempts + 1, unfinished = unfinished + 1, last_attempt = @at, replica = @replica,
                  fence = (SELECT max(fence) + 1 FROM delivery AS claimed WHERE claimed.bundle = @bundle)
                WHERE bundle = @bundle AND state IN ('pending', 'held')
                RETURNING id, bundle, kind, subscriber, channel, attempts, created, fence, notice,
                          (SELECT content FROM alert WHERE alert.id = delivery.alert) AS content
                """,
                new { bundle, at, replica = leases.Replica }).OrderBy(row => row.Id).ToList();
            if (rows.Count > 0)
            {
                return Message(rows) with { Fence = rows[0].Fence };
            }
        }

        return null;
    }

    /// <summary>
    /// Before anything of a leased message is sent: alerts that it has no room for go into messages of their own, <c>BUNDLE#2</c>, <c>BUNDLE#3</c>, ...,
    /// never tried and due now.
    /// </summary>
    /// <param name="parts">The keys of the alerts of each further message.</param>
    public static void Split(Session db, ClaimedBundle bundle, IEnumerable<IEnumerable<string>> parts, DateTimeOffset now)
    {
        var (stem, part) = Outbox.Numbered(bundle.Bundle);
        var taken = db.Query<string>("SELECT DISTINCT bundle FROM delivery WHERE bundle > @after AND bundle < @before", new { after = stem + '#', before = stem + '$' });
        part = taken.Select(name => Outbox.Numbered(name).Part).Append(part).Max();
        foreach (var alerts in parts)
        {
            db.Write(
                """
                UPDATE delivery SET bundle = @to, state = 'pending', due = @at, attempts = 0, unfinished = 0, replica = NULL
                WHERE bundle = @Bundle AND fence = @Fence AND state = 'leased' AND alert IN (SELECT id FROM alert WHERE key IN @alerts)
                """,
                new { bundle.Bundle, bundle.Fence, to = Outbox.Continued(stem, ++part), at = UnixTime.Of(now), alerts });
        }
    }

    /// <summary>Commit 4, accepted.</summary>
    /// <returns>False when this claim does not hold the message any more, and nothing was written; so for all that ends a claim.</returns>
    public static bool Sent(Session db, ClaimedBundle bundle, string messageId, string? subject, string reply, DateTimeOffset now) => End(
        db,
        bundle,
        (AttemptOutcome.Sent, reply, now),
        "state = 'sent', unfinished = 0, last_error = NULL, message_id = @messageId, subject = @subject, reply = @reply, sent_at = @at",
        new { bundle.Bundle, bundle.Fence, messageId, subject, reply, at = UnixTime.Of(now) });

    /// <summary>Commit 4, not now: it is due again.</summary>
    public static bool Again(Session db, ClaimedBundle bundle, string reason, DateTimeOffset due, DateTimeOffset now) => End(
        db,
        bundle,
        (AttemptOutcome.Again, reason, now),
        "state = 'pending', unfinished = 0, last_error = @reason, due = @due", new { bundle.Bundle, bundle.Fence, reason, due = UnixTime.Of(due) });

    /// <summary>Commit 4, not tried after all: it is as it was before commit 3.</summary>
    /// <param name="due">When it is due; null for when it was.</param>
    public static bool PutBack(Session db, ClaimedBundle bundle, string reason, DateTimeOffset? due) => End(
        db,
        bundle,
        null,
        "state = 'pending', attempts = attempts - 1, unfinished = unfinished - 1, last_error = @reason, due = coalesce(@due, due)",
        new { bundle.Bundle, bundle.Fence, reason, due = due is { } at ? UnixTime.Of(at) : (long?)null });

    /// <summary>Commit 4, handed over and no answer: it is due again, or quarantined as dead when that was once too often.</summary>
    /// <param name="due">When it is due after the first time.</param>
    /// <param name="later">When it is due after the next: each time may have made a copy, and a server that is in trouble gets time to come back.</param>
    public static bool Unfinished(Session db, ClaimedBundle bundle, string reason, DateTimeOffset due, DateTimeOffset later, int mostUnfinished, DateTimeOffset now) => End(
        db,
        bundle,
        (AttemptOutcome.Unfinished, reason, now),
        """
        state = CASE WHEN unfinished < @mostUnfinished THEN 'pending' ELSE 'dead' END, last_error = @reason,
        due = CASE WHEN unfinished < 2 THEN @due ELSE @later END
        """,
        new { bundle.Bundle, bundle.Fence, reason, due = UnixTime.Of(due), later = UnixTime.Of(later), mostUnfinished });

    /// <summary>True for a message that was set aside.</summary>
    public static bool IsDead(Session db, ClaimedBundle bundle) => db.ExecuteScalar<bool>(
        "SELECT EXISTS (SELECT 1 FROM delivery WHERE bundle = @Bundle AND state = 'dead')", new { bundle.Bundle });

    /// <summary>True while a channel has messages that are not sent.</summary>
    public static bool Waits(Database database, string channel) => database.Read(db => db.ExecuteScalar<bool>(
        "SELECT EXISTS (SELECT 1 FROM delivery WHERE channel = @channel AND state IN ('pending', 'leased'))", new { channel }));

    /// <summary>Commit 4, never: it stays replayable.</summary>
    public static bool Dead(Session db, ClaimedBundle bundle, string reason, DateTimeOffset now) => End(
        db,
        bundle,
        (AttemptOutcome.Dead, reason, now),
        "state = 'dead', unfinished = 0, last_error = @reason", new { bundle.Bundle, bundle.Fence, reason });

    /// <summary>True when a message is leased by a process that is dead.</summary>
    public static bool HasLost(Session db, Leases leases) =>
        db.ExecuteScalar<bool>($"SELECT EXISTS (SELECT 1 FROM delivery WHERE {Lost})", new { replica = leases.Replica });

    /// <summary>
    /// Messages whose attempt never ended: their holder is dead, or could not write down what came of it. They wait again since they were first due.
    /// A message that was started <paramref name="mostUnfinished"/> times and never ended is quarantined as dead, and returned for a notice to the operator.
    /// </summary>
    public static IReadOnlyList<(string Bundle, string Subscriber, string Channel)> Recover(Session db, Leases leases, int mostUnfinished, DateTimeOffset now)
    {
        var abandoned = leases.Abandoned(Stage.Delivery);
        foreach (var lease in abandoned)
        {
            db.Write("UPDATE delivery SET replica = NULL WHERE bundle = @Key AND fence = @Fence AND state = 'leased'", new { lease.Key, lease.Fence });
        }

        AttemptStore.AddLost(db, Lost, leases.Replica, now);
        var parameters = new { replica = leases.Replica, mostUnfinished };
        var quarantined = db.Query<(string, string, string)>(
            $"""
            UPDATE delivery SET state = 'dead', replica = NULL, last_error = unfinished || ' attempts started and none ended: quarantined'
            WHERE {Lost} AND unfinished >= @mostUnfinished RETURNING bundle, subscriber, channel
            """,
            parameters).Distinct().ToList();
        db.Write($"UPDATE delivery SET state = 'pending', replica = NULL WHERE {Lost}", parameters);
        return quarantined;
    }

    /// <summary>Everything that waits for a channel is dead: its endpoint is gone for good. A message under way is ended by its holder.</summary>
    public static int BuryChannel(Session db, string channel, string reason) => db.Execute(
        "UPDATE delivery SET state = 'dead', last_error = @reason WHERE channel = @channel AND state = 'pending'", new { channel, reason });

    /// <summary>Reopens messages of a channel under the same ids; returns their number.</summary>
    /// <param name="deadOnly">True for dead messages only; else also sent ones.</param>
    public static int Replay(Session db, string channel, DateTimeOffset since, bool deadOnly, DateTimeOffset now) => db.Query<string>(
        $"""
        UPDATE delivery SET state = 'pending', attempts = 1, unfinished = 0, due = @at
        WHERE channel = @channel AND created >= @since AND state IN ('dead'{(deadOnly ? "" : ", 'sent'")}) RETURNING bundle
        """,
        new { channel, since = UnixTime.Of(since), at = UnixTime.Of(now) }).Distinct().Count();

    /// <summary>Reopens the message of a delivery that was given up, under the id that it had.</summary>
    /// <returns>Its channel; null where it is not dead.</returns>
    public static string? ReplayDead(Session db, long delivery, DateTimeOffset now)
    {
        var channels = db.Query<string>(
            """
            UPDATE delivery SET state = 'pending', attempts = 1, unfinished = 0, due = @at
            WHERE state = 'dead' AND bundle = (SELECT bundle FROM delivery WHERE id = @delivery) RETURNING channel
            """,
            new { delivery, at = UnixTime.Of(now) });
        return channels.Count > 0 ? channels[0] : null;
    }

    /// <summary>Ends a claim; returns false when it does not hold the message any more.</summary>
    /// <param name="attempt">What is kept of it; null for no attempt.</param>
    private static bool End(Session db, ClaimedBundle bundle, (AttemptOutcome Outcome, string Reply, DateTimeOffset Now)? attempt, string set, object parameters)
    {
        if (attempt is { } ended)
        {
            AttemptStore.Add(db, bundle, ended.Outcome, ended.Reply, ended.Now);
        }

        return db.Execute($"UPDATE delivery SET {set}, replica = NULL WHERE bundle = @Bundle AND fence = @Fence AND state = 'leased'", parameters) > 0;
    }

    /// <summary>The next message and its subscriber; no row where none is due. What stands behind the first row that is found is not looked at.</summary>
    private static IReadOnlyList<(string Bundle, string Subscriber)> Next(Session db, string channel, long at, bool freshFirst, List<string> passedOver)
    {
        var all = $"{db.Hint("delivery_next")} WHERE";
        string[] among = freshFirst ? [$"{db.Hint("delivery_fresh")} WHERE attempts = 0 AND", all] : [all];
        var others = passedOver.Count == 0 ? "" : " AND subscriber NOT IN @passedOver";
        var firsts = among.SelectMany(some => SeverestFirst.Select(
            severity => $"(SELECT id FROM delivery {some} state = 'pending' AND channel = @channel AND severity = {severity} AND due <= @at{others} ORDER BY due LIMIT 1)"));
        return db.Query<(string, string)>($"SELECT bundle, subscriber FROM delivery WHERE id = coalesce({string.Join(", ", firsts)})", new { channel, at, passedOver });
    }

    private static void CancelUnsubscribed(Session db, string bundle) => db.Write(
        """
        UPDATE delivery SET state = 'cancelled', last_error = 'unsubscribed'
        WHERE bundle = @bundle AND state IN ('pending', 'held') AND kind <> 'test' AND EXISTS (
          SELECT 1 FROM unsubscribed AS un LEFT JOIN alert ON alert.id = delivery.alert
          WHERE un.subscriber = delivery.subscriber AND un.scope IN ('all', 'rule:' || alert.rule, 'story:' || (SELECT key FROM story WHERE story.id = alert.story)))
        """,
        new { bundle });

    /// <summary>The message that a delivery goes or went with, as it would leave now: nothing is claimed. Null where there is no such delivery.</summary>
    public static ClaimedBundle? Look(Session db, long delivery) =>
        db.Query<Row>(
            """
            SELECT delivery.id, delivery.bundle, delivery.kind, delivery.subscriber, delivery.channel, delivery.attempts, delivery.created, delivery.notice, alert.content
            FROM delivery LEFT JOIN alert ON alert.id = delivery.alert WHERE delivery.bundle = (SELECT bundle FROM delivery WHERE id = @delivery) ORDER BY delivery.id
            """,
            new { delivery }) is { Count: > 0 } rows ? Message([.. rows]) : null;

    // An unreadable message is returned all the same: it must not block the ones behind it.
    private static ClaimedBundle Message(List<Row> rows)
    {
        var first = rows[0];
        var bundle = new ClaimedBundle(first.Bundle, first.Kind, first.Subscriber, first.Channel, (int)rows.Max(row => row.Attempts), UnixTime.At(rows.Min(row => row.Created)), [], null);
        try
        {
            return bundle with
            {
                Alerts = [.. rows.Where(row => row.Content is not null).Select(row => StoredJson.Read<AlertContent>(row.Content!))],
                Notice = first.Notice is null ? null : Notice.Join([.. rows.Select(row => JsonSerializer.Deserialize<Notice>(row.Notice!)!)], bundle.Since),
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

        public long Fence { get; init; }

        public string? Notice { get; init; }

        public string? Content { get; init; }
    }
}
