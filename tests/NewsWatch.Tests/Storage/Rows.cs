using NewsWatch.Storage;

namespace NewsWatch.Tests.Storage;

/// <summary>Rows that the storage tests start from.</summary>
internal static class Rows
{
    public static readonly DateTimeOffset Now = new(2025, 8, 6, 19, 40, 0, TimeSpan.Zero);

    /// <summary>An item in state "new" that is due.</summary>
    public static long Item(Session db, string key, DateTimeOffset due, string state = "new") => db.ExecuteScalar<long>(
        """
        INSERT INTO item (source, key, content_hash, first_seen, last_seen, state, due, payload)
        VALUES ('world', @key, 'h', @due, @due, @state, @due, '{}') RETURNING id
        """,
        new { key, due = due.ToUnixTimeMilliseconds(), state });

    /// <summary>An article in a story of its own.</summary>
    public static long Article(Session db, string name) => db.ExecuteScalar<long>(
        """
        INSERT INTO story (key, title, first_seen, last_seen) VALUES (@name, @name, 0, 0);
        INSERT INTO article (id, url, story, source, title, text, authors, first_seen, updated, language, section, keywords, completeness)
        SELECT (SELECT coalesce(max(id), 0) + 1 FROM article), @name, id, 'world', @name, '', '[]', 0, 0, 'en', '', '[]', 'full' FROM story WHERE key = @name RETURNING id
        """,
        new { name });

    /// <summary>An alert of rule "r" on an article.</summary>
    public static long Alert(Session db, long article, string key) => db.ExecuteScalar<long>(
        """
        INSERT INTO alert (key, rule, story, reason, step, article, severity, created, configuration, content)
        SELECT @key, 'r', story, 'first_report', 1, id, 'urgent', 0, 'v', '{}' FROM article WHERE id = @article RETURNING id
        """,
        new { article, key });
}
