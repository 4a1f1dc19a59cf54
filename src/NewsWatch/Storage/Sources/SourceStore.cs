using NewsWatch.Storage.Work;

namespace NewsWatch.Storage.Sources;

/// <summary>The table of sources: what was learned of each, and when it is due.</summary>
internal static class SourceStore
{
    private const string Columns =
        """
        id, url, poll, moved_to, moved_seen, moved_told, moved_asked, validators_url, etag, last_modified, body_hash, next_due, not_before, state, state_since, state_reason,
        failures, last_error, last_poll, last_success, last_item, baselined, unstable_ids, rhythm, hints, fence, starts
        """;

    /// <summary>All sources that the configuration has, by id.</summary>
    public static IReadOnlyList<SourceRow> All(Session db) =>
        [.. db.Query<Row>($"SELECT {Columns} FROM source WHERE configured = 1 ORDER BY id").Select(row => row.Read())];

    /// <summary>One source, configured or not; null when it was never seen.</summary>
    public static SourceRow? Find(Session db, string id) =>
        db.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM source WHERE id = @id", new { id })?.Read();

    /// <summary>Due sources that nobody polls, those first that are late by the largest part of their interval.</summary>
    /// <param name="failing">Those whose standing is <see cref="SourceStanding.Failing"/>, or all others.</param>
    public static IReadOnlyList<SourceRow> Due(Session db, Leases leases, DateTimeOffset now, bool failing, int most) =>
    [
        .. db.Query<Row>(
            $"""
            SELECT {Columns} FROM source
            WHERE configured = 1 AND state <> 'gone' AND next_due <= @now AND (replica IS NULL OR replica <> @replica) AND (not_before IS NULL OR not_before <= @now)
              AND CASE WHEN failures > 1 OR (failures = 1 AND last_success IS NULL) THEN 1 ELSE 0 END = @failing
            ORDER BY (@now - next_due) * 1.0 / CASE WHEN poll < 1 THEN 1 ELSE poll END DESC, next_due, id LIMIT @most
            """,
            new { now = UnixTime.Of(now), replica = leases.Replica, failing, most }).Select(row => row.Read()),
    ];

    /// <summary>When the sources are due that were not asked to pause at <paramref name="now"/>, up to <paramref name="until"/>; whether they are being polled or not.</summary>
    public static IReadOnlyList<(string Id, DateTimeOffset Due)> NextDue(Session db, DateTimeOffset now, DateTimeOffset until) =>
        [.. db.Query<(string Id, long Due)>(
            "SELECT id, next_due FROM source WHERE configured = 1 AND state <> 'gone' AND next_due <= @until AND (not_before IS NULL OR not_before <= @now)",
            new { now = UnixTime.Of(now), until = UnixTime.Of(until) }).Select(row => (row.Id, UnixTime.At(row.Due)))];

    /// <summary>Gives these sources to this process, each with the next fence, as far as their rows are still as they were read.</summary>
    public static IReadOnlyList<SourceRow> Claim(Session db, Leases leases, IReadOnlyList<SourceRow> sources)
    {
        var now = db.Query<(string Id, long Fence, string Url)>("SELECT id, fence, url FROM source WHERE id IN @ids", new { ids = sources.Select(source => source.Id) }).ToHashSet();
        var same = sources.Where(source => now.Contains((source.Id, source.Fence, source.Url))).ToList();
        db.Execute(
            "UPDATE source SET replica = @replica, fence = fence + 1, starts = starts + 1 WHERE id IN @ids", new { replica = leases.Replica, ids = same.Select(source => source.Id) });
        return [.. same.Select(source => source with { Fence = source.Fence + 1, Starts = source.Starts + 1 })];
    }

