using System.Globalization;
using System.Text.Json;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Feeds;
using NewsWatch.Core.Stories;

namespace NewsWatch.Storage.Archive;

/// <summary>
/// Moves what a database of an earlier version holds into the archive, a few rows in a write, while the service runs: texts of articles become documents, each
/// with a reading, and items that are done lose their payload. A row that changes meanwhile is moved as it is then.
/// </summary>
internal static class ArchiveMove
{
    private const string ItemsToMove = "items-to-move";

    /// <summary>Earlier verdicts have their reason in their sentence alone.</summary>
    private const string NameReasons =
        """
        UPDATE verdict SET reason = CASE
          WHEN outcome = 'send' THEN 'at-once' WHEN outcome = 'group' THEN 'grouped' WHEN outcome = 'hold' THEN 'quiet-hours' WHEN outcome IN ('digest', 'cap') THEN outcome
          WHEN why LIKE '% is muted until %' THEN 'muted' WHEN why LIKE 'too old:%' THEN 'too-old' WHEN why LIKE 'same story as %' THEN 'same-story'
          WHEN why LIKE 'no subscriber and no route %' THEN 'not-routed' WHEN why LIKE '% unsubscribed from %' THEN 'unsubscribed' ELSE 'not-wanted' END
        WHERE article = @Id AND reason IS NULL
        """;

    /// <summary>Articles whose text has not been moved, with their documents made: outside of any write.</summary>
    public static IReadOnlyList<UnmovedArticle> Articles(Session db, int most) =>
    [
        .. db.Query<Row>("SELECT id, title, text, authors, section, language, revision FROM article WHERE document IS NULL ORDER BY id LIMIT @most", new { most })
            .Select(row => new UnmovedArticle(row.Id, row.Revision, DocumentWrite.From(row.ToArticle()))),
    ];

    /// <summary>Moves them, as far as they have not changed meanwhile.</summary>
    public static void Write(Session db, IEnumerable<UnmovedArticle> articles)
    {
        foreach (var article in articles)
        {
            var document = DocumentStore.Keep(db, article.Document);
            var moved = db.Execute(
                "UPDATE article SET document = @document, text = '' WHERE id = @Id AND document IS NULL AND revision = @Revision", new { document, article.Id, article.Revision });
            if (moved == 0)
            {
                DocumentStore.DeleteUnused(db, [document]);
                continue;
            }

            db.Execute(
                """
                INSERT INTO reading (article, story, document, source, at, first_seen, published, stage, change)
                SELECT id, story, document, source, updated, first_seen, published, @stage, @change FROM article WHERE id = @Id
                """,
                new { article.Id, stage = StoredName.Of(ReadingStage.Kept), change = StoredName.Of(ArticleChange.New) });
            db.Execute(NameReasons, new { article.Id });
        }
    }

    /// <summary>True until all items that an earlier version wrote were moved.</summary>
    public static bool HasItems(Session db) => InstallationSettings.Get(db, ItemsToMove) is not null;

    /// <summary>Items that an earlier version wrote, the newest first; none when all were moved.</summary>
    public static IReadOnlyList<UnmovedItem> Items(Session db, int most) =>
    [
        .. db.Query<(long Id, string? LinkKey, string Payload, long Revision)>(
                "SELECT id, link_key, payload, revision FROM item WHERE id <= (SELECT CAST(value AS INTEGER) FROM fact WHERE name = @ItemsToMove) ORDER BY id DESC LIMIT @most",
                new { ItemsToMove, most })
            .Select(row => new UnmovedItem(row.Id, row.Revision, LinkOf(row.Payload) is { } link && link != row.LinkKey ? link : null)),
    ];

    /// <summary>Moves them, as far as they have not changed meanwhile; what is written since needs no move. None says that all were moved.</summary>
    public static void Write(Session db, IReadOnlyList<UnmovedItem> items)
    {
        if (items.Count == 0)
        {
            InstallationSettings.Remove(db, ItemsToMove);
            return;
        }

        db.Execute("UPDATE item SET link = @Link, payload = CASE WHEN state = 'done' THEN '' ELSE payload END WHERE id = @Id AND revision = @Revision AND payload <> ''", items);
        InstallationSettings.Set(db, ItemsToMove, (items[^1].Id - 1).ToString(CultureInfo.InvariantCulture));
    }

    private static string? LinkOf(string payload)
    {
        try
        {
            return payload.Length == 0 ? null : StoredJson.Read<FeedItem>(payload).Link;
        }
        catch (JsonException)
        {
            return null; // what processing will refuse, too
        }
    }

    private sealed record Row(long Id, string Title, string Text, string Authors, string Section, string Language, long Revision)
    {
        public Article ToArticle() => new() { Url = "", Title = Title, Text = Text, Authors = StoredJson.Read<string[]>(Authors), Section = Section, Language = Language };
    }
}

/// <summary>An article whose text is still in its row.</summary>
/// <param name="Revision">The version that <paramref name="Document"/> was made of.</param>
internal sealed record UnmovedArticle(long Id, long Revision, DocumentWrite Document);

/// <summary>An item of an earlier version.</summary>
/// <param name="Link">Its link, where that is not its key.</param>
internal sealed record UnmovedItem(long Id, long Revision, string? Link);
