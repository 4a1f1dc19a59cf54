using System.Text.Json;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Feeds;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Tests.Support;

/// <summary>What tests read of a database, and do to it, that no store offers: the same on every engine.</summary>
internal static class Stored
{
    /// <summary>The notices to the operator, in the order in which they were written.</summary>
    public static IReadOnlyList<Notice> Notices(Session db) =>
        [.. db.Query<string>("SELECT notice FROM delivery WHERE kind = 'notice' ORDER BY id").Select(text => JsonSerializer.Deserialize<Notice>(text)!)];

    /// <summary>What the alerts behind one say, in the order in which they were decided.</summary>
    /// <param name="after">The number of an alert; 0 for the first.</param>
    public static IReadOnlyList<AlertContent> Alerts(Session db, long after = 0) =>
        [.. db.Query<string>("SELECT content FROM alert WHERE id > @after ORDER BY id", new { after }).Select(StoredJson.Read<AlertContent>)];

    /// <summary>The items that wait, as their feeds said them, in the order in which they came.</summary>
    public static IReadOnlyList<FeedItem> NewItems(Session db) =>
        [.. db.Query<string>("SELECT payload FROM item WHERE state = 'new' ORDER BY id").Select(StoredJson.Read<FeedItem>)];

    /// <summary>All items that have not left their text to an article, as their feeds said them, in the order in which they came.</summary>
    public static IReadOnlyList<FeedItem> Items(Session db) =>
        [.. db.Query<string>("SELECT payload FROM item WHERE payload <> '' ORDER BY id").Select(StoredJson.Read<FeedItem>)];

    /// <summary>The headlines of sources' items, with their times: an item that is done has left its headline to its article.</summary>
    /// <param name="sources">How the ids of the sources begin.</param>
    public static IReadOnlyList<(string Title, DateTimeOffset? Published)> Headlines(Session db, string sources = "") =>
        [.. db.Query<(string? Title, string Payload, long? Published)>(
                "SELECT title, payload, item.published FROM item LEFT JOIN article ON article.id = item.article WHERE item.source LIKE @sources || '%' ORDER BY item.id", new { sources })
            .Select(row => (row.Title ?? StoredJson.Read<FeedItem>(row.Payload).Title!, UnixTime.At(row.Published)))];

    /// <summary>When an item was last seen.</summary>
    public static DateTimeOffset LastSeen(Session db, string key) => UnixTime.At(db.ExecuteScalar<long>("SELECT last_seen FROM item WHERE key = @key", new { key }));

    /// <summary>The columns of every table of a SQLite file but its search index, as <c>table.column</c>.</summary>
    public static IReadOnlyList<string> Columns(Session db) => [.. db.Query<string>(
        """
        SELECT t.name || '.' || c.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE 'article_search%' AND t.name <> 'schema_script' ORDER BY 1
        """)];

    /// <summary>The number of rows of each table.</summary>
    public static IReadOnlyList<string> Sizes(Session db) =>
        [.. db.Query<string>(db.IsPostgres ? "SELECT tablename FROM pg_tables WHERE schemaname = 'public'" : "SELECT name FROM sqlite_master WHERE type = 'table'")
            .Order(StringComparer.Ordinal).Select(table => $"{table} {db.ExecuteScalar<long>($"SELECT count(*) FROM {table}")}")];

    /// <summary>From here on the database refuses to insert or update rows of a table, as it does where a constraint is broken.</summary>
    /// <param name="when">What a row has to be; null for each.</param>
    public static Task RefuseAsync(Database database, string verb, string table, string? when = null) => database.WriteAsync(db => db.Execute(db.IsPostgres
        ? $"""
          CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''disk full'' USING ERRCODE = ''check_violation''; END';
          CREATE TRIGGER refuse BEFORE {verb} ON {table} FOR EACH ROW WHEN ({when ?? "true"}) EXECUTE FUNCTION refuse();
          """
        : $"CREATE TRIGGER refuse BEFORE {verb} ON {table} WHEN {when ?? "true"} BEGIN SELECT RAISE(ABORT, 'disk full'); END"));

    /// <summary>It takes them again.</summary>
    public static Task AllowAsync(Database database, string table) => database.WriteAsync(db => db.Execute(db.IsPostgres ? $"DROP TRIGGER refuse ON {table}; DROP FUNCTION refuse()" : "DROP TRIGGER refuse"));
}
