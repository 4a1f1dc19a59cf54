namespace NewsWatch.Storage.Sources;

/// <summary>The table of sources: what was learned of each. When they are due is in <see cref="PollQueue"/>.</summary>
internal static class SourceStore
{
    private const string Rows =
        """
        SELECT id, url, poll AS poll_ms, moved_to, moved_seen, moved_told, moved_asked, validators_url, etag, last_modified, body_hash, next_due, not_before, state, state_since, state_reason,
          failures, last_error, last_poll, last_success, last_item, baselined, unstable_ids, rhythm, hints, fence, starts
        FROM source JOIN due ON due.source = source.id
        """;

    /// <summary>All sources that the configuration has, by id.</summary>
    public static IReadOnlyList<SourceRow> All(Session db) => db.Query<SourceRow>($"{Rows} WHERE configured = 1 ORDER BY id");

    /// <summary>One source, configured or not; null when it was never seen.</summary>
    public static SourceRow? Find(Session db, string id) => db.QuerySingleOrDefault<SourceRow>($"{Rows} WHERE id = @id", new { id });

    /// <summary>Those of these sources that were ever seen, and that no other process is claiming.</summary>
    public static IReadOnlyList<SourceRow> FindFree(Session db, IEnumerable<string> ids) => db.Query<SourceRow>($"{Rows} WHERE id IN @ids{db.SkipLocked}", new { ids });

    /// <summary>A source that is new here; due at once unless the caller sets otherwise.</summary>
    public static void Add(Session db, ConfiguredSource source, DateTimeOffset now)
    {
        db.Write(
            "INSERT INTO source (id, url, poll, state_since) VALUES (@Id, @Url, @poll, @now) ON CONFLICT (id) DO UPDATE SET configured = 1",
            new { source.Id, source.Url, poll = (long)source.Poll.TotalMilliseconds, now = UnixTime.Of(now) });
        PollQueue.Add(db, source.Id, now);
        PollQueue.SetPolled(db, [source.Id]);
    }

    /// <summary>Which sources the configuration has; what is known of the others is kept.</summary>
    public static void SetConfigured(Session db, IEnumerable<string> ids)
    {
        var (configured, before) = (ids.ToHashSet(), db.Query<string>("SELECT id FROM source WHERE configured = 1").ToHashSet());
        var (lost, gained) = (before.Except(configured).ToList(), configured.Except(before).ToList());
        db.Write("UPDATE source SET configured = 0 WHERE id IN @lost", new { lost });
        db.Write("UPDATE source SET configured = 1 WHERE id IN @gained", new { gained });
        PollQueue.SetPolled(db, lost.Concat(gained));
    }

    /// <summary>The operator gave another address: nothing that was learned of the old one holds, but its items do.</summary>
    public static void SetUrl(Session db, string id, string url, DateTimeOffset now)
    {
        db.Write(
            """
            UPDATE source SET url = @url, moved_to = NULL, moved_seen = 0, moved_told = NULL, moved_asked = NULL, validators_url = NULL, etag = NULL, last_modified = NULL, body_hash = NULL,
              failures = 0, last_error = NULL, state = 'ok', state_since = @now, state_reason = '', hints = '{}'
            WHERE id = @id
            """,
            new { id, url, now = UnixTime.Of(now) });
        PollQueue.BeginAnew(db, id, now);
        PollQueue.SetPolled(db, [id]);
    }

    /// <summary>The operator gave another interval.</summary>
    public static void SetPoll(Session db, string id, TimeSpan poll, DateTimeOffset due)
    {
        db.Write("UPDATE source SET poll = @poll WHERE id = @id", new { id, poll = (long)poll.TotalMilliseconds });
        PollQueue.SetDue(db, [(id, due)]);
    }

    /// <summary>News came without a poll.</summary>
    public static void SetNews(Session db, string id, DateTimeOffset lastItem, string rhythm) => db.Write(
        "UPDATE source SET last_item = @lastItem, rhythm = @rhythm WHERE id = @id",
        new { id, lastItem = UnixTime.Of(lastItem), rhythm });

    /// <summary>Writes what a poll taught, if that is anything; nothing if the address was changed meanwhile.</summary>
    public static void Learn(Session db, SourceRow before, SourceRow after)
    {
        if (after.Learned == before.Learned)
        {
            return;
        }

        db.Write(
            """
            UPDATE source SET moved_to = @MovedTo, moved_seen = @MovedSeen, moved_told = @MovedTold, moved_asked = @MovedAsked, validators_url = @ValidatorsUrl, etag = @ETag,
              last_modified = @LastModified, body_hash = @BodyHash, state = @state, state_since = @StateSince, state_reason = @StateReason, failures = @Failures,
              last_error = @LastError, last_item = @LastItem, baselined = @Baselined, unstable_ids = @UnstableIds, rhythm = @Rhythm, hints = @Hints
            WHERE id = @Id AND url = @Url
            """,
            new
            {
                after.Id,
                after.Url,
                after.MovedTo,
                after.MovedSeen,
                after.MovedTold,
                after.MovedAsked,
                after.ValidatorsUrl,
                after.ETag,
                after.LastModified,
                after.BodyHash,
                state = StoredName.Of(after.State),
                after.StateSince,
                after.StateReason,
                after.Failures,
                after.LastError,
                after.LastItem,
                after.Baselined,
                after.UnstableIds,
                after.Rhythm,
                after.Hints,
            });
        if (after.State != before.State)
        {
            PollQueue.SetPolled(db, [after.Id]);
        }
    }
}
