namespace NewsWatch.Storage.Work;

/// <summary>How much work there is and how old it is, for health and metrics.</summary>
internal static class WorkStore
{
    /// <summary>How many configured sources are in each state.</summary>
    public static IReadOnlyDictionary<string, long> Sources(Session db) =>
        db.Query<(string State, long Count)>("SELECT state, count(*) FROM source WHERE configured = 1 GROUP BY state").ToDictionary();

    /// <summary>How many deliveries are in each state.</summary>
    public static IReadOnlyDictionary<string, long> Deliveries(Session db) =>
        db.Query<(string State, long Count)>("SELECT state, count(*) FROM delivery GROUP BY state").ToDictionary();

    /// <summary>When the oldest item that waits to be processed was due; null for none.</summary>
    public static DateTimeOffset? OldestItem(Session db) => UnixTime.At(db.ExecuteScalar<long?>("SELECT min(due) FROM item WHERE state = 'new'"));

    /// <summary>When the oldest delivery that waits is due; null for none.</summary>
    public static DateTimeOffset? OldestDelivery(Session db) =>
        UnixTime.At(db.ExecuteScalar<long?>("SELECT min(due) FROM delivery WHERE state IN ('pending', 'held')"));

    /// <summary>The oldest notice that fails to reach the operator; null for none. A gathered one may be a day old when its message leaves: it is late when that fails.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="late">A notice that was written before and has not left is late.</param>
    /// <param name="forgotten">A notice that was given up after that is still worth a word.</param>
    public static DateTimeOffset? OldestFailingNotice(Session db, DateTimeOffset late, DateTimeOffset forgotten) => UnixTime.At(db.ExecuteScalar<long?>(
        $"""
        SELECT min(created) FROM (
          SELECT created FROM delivery {db.Hint("delivery_open")} WHERE state IN ('pending', 'leased', 'held') AND state <> 'held' AND kind = 'notice'
            AND created < @late AND (due < @late OR last_error IS NOT NULL)
          UNION ALL SELECT created FROM delivery {db.Hint("delivery_dead")} WHERE state = 'dead' AND created > @forgotten AND kind = 'notice') AS failing
        """,
        new { late = UnixTime.Of(late), forgotten = UnixTime.Of(forgotten) }));

    /// <summary>What the polls since a time came to.</summary>
    public static PollSum Polls(Session db, DateTimeOffset since) => db.QuerySingle<PollSum>(
        """
        SELECT
          (SELECT count(*) FROM source JOIN due ON due.source = source.id WHERE configured = 1 AND last_poll >= @since) AS Polled,
          (SELECT count(*) FROM source JOIN due ON due.source = source.id WHERE configured = 1 AND last_poll >= @since AND last_error IS NOT NULL) AS Failed,
          (SELECT last_error FROM source JOIN due ON due.source = source.id WHERE configured = 1 AND last_poll >= @since AND last_error IS NOT NULL LIMIT 1) AS Error,
          (SELECT count(*) FROM item WHERE first_seen >= @since) AS Items,
          (SELECT count(*) FROM item WHERE state = 'new') AS Waiting,
          (SELECT count(*) FROM alert WHERE created >= @since) AS Alerts
        """,
        new { since = UnixTime.Of(since) });
}

/// <summary>What the polls since a time came to.</summary>
internal sealed record PollSum
{
    /// <summary>Configured sources that were polled.</summary>
    public long Polled { get; init; }

    /// <summary>Those of them whose last poll failed.</summary>
    public long Failed { get; init; }

    /// <summary>The error of one of them.</summary>
    public string? Error { get; init; }

    /// <summary>Items that were seen for the first time.</summary>
    public long Items { get; init; }

    /// <summary>Items that wait to be processed, whenever they came.</summary>
    public long Waiting { get; init; }

    /// <summary>Alerts that were decided.</summary>
    public long Alerts { get; init; }
}
