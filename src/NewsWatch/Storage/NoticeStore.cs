using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace NewsWatch.Storage;

/// <summary>Something the operator must hear: a source went stale, an endpoint died, a configuration was refused.</summary>
/// <param name="Key">What it is about and since when; the same key is told once, e.g. <c>source/bbc-world/stale/1754514131000</c>.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">What happened, since when, what to do.</param>
public sealed record Notice(string Key, string Subject, string Text)
{
    /// <summary>What the lines are that a message has no room for, and where they stand: "and 380 " is put before it.</summary>
    public string Rest { get; init; } = "more lines";
}

/// <summary>Puts notices into the outbox, in the transaction of whatever they are about.</summary>
internal static class NoticeStore
{
    /// <summary>One delivery for each address; a notice that was told before is not told again.</summary>
    public static void Add(SqliteConnection db, Notice notice, IReadOnlyList<string> to, string channel, DateTimeOffset now)
    {
        foreach (var address in to)
        {
            var key = $"notice/{notice.Key}/{address}/{channel}";
            db.Execute(
                """
                INSERT INTO delivery (key, bundle, kind, notice, subscriber, channel, created, state, due)
                VALUES (@key, @key, 'notice', @text, @address, @channel, @now, 'pending', @now)
                ON CONFLICT (key) DO NOTHING
                """,
                new { key, text = JsonSerializer.Serialize(notice), address, channel, now = UnixTime.Of(now) });
        }
    }
}
