namespace NewsWatch.Storage.Sources;

/// <summary>A WebSub subscription.</summary>
/// <param name="Token">The unguessable part of the callback address.</param>
/// <param name="Secret">The hub signs with it.</param>
/// <param name="Asked">When the hub was last asked.</param>
/// <param name="Expires">End of the hub's lease; null before the first.</param>
internal sealed record Push(string Source, string Hub, string Topic, string Token, string Secret, PushState State, DateTimeOffset Asked, DateTimeOffset? Expires)
{
    /// <summary>True while the hub was asked and has not confirmed.</summary>
    public bool Awaited { get; init; }

    /// <summary>How many pushes in a row brought items before a poll saw them.</summary>
    public int Lead { get; init; }

    /// <summary>True while the hub has promised to push.</summary>
    public bool IsActive(DateTimeOffset now) => State is PushState.Active && Expires > now;
}

/// <summary>The state of a subscription.</summary>
internal enum PushState
{
    Pending,
    Active,
    Denied,
}

/// <summary>The table of subscriptions, one for each source at most.</summary>
internal static class PushStore
{
    /// <summary>After so many pushes in a row that came before the polls, polls only make sure.</summary>
    public const int ProvenLead = 3;

    private const string Select = "SELECT source, hub, topic, token, secret, state, asked, expires, awaited, lead FROM push ";

    public static Push? Find(Session db, string source) =>
        Read(db.QuerySingleOrDefault<Row>(Select + "WHERE source = @source", new { source }));

    public static Push? FindByToken(Session db, string token) =>
        Read(db.QuerySingleOrDefault<Row>(Select + "WHERE token = @token", new { token }));

    /// <summary>True while a hub has promised to push and has shown that its pushes come before the polls.</summary>
    public static bool ComesFirst(Session db, string source, DateTimeOffset now) =>
        Find(db, source) is { Lead: >= ProvenLead } push && push.IsActive(now);

    /// <summary>A push brought items that no poll had seen.</summary>
    public static void CameFirst(Session db, string source) =>
        db.Write("UPDATE push SET lead = CASE WHEN lead < @ProvenLead THEN lead + 1 ELSE @ProvenLead END WHERE source = @source", new { source, ProvenLead });

    /// <summary>A poll saw items that no push had brought: the hub must show anew that it is faster.</summary>
    public static void CameLater(Session db, string source) =>
        db.Write("UPDATE push SET lead = 0 WHERE source = @source AND lead > 0", new { source });

    public static void Save(Session db, Push push) => db.Write(
        """
        INSERT INTO push (source, hub, topic, token, secret, state, asked, expires, awaited, lead)
        VALUES (@Source, @Hub, @Topic, @Token, @Secret, @state, @asked, @expires, @Awaited, @Lead)
        ON CONFLICT (source) DO UPDATE SET
          hub = @Hub, topic = @Topic, token = @Token, secret = @Secret, state = @state, asked = @asked, expires = @expires, awaited = @Awaited, lead = @Lead
        """,
        new
        {
            push.Source,
            push.Hub,
            push.Topic,
            push.Token,
            push.Secret,
            state = StoredName.Of(push.State),
            asked = UnixTime.Of(push.Asked),
            expires = UnixTime.Of(push.Expires),
            push.Awaited,
            push.Lead,
        });

    private static Push? Read(Row? row) => row is null
        ? null
        : new(row.Source, row.Hub, row.Topic, row.Token, row.Secret, StoredName.To<PushState>(row.State), UnixTime.At(row.Asked), UnixTime.At(row.Expires))
        {
            Awaited = row.Awaited != 0,
            Lead = (int)row.Lead,
        };

    private sealed record Row(string Source, string Hub, string Topic, string Token, string Secret, string State, long Asked, long? Expires, long Awaited, long Lead);
}
