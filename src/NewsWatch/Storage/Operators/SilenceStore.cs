using NewsWatch.Core.Alerts;

namespace NewsWatch.Storage.Operators;

/// <summary>What a silence would have kept back, or kept back.</summary>
internal sealed record SilenceEffect(int Deliveries, int Subscribers, int Stories);

/// <summary>Silences: what operators keep quiet for a time. Times are compared with the caller's clock, and a silence holds from the moment it is made.</summary>
internal static class SilenceStore
{
    /// <summary>What is on now.</summary>
    public static IReadOnlyList<Silence> On(Session db, DateTimeOffset now) =>
    [
        .. db.Query<SilenceRow>($"SELECT {SilenceRow.Columns} FROM silence WHERE ended IS NULL AND until > @now ORDER BY id", new { now = UnixTime.Of(now) })
            .Select(row => row.ToSilence()).Select(silence => silence.From <= now ? silence : silence with { From = now }), // the clock was set back
    ];

    /// <summary>Those that nobody ended; their time may be over.</summary>
    public static IReadOnlyList<Silence> NotEnded(Session db) =>
        [.. db.Query<SilenceRow>($"SELECT {SilenceRow.Columns} FROM silence WHERE ended IS NULL ORDER BY until DESC, id").Select(row => row.ToSilence())];

    /// <summary>All that held at a time or after it, as far as they held.</summary>
    public static IReadOnlyList<Silence> Since(Session db, DateTimeOffset time) =>
    [
        .. db.Query<SilenceRow>($"SELECT {SilenceRow.Columns} FROM silence WHERE until > @time AND (ended IS NULL OR ended > @time) ORDER BY id", new { time = UnixTime.Of(time) })
            .Select(row => row.ToSilence() is var silence && row.Ended is { } ended && UnixTime.At(ended) < silence.Until ? silence with { Until = UnixTime.At(ended) } : silence),
    ];

    /// <summary>Makes a silence, which holds at once: deliveries that wait and were not tried are held to its end.</summary>
    /// <param name="made">Its number is not looked at.</param>
    /// <returns>Its number.</returns>
    public static long Add(Session db, Silence made)
    {
        var id = db.ExecuteScalar<long>(
            """
            INSERT INTO silence (scope, target, made, until, with_flash, held, reason, made_by, or_flash, or_publishers)
            VALUES (@scope, @Target, @From, @Until, @flash, @held, @Reason, @By, @orFlash, @OrPublishers) RETURNING id
            """,
            new { scope = StoredName.Of(made.Scope), made.Target, made.From, made.Until, flash = made.WithFlash ? 1L : 0L, held = made.IsHeld ? 1L : 0L, made.Reason, made.By, orFlash = made.OrFlash ? 1L : 0L, made.OrPublishers });
        Hold(db, made with { Id = id });
        return id;
    }

    /// <summary>Ends a silence that is on. What it holds leaves now, unless another silence holds it, too.</summary>
    /// <returns>False for one that has ended already.</returns>
    public static bool End(Session db, long id, string by, DateTimeOffset now)
    {
        db.LockEverything(); // messages to anybody may be held by it
        if (db.Execute("UPDATE silence SET ended = @now, ended_by = @by WHERE id = @id AND ended IS NULL AND until > @now", new { id, by, now = UnixTime.Of(now) }) == 0)
        {
            return false;
        }

        Release(db, id, now);
        foreach (var other in On(db, now))
        {
            Hold(db, other);
        }

        return true;
    }

    /// <summary>Moves the end of a silence that is on; what it holds is held to the new end.</summary>
    /// <returns>False for one that has ended already.</returns>
    public static bool Extend(Session db, long id, DateTimeOffset until, DateTimeOffset now)
    {
        if (db.Execute("UPDATE silence SET until = @until WHERE id = @id AND ended IS NULL AND until > @now", new { id, until = UnixTime.Of(until), now = UnixTime.Of(now) }) == 0)
        {
            return false;
        }

        Release(db, id, until);
        Hold(db, On(db, now).Single(silence => silence.Id == id));
        return true;
    }

