namespace NewsWatch.Storage.Upkeep;

/// <summary>
/// After the system's clock was set back: rows written under the later time would wait until that time comes again. Pending work keeps its remaining delay,
/// counted from now, so nothing stalls and nothing fires in a burst. A message held to a time of day (the end of quiet hours, a digest) keeps that time.
/// Past events keep their timestamps: the clock may be the one that is wrong.
/// </summary>
internal static class ClockRollbackRepair
{
    private static readonly string[] Statements =
    [
        """
        UPDATE due SET
          next_due = @at + CASE WHEN next_due > last_poll THEN next_due - last_poll ELSE 0 END,
          not_before = CASE WHEN not_before > last_poll THEN @at + not_before - last_poll END,
          last_poll = @at
        WHERE last_poll > @at
        """,
        "UPDATE due SET next_due = @at WHERE last_poll IS NULL AND source IN (SELECT id FROM source WHERE state_since > @at)",
        "UPDATE source SET state_since = @at WHERE state_since > @at AND id IN (SELECT source FROM due WHERE last_poll IS NULL)",
        "UPDATE item SET due = @at, first_seen = CASE WHEN first_seen > @at THEN @at ELSE first_seen END WHERE state = 'new' AND due > @soon",
        "UPDATE page SET due = @at WHERE due > @at AND article IN (SELECT id FROM article WHERE updated > @at)",
        "UPDATE article SET updated = @at WHERE updated > @at AND id IN (SELECT article FROM page WHERE due = @at)",
        "UPDATE delivery SET due = @at WHERE state = 'pending' AND attempts = 0 AND due > @at",
        "UPDATE delivery SET due = @at + (due - last_attempt), last_attempt = @at WHERE state = 'pending' AND due > @at AND last_attempt > @at",
        "UPDATE delivery SET due = @at + CASE WHEN due > created THEN due - created ELSE 0 END, created = @at WHERE state = 'held' AND created > @at AND time_of_day = 0",
    ];

    /// <summary>No item waits longer than this on purpose.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    /// <summary>Returns the number of rows from the future.</summary>
    public static int Run(Session db, DateTimeOffset now) =>
        Statements.Sum(sql => db.Execute(sql, new { at = UnixTime.Of(now), soon = UnixTime.Of(now + Soon) }));
}
