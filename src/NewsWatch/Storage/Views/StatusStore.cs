using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Stories;
using NewsWatch.Storage.Upkeep;

namespace NewsWatch.Storage.Views;

/// <summary>How a source does.</summary>
/// <param name="State">ok, failing, stale or gone.</param>
/// <param name="Since">Since when it is in that state.</param>
/// <param name="Why">One sentence: why it is in that state, else what went wrong in the last poll; empty when nothing did.</param>
/// <param name="Failures">Bad polls in a row.</param>
/// <param name="LastItem">When its newest item was first seen.</param>
internal sealed record SourceStatus(
    string Id, string State, DateTimeOffset Since, string Why, long Failures, DateTimeOffset? LastSuccess, DateTimeOffset? LastItem, DateTimeOffset NextDue);

/// <summary>How many deliveries are in a state, and the oldest one's due time.</summary>
internal sealed record QueueStatus(string State, long Count, DateTimeOffset? OldestDue);

/// <summary>A delivery that failed last.</summary>
/// <param name="About">The headline, or a notice's subject.</param>
internal sealed record DeliveryTrouble(string Subscriber, string Channel, string State, long Attempts, DateTimeOffset? LastAttempt, string Error, string About);

/// <summary>The whole of <c>newswatch status</c>.</summary>
internal sealed record StatusReport(
    IReadOnlyList<SourceStatus> Sources,
    long WaitingItems,
    IReadOnlyList<QueueStatus> Deliveries,
    IReadOnlyList<DeliveryTrouble> Troubles)
{
    /// <summary>What is wrong with the system's clock; null when nothing is.</summary>
    public string? Clock { get; init; }

    /// <summary>The configuration of the last start or edit; null before the first one.</summary>
    public ConfigurationStatus? Configuration { get; init; }

    /// <summary>One sentence for each silence that nobody ended, with its end, which may be past.</summary>
    public IReadOnlyList<MutedEntry> Silenced { get; init; } = [];

    /// <summary>The services that share a database of PostgreSQL; empty for a file.</summary>
    public IReadOnlyList<ReplicaView> Replicas { get; init; } = [];

    /// <summary>The service that runs, or ran last; null when none ever did.</summary>
    public ServiceMark? Service { get; init; }
}

/// <summary>Reads what an operator asks first: how do the sources do, what waits, what went wrong.</summary>
internal static class StatusStore
{
    private const int MaxTroubles = 5;

    public static StatusReport Read(Session db) => new(
        [.. db.Query<SourceRow>(
                """
                SELECT id, state, state_since AS StateSince, coalesce(nullif(state_reason, ''), last_error, '') AS Why, failures AS Failures,
                  last_success AS LastSuccess, last_item AS LastItem, next_due AS NextDue
                FROM source JOIN due ON due.source = source.id WHERE configured = 1 ORDER BY state = 'ok', failures = 0, id
                """)
            .Select(row => row.ToStatus())],
        db.ExecuteScalar<long>("SELECT count(*) FROM item WHERE state = 'new'"),
        [.. db.Query<(string State, long Count, long? Due)>("SELECT state, count(*), min(due) FROM delivery GROUP BY state ORDER BY state")
            .Select(row => new QueueStatus(row.State, row.Count, row.State is "pending" or "held" ? UnixTime.At(row.Due) : null))],
        [.. db.Query<(string Subscriber, string Channel, string State, long Attempts, long? LastAttempt, string Error, string? Content, string? Notice)>(
                """
                SELECT subscriber, channel, state, attempts, last_attempt, last_error, alert.content, delivery.notice
                FROM delivery LEFT JOIN alert ON alert.id = delivery.alert
                WHERE last_error IS NOT NULL AND state NOT IN ('sent', 'cancelled') ORDER BY last_attempt DESC LIMIT @MaxTroubles
                """,
                new { MaxTroubles })
            .Select(row => new DeliveryTrouble(row.Subscriber, row.Channel, row.State, row.Attempts, UnixTime.At(row.LastAttempt), row.Error, StoredHeadline.TitleOf(row.Content, row.Notice) ?? ""))])
    {
        Clock = WrongClock.Words(db),
        Configuration = ConfigurationStatus.Get(db),
        Replicas = ReplicaViews.All(db),
        Silenced = [.. SilenceStore.NotEnded(db).Select(silence => new MutedEntry(silence.Until, $"{StoredName.Of(silence.Scope)} {silence.Target} is {silence.Sentence}")), .. PauseStore.NotEnded(db).Select(pause => new MutedEntry(pause.Until, pause.Sentence))],
    };

    // Not positional: an empty list's columns have no types that a constructor could be found by.
    private sealed record SourceRow
    {
        public string Id { get; init; } = "";

        public string State { get; init; } = "";

        public long StateSince { get; init; }

        public string Why { get; init; } = "";

        public long Failures { get; init; }

        public long? LastSuccess { get; init; }

        public long? LastItem { get; init; }

        public long NextDue { get; init; }

        public SourceStatus ToStatus() =>
            new(Id, State, UnixTime.At(StateSince), Why, Failures, UnixTime.At(LastSuccess), UnixTime.At(LastItem), UnixTime.At(NextDue));
    }
}