    /// <summary>True while the row's claim is the source's latest.</summary>
    public static bool Holds(Session db, SourceRow source) =>
        db.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM source WHERE id = @Id AND fence = @Fence)", new { source.Id, source.Fence });

    /// <summary>Ends leases whose polls could not be written down: the sources are due again, at <paramref name="due"/> at the soonest.</summary>
    public static void GiveBack(Session db, IEnumerable<Lease> leases, DateTimeOffset due) => db.Execute(
        "UPDATE source SET replica = NULL, fence = fence + 1, starts = starts - 1, next_due = CASE WHEN next_due < @due THEN @due ELSE next_due END WHERE id = @Key AND fence = @Fence",
        leases.Select(lease => new { lease.Key, lease.Fence, due = UnixTime.Of(due) }));

    /// <summary>Ends a lease without a poll: the source stays due.</summary>
    public static void Release(Session db, Lease lease) =>
        db.Execute("UPDATE source SET replica = NULL, fence = fence + 1, starts = starts - 1 WHERE id = @Key AND fence = @Fence", new { lease.Key, lease.Fence });

    /// <summary>Sets when sources are due.</summary>
    public static void SetDue(Session db, IEnumerable<(string Id, DateTimeOffset Due)> times) => db.Execute(
        "UPDATE source SET next_due = @due WHERE id = @id",
        times.Select(time => new { id = time.Id, due = UnixTime.Of(time.Due) }));

    /// <summary>Everything is due now, but what asked for a pause.</summary>
    public static void SetAllDue(Session db, DateTimeOffset now) => db.Execute(
        "UPDATE source SET next_due = @now WHERE configured = 1 AND state <> 'gone' AND (not_before IS NULL OR not_before <= @now)",
        new { now = UnixTime.Of(now) });

    /// <summary>A source that is new here; due at once unless the caller sets otherwise.</summary>
    public static void Add(Session db, ConfiguredSource source, DateTimeOffset now) => db.Execute(
        """
        INSERT INTO source (id, url, poll, next_due, state_since) VALUES (@Id, @Url, @poll, @now, @now)
        ON CONFLICT (id) DO UPDATE SET configured = 1
        """,
        new { source.Id, source.Url, poll = (long)source.Poll.TotalMilliseconds, now = UnixTime.Of(now) });

    /// <summary>Which sources the configuration has; what is known of the others is kept.</summary>
    public static void SetConfigured(Session db, IEnumerable<string> ids)
    {
        var (configured, before) = (ids.ToHashSet(), db.Query<string>("SELECT id FROM source WHERE configured = 1").ToHashSet());
        db.Execute("UPDATE source SET configured = 0 WHERE id = @id", before.Except(configured).Select(id => new { id }));
        db.Execute("UPDATE source SET configured = 1 WHERE id = @id", configured.Except(before).Select(id => new { id }));
    }

    /// <summary>The operator gave another address: nothing that was learned of the old one holds, but its items do.</summary>
    public static void SetUrl(Session db, string id, string url, DateTimeOffset now) => db.Execute(
        """
        UPDATE source SET url = @url, moved_to = NULL, moved_seen = 0, moved_told = NULL, moved_asked = NULL, validators_url = NULL, etag = NULL, last_modified = NULL, body_hash = NULL,
          next_due = @now, not_before = NULL, failures = 0, last_error = NULL, state = 'ok', state_since = @now, state_reason = '', hints = '{}', starts = 0
        WHERE id = @id
        """,
        new { id, url, now = UnixTime.Of(now) });

    /// <summary>The operator gave another interval.</summary>
    public static void SetPoll(Session db, string id, TimeSpan poll, DateTimeOffset due) => db.Execute(
        "UPDATE source SET poll = @poll, next_due = @due WHERE id = @id",
        new { id, poll = (long)poll.TotalMilliseconds, due = UnixTime.Of(due) });

    /// <summary>News came without a poll.</summary>
    public static void SetNews(Session db, string id, DateTimeOffset lastItem, string rhythm) => db.Execute(
        "UPDATE source SET last_item = @lastItem, rhythm = @rhythm WHERE id = @id",
        new { id, lastItem = UnixTime.Of(lastItem), rhythm });

    /// <summary>Writes what a poll taught and ends its lease; if the address was changed meanwhile, only the lease ends.</summary>
    public static void Save(Session db, SourceRow source)
    {
        var saved = db.Execute(
            """
            UPDATE source SET replica = NULL, moved_to = @MovedTo, moved_seen = @MovedSeen, moved_told = @movedTold, moved_asked = @movedAsked, validators_url = @ValidatorsUrl, etag = @ETag,
              last_modified = @LastModified, body_hash = @BodyHash, next_due = @nextDue, not_before = @notBefore, state = @state, state_since = @stateSince,
              state_reason = @StateReason, failures = @Failures, last_error = @LastError, last_poll = @lastPoll, last_success = @lastSuccess,
              last_item = @lastItem, baselined = @baselined, unstable_ids = @UnstableIds, rhythm = @Rhythm, hints = @Hints, starts = @Starts
            WHERE id = @Id AND url = @Url AND fence = @Fence
            """,
            new
            {
                source.Id,
                source.Url,
                source.Fence,
                source.MovedTo,
                source.MovedSeen,
                movedTold = UnixTime.Of(source.MovedTold),
                movedAsked = UnixTime.Of(source.MovedAsked),
                source.ValidatorsUrl,
                source.ETag,
                source.LastModified,
                source.BodyHash,
                nextDue = UnixTime.Of(source.NextDue),
                notBefore = UnixTime.Of(source.NotBefore),
                state = StoredName.Of(source.State),
                stateSince = UnixTime.Of(source.StateSince),
                source.StateReason,
                source.Failures,
                source.LastError,
                lastPoll = UnixTime.Of(source.LastPoll),
                lastSuccess = UnixTime.Of(source.LastSuccess),
                lastItem = UnixTime.Of(source.LastItem),
                baselined = UnixTime.Of(source.Baselined),
                source.UnstableIds,
                source.Rhythm,
                source.Hints,
                source.Starts,
            });
        if (saved == 0)
        {
            Release(db, source.Lease);
        }
    }

