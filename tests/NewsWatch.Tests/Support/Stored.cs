using System.Text.Json;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Feeds;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Tests.Support;

/// <summary>What tests read of a database, and do to it, that no store offers: the same on every engine.</summary>
internal static partial class Stored
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

    /// <summary>Messages that wait are accepted at the moment they are due, if that has come.</summary>
    public static int AcceptDue(Session db, DateTimeOffset now) => db.Execute(
        "UPDATE delivery SET state = 'sent', attempts = 1, last_attempt = due, sent_at = due WHERE state IN ('pending', 'held') AND due <= @now", new { now });

    /// <summary>Someone unsubscribed long ago, before anything waited for them.</summary>
    public static void Unsubscribed(Session db, string subscriber, string scope, string by = "page") => Add(db, "unsubscribed", new { subscriber, scope, at = 0, by });

    /// <summary>An item as commit 1 leaves it, with nothing in it.</summary>
    public static void Item(Session db, string source, string key, DateTimeOffset due, string state = "new", DateTimeOffset? seen = null) =>
        Add(db, "item", new { source, key, content_hash = "", first_seen = seen ?? due, last_seen = seen ?? due, state, due, payload = "{}" });

    /// <summary>A source with its place in the queue, never polled.</summary>
    public static void Source(Session db, string id, DateTimeOffset since, DateTimeOffset due)
    {
        Add(db, "source", new { id, url = "", poll = 0, state_since = since });
        Add(db, "due", new { source = id, polled = 1, next_due = due });
    }

    /// <summary>A delivery of no alert, created long ago.</summary>
    public static void Delivery(Session db, string key, DateTimeOffset due, string kind = "alert", string subscriber = "anna", string channel = "mail", string state = "pending", DateTimeOffset? created = null) =>
        Add(db, "delivery", new { key, bundle = key, kind, subscriber, channel, created = created ?? DateTimeOffset.UnixEpoch, state, due });

    /// <summary>The addresses of articles whose text was kept, those with a long one apart from the others.</summary>
    public static ILookup<bool, string> ArticlesByLength(Session db, int bytes) =>
        db.Query<(string Url, bool IsLong)>("SELECT url, CASE WHEN length(document.text) > @bytes THEN 1 ELSE 0 END FROM article JOIN document ON document.id = article.document", new { bytes })
            .ToLookup(article => article.IsLong, article => article.Url);

    /// <summary>How complete each article is, with what is known of its page.</summary>
    public static IReadOnlyList<(string Url, string Completeness, string? Error, DateTimeOffset? Due)> Pages(Session db) =>
        [.. db.Query<(string Url, string Completeness, string? Error, long? Due)>("SELECT url, completeness, error, due FROM article LEFT JOIN page ON page.article = article.id ORDER BY article.id")
            .Select(row => (row.Url, row.Completeness, row.Error, UnixTime.At(row.Due)))];

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
