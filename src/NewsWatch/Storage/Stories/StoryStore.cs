using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NewsWatch.Storage.Locks;

namespace NewsWatch.Storage.Stories;

/// <summary>Articles about the same happening, as far as known.</summary>
/// <param name="Key">Stable for ever: made of the first article's identity.</param>
internal sealed record Story(long Id, string Key, string Title);

/// <summary>Stories: which one an article belongs to.</summary>
internal static class StoryStore
{
    /// <summary>How far apart two equal headlines may be and still tell the same news.</summary>
    public static readonly TimeSpan SameTitleWithin = TimeSpan.FromDays(1);

    /// <summary>The story with this number.</summary>
    public static Story Get(Session db, long id) =>
        db.QuerySingle<Story>("SELECT id, key, title FROM story WHERE id = @id", new { id });

    /// <summary>From here on nobody else writes about an article's story.</summary>
    /// <returns>True where that is new: what was read of the article before may be old.</returns>
    public static bool Lock(Session db, long article)
    {
        var isNew = false;
        while (db.Lock(KeysOf(db, article)))
        {
            isNew = true; // and asked again: it may have come to another story while nobody held it
        }

        return isNew;
    }

    /// <summary>The key of the story that has this key or number; null for none.</summary>
    public static string? FindKey(Session db, string written) => db.QueryFirstOrDefault<string>(
        "SELECT key FROM story WHERE key = @written OR id = @id ORDER BY CASE WHEN key = @written THEN 0 ELSE 1 END LIMIT 1",
        new { written, id = long.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0 });

    /// <summary>The headline of the story with this key; null for none.</summary>
    public static string? TitleOf(Session db, string key) => db.QueryFirstOrDefault<string>("SELECT title FROM story WHERE key = @key", new { key });

    /// <summary>The newest story that had the same headline within a day; null for none or for a headline without a key.</summary>
    public static Story? SameTitle(Session db, string titleKey, DateTimeOffset seen) =>
        titleKey.Length == 0
            ? null
            : db.QueryFirstOrDefault<Story>(
                """
                SELECT story.id, story.key, story.title FROM story_title JOIN story ON story.id = story_title.story
                WHERE story_title.title_key = @titleKey AND story_title.seen BETWEEN @from AND @to
                ORDER BY story_title.seen DESC, story.id DESC LIMIT 1
                """,
                new { titleKey, from = UnixTime.Of(seen - SameTitleWithin), to = UnixTime.Of(seen + SameTitleWithin) });

    /// <summary>Begins a story with its first article, or returns the story with this key.</summary>
    public static Story Begin(Session db, string identity, string title, DateTimeOffset seen) =>
        db.QuerySingle<Story>(
            """
            INSERT INTO story (key, title, first_seen, last_seen) VALUES (@key, @title, @seen, @seen)
            ON CONFLICT (key) DO UPDATE SET last_seen = CASE WHEN story.last_seen < excluded.last_seen THEN excluded.last_seen ELSE story.last_seen END
            RETURNING id, key, title
            """,
            new { key = KeyOf(identity), title, seen = UnixTime.Of(seen) });

    /// <summary>An article or a version of it was seen under this headline.</summary>
    /// <param name="titleKey">Empty for a headline that tells nothing.</param>
    public static void Touch(Session db, long id, string titleKey, DateTimeOffset seen)
    {
        db.Write("UPDATE story SET last_seen = @seen WHERE id = @id AND last_seen < @seen", new { id, seen = UnixTime.Of(seen) });
        if (titleKey.Length > 0)
        {
            db.Write(
                "INSERT INTO story_title (title_key, story, seen) VALUES (@titleKey, @id, @seen) ON CONFLICT DO NOTHING",
                new { titleKey, id, seen = UnixTime.Of(seen) });
        }
    }

    private static IEnumerable<LockKey> KeysOf(Session db, long article)
    {
        foreach (var key in db.Query<string>("SELECT story.key FROM article JOIN story ON story.id = article.story WHERE article.id = @article", new { article }))
        {
            yield return LockKey.Story(key);
        }
    }

    /// <summary>The key of the story that begins with an address.</summary>
    public static string KeyOf(string identity) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)).AsSpan(0, 8));
}