#pragma warning disable IDE1006, SA1300 // the properties are named as the columns
    private sealed class Row
    {
        public string id { get; init; } = "";

        public string url { get; init; } = "";

        public long poll { get; init; }

        public string? moved_to { get; init; }

        public long moved_seen { get; init; }

        public long? moved_told { get; init; }

        public long? moved_asked { get; init; }

        public string? validators_url { get; init; }

        public string? etag { get; init; }

        public string? last_modified { get; init; }

        public string? body_hash { get; init; }

        public long next_due { get; init; }

        public long? not_before { get; init; }

        public string state { get; init; } = "";

        public long state_since { get; init; }

        public string state_reason { get; init; } = "";

        public long failures { get; init; }

        public string? last_error { get; init; }

        public long? last_poll { get; init; }

        public long? last_success { get; init; }

        public long? last_item { get; init; }

        public long? baselined { get; init; }

        public long unstable_ids { get; init; }

        public string rhythm { get; init; } = "";

        public string hints { get; init; } = "";

        public long starts { get; init; }

        public long fence { get; init; }

        public SourceRow Read() => new()
        {
            Id = id,
            Url = url,
            Poll = TimeSpan.FromMilliseconds(poll),
            MovedTo = moved_to,
            MovedSeen = (int)moved_seen,
            MovedTold = UnixTime.At(moved_told),
            MovedAsked = UnixTime.At(moved_asked),
            ValidatorsUrl = validators_url,
            ETag = etag,
            LastModified = last_modified,
            BodyHash = body_hash,
            NextDue = UnixTime.At(next_due),
            NotBefore = UnixTime.At(not_before),
            State = Enum.Parse<SourceState>(state, ignoreCase: true),
            StateSince = UnixTime.At(state_since),
            StateReason = state_reason,
            Failures = (int)failures,
            LastError = last_error,
            LastPoll = UnixTime.At(last_poll),
            LastSuccess = UnixTime.At(last_success),
            LastItem = UnixTime.At(last_item),
            Baselined = UnixTime.At(baselined),
            UnstableIds = unstable_ids != 0,
            Rhythm = rhythm,
            Hints = hints,
            Starts = (int)starts,
            Fence = fence,
        };
    }
#pragma warning restore IDE1006, SA1300
}
