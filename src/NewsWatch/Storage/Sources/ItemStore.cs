namespace NewsWatch.Storage.Sources;

/// <summary>An item seen before at the same source.</summary>
/// <param name="Versions">Earlier content hashes, separated by blanks.</param>
internal sealed record KnownItem(
    long Id, string Key, string? LinkKey, string? TitleKey, string ContentHash, string Versions, long Revision, long FirstSeen, long? Published, string State);

/// <summary>What is written of an item that was seen.</summary>
/// <param name="Link">Its link as the feed wrote it, where that is not <paramref name="LinkKey"/>; else null.</param>
/// <param name="Payload">JSON of the FeedItem.</param>
/// <param name="State">baseline | old | new</param>
internal sealed record ItemWrite(
    string Key, string? LinkKey, string? Link, string? TitleKey, string ContentHash, string Versions, DateTimeOffset? Published, string State, string Payload);

/// <summary>The items of each source: who was seen when.</summary>
internal static class ItemStore
{
    /// <summary>An item was last seen up to this much later than its row says.</summary>
    public static readonly TimeSpan SeenToWithin = TimeSpan.FromHours(1);

    /// <summary>The known items that have one of these keys, the first seen first.</summary>
    public static IReadOnlyList<KnownItem> Known(Session db, string source, IEnumerable<string> keys, IEnumerable<string> links, IEnumerable<string> titles) => db.Query<KnownItem>(
        """
        SELECT id, key, link_key, title_key, content_hash, versions, revision, first_seen, published, state FROM item WHERE id IN (
          SELECT id FROM item WHERE source = @source AND key IN @keys
          UNION SELECT id FROM item WHERE source = @source AND link_key IN @links
          UNION SELECT id FROM item WHERE source = @source AND title_key IN @titles)
        ORDER BY id
        """,
        new { source, keys, links, titles });

    /// <summary>The items that have one of these keys: each key with the hash of its content.</summary>
    public static HashSet<(string Key, string ContentHash)> Contents(Session db, string source, IEnumerable<string> keys) =>
    [
        .. db.Query<(string, string)>("SELECT key, content_hash FROM item WHERE source = @source AND key IN @keys", new { source, keys }),
    ];

    /// <summary>First sight of an item.</summary>
    /// <param name="seen">When that was; true even where the system's clock is wrong.</param>
    /// <param name="due">When it may be processed, by the system's clock.</param>
    public static void Add(Session db, string source, ItemWrite item, DateTimeOffset seen, DateTimeOffset due) => db.Write(
        """
        INSERT INTO item (source, key, link_key, link, title_key, content_hash, versions, first_seen, last_seen, published, state, due, payload)
        VALUES (@source, @Key, @LinkKey, @Link, @TitleKey, @ContentHash, @Versions, @seen, @seen, @published, @State, @due, @Payload)
        """,
        new { source, item.Key, item.LinkKey, item.Link, item.TitleKey, item.ContentHash, item.Versions, item.State, item.Payload, published = UnixTime.Of(item.Published), seen = UnixTime.Of(seen), due = UnixTime.Of(due) });

    /// <summary>An edit: the next revision. A lease stays, so that the processing of the earlier revision can end.</summary>
    public static void Edit(Session db, long id, ItemWrite item, DateTimeOffset now) => db.Write(
        """
        UPDATE item SET key = @Key, link_key = @LinkKey, link = @Link, title_key = @TitleKey, content_hash = @ContentHash, versions = @Versions, last_seen = @now,
          published = @published, payload = @Payload, revision = revision + 1, state = @State, due = @now, attempts = 0
        WHERE id = @id
        """,
        new { id, item.Key, item.LinkKey, item.Link, item.TitleKey, item.ContentHash, item.Versions, item.State, item.Payload, published = UnixTime.Of(item.Published), now = UnixTime.Of(now) });

    /// <summary>
    /// The system's clock turned out to be wrong: what was recorded as too old by it is seen when it really was, and waits to be processed where it is not
    /// old by the right time.
    /// </summary>
    /// <param name="maxAge">Of a source's news.</param>
    /// <param name="since">By the wrong clock.</param>
    /// <param name="offset">By how much the clock is behind, negative when it is ahead.</param>
    public static void JudgeAgain(Session db, Func<string, TimeSpan> maxAge, DateTimeOffset since, TimeSpan offset, DateTimeOffset now)
    {
        var fresh = db.Query<(long Id, string Source, long Seen, long Published)>(
                "SELECT id, source, first_seen + @offset, published FROM item WHERE state = 'old' AND first_seen >= @since AND published IS NOT NULL",
                new { since = UnixTime.Of(since), offset = (long)offset.TotalMilliseconds })
            .Where(item => item.Seen - item.Published <= maxAge(item.Source).TotalMilliseconds)
            .Select(item => new { item.Id, item.Seen, due = UnixTime.Of(now) });
        db.Write("UPDATE item SET state = 'new', first_seen = @Seen, due = @due WHERE id = @Id", fresh.ToList());
    }

    /// <summary>The same item under another key or address.</summary>
    public static void Rename(Session db, long id, string key, string? linkKey) => db.Write(
        "UPDATE item SET key = @key, link_key = coalesce(@linkKey, link_key) WHERE id = @id", new { id, key, linkKey });

    /// <summary>
    /// Seen again, unchanged. When an item was last seen is kept to the hour: to write a whole document's items at each poll would be most of what is written.
    /// </summary>
    public static void Touch(Session db, IEnumerable<long> ids, DateTimeOffset now) =>
        db.Write("UPDATE item SET last_seen = @now WHERE id IN @ids AND last_seen < @before", new { now, before = now - SeenToWithin, ids });
}