    /// <summary>An alert did not go to a subscriber because of a silence.</summary>
    public static void KeepBack(Session db, long silence, long alert, string subscriber, string channel, DateTimeOffset now) => db.Write(
        "INSERT INTO silenced (silence, alert, subscriber, channel, at) VALUES (@silence, @alert, @subscriber, @channel, @now) ON CONFLICT DO NOTHING",
        new { silence, alert, subscriber, channel, now = UnixTime.Of(now) });

    /// <summary>What a silence would have kept back since a time: deliveries of alerts, their subscribers and stories.</summary>
    public static SilenceEffect Effect(Session db, SilenceScope scope, string target, bool withFlash, DateTimeOffset since) => db.QuerySingle<Counted>(
        $"""
        SELECT count(*) AS deliveries, count(DISTINCT delivery.subscriber) AS subscribers, count(DISTINCT alert.story) AS stories
        FROM delivery JOIN alert ON alert.id = delivery.alert
        WHERE delivery.created >= @since AND {Covered(scope, withFlash)}
        """,
        new { target, since = UnixTime.Of(since), flash = (long)Severity.Flash }).ToEffect();

    /// <summary>Deletes silences that ended before <paramref name="cutoff"/>, at most <paramref name="most"/>; returns how many.</summary>
    public static int DeleteOlder(Session db, DateTimeOffset cutoff, int most) =>
        db.Execute("DELETE FROM silence WHERE id IN (SELECT id FROM silence WHERE until < @cutoff ORDER BY until LIMIT @most)", new { cutoff = UnixTime.Of(cutoff), most });

    /// <summary>How many silences are on, and what they kept back so far, by scope.</summary>
    public static IReadOnlyList<(string Scope, long Silences, long KeptBack)> Tally(Session db, DateTimeOffset now) => db.Query<(string Scope, long Silences, long KeptBack)>(
        """
        SELECT silence.scope, count(DISTINCT silence.id), count(silenced.alert)
        FROM silence LEFT JOIN silenced ON silenced.silence = silence.id WHERE silence.ended IS NULL AND silence.until > @now GROUP BY silence.scope
        """,
        new { now = UnixTime.Of(now) });

    /// <summary>Waiting deliveries that no attempt was started for go into the silence's message; what is held longer stays where it is.</summary>
    private static void Hold(Session db, Silence silence)
    {
        var parameters = new { silence.Id, target = silence.Target, silence.From, silence.Until, prefix = BundleName.SilenceOf(silence.Id), flash = (long)Severity.Flash };
        var waiting =
            $"""
            FROM delivery JOIN alert ON alert.id = delivery.alert
            WHERE delivery.state IN ('pending', 'held') AND delivery.attempts = 0 AND delivery.due < @Until AND {Covered(silence.Scope, silence.WithFlash)}
            """;
        db.Write($"INSERT INTO silenced (silence, alert, subscriber, channel, at) SELECT @Id, delivery.alert, delivery.subscriber, delivery.channel, @From {waiting} ON CONFLICT DO NOTHING", parameters);
        db.Write(
            $"""
            UPDATE delivery SET state = 'held', kind = 'digest', due = @Until, time_of_day = 0, bundle = @prefix || subscriber || '/' || channel
            WHERE id IN (SELECT delivery.id {waiting})
            """,
            parameters);
    }

    private static void Release(Session db, long id, DateTimeOffset due) => db.Write(
        "UPDATE delivery SET due = @due WHERE state = 'held' AND bundle > @prefix AND bundle < @end",
        new { due = UnixTime.Of(due), prefix = BundleName.SilenceOf(id), end = BundleName.SilenceOf(id) + '~' });

    private static string Covered(SilenceScope scope, bool withFlash) => (withFlash ? "" : "delivery.severity < @flash AND ") + scope switch
    {
        SilenceScope.Rule => "alert.rule = @target",
        SilenceScope.Story => "alert.story IN (SELECT id FROM story WHERE key = @target)",
        SilenceScope.Subscriber => "delivery.subscriber = @target",
        _ => "alert.article IN (SELECT id FROM article WHERE source = @target)",
    };

    private sealed class Counted
    {
        public long Deliveries { get; init; }

        public long Subscribers { get; init; }

        public long Stories { get; init; }

        public SilenceEffect ToEffect() => new((int)Deliveries, (int)Subscribers, (int)Stories);
    }
}
