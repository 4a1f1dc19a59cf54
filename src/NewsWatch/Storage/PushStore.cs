using Dapper;
using Microsoft.Data.Sqlite;

namespace NewsWatch.Storage;

/// <summary>A WebSub subscription.</summary>
/// <param name="Token">The unguessable part of the callback address.</param>
/// <param name="Secret">The hub signs with it.</param>
/// <param name="Asked">When the hub was last asked.</param>
/// <param name="Expires">End of the hub's lease; null before the first.</param>
internal sealed record Push(string Source, string Hub, string Topic, string Token, string Secret, PushState State, DateTimeOffset Asked, DateTimeOffset? Expires);

/// <summary>How a subscription stands.</summary>
internal enum PushState
{
    Pending,
    Active,
    Denied,
}

/// <summary>The table of subscriptions, one for each source at most.</summary>
internal static class PushStore
{
    private const string Select = "SELECT source, hub, topic, token, secret, state, asked, expires FROM push ";

    public static Push? Find(SqliteConnection db, string source) =>
        Read(db.QuerySingleOrDefault<Row>(Select + "WHERE source = @source", new { source }));

    public static Push? FindByToken(SqliteConnection db, string token) =>
        Read(db.QuerySingleOrDefault<Row>(Select + "WHERE token = @token", new { token }));

    /// <summary>True while a hub has promised to push.</summary>
    public static bool IsActive(SqliteConnection db, string source, DateTimeOffset now) =>
        Find(db, source) is { State: PushState.Active } push && push.Expires > now;

    public static void Save(SqliteConnection db, Push push) => db.Execute(
        """
        INSERT INTO push (source, hub, topic, token, secret, state, asked, expires) VALUES (@Source, @Hub, @Topic, @Token, @Secret, @state, @asked, @expires)
        ON CONFLICT (source) DO UPDATE SET hub = @Hub, topic = @Topic, token = @Token, secret = @Secret, state = @state, asked = @asked, expires = @expires
        """,
        new { push.Source, push.Hub, push.Topic, push.Token, push.Secret, state = StoredName.Of(push.State), asked = UnixTime.Of(push.Asked), expires = UnixTime.Of(push.Expires) });

    private static Push? Read(Row? row) => row is null
        ? null
        : new(row.Source, row.Hub, row.Topic, row.Token, row.Secret, StoredName.To<PushState>(row.State), UnixTime.At(row.Asked), UnixTime.At(row.Expires));

    private sealed record Row(string Source, string Hub, string Topic, string Token, string Secret, string State, long Asked, long? Expires);
}
