using NewsWatch.Core.Text;

namespace NewsWatch.Storage.Archive;

/// <summary>An article's version that the search index does not hold yet, its words made ready.</summary>
/// <param name="Document">The version.</param>
internal sealed record UnsearchableArticle(long Id, long Document, string Title, string Text);

/// <summary>
/// The words of every article (FTS5, in PostgreSQL a tsvector; without the texts). It is filled behind commit 2, a few articles in a write, so that no alert waits for it: an article can be
/// searched for about a second after it was decided on.
/// </summary>
internal static class SearchIndex
{
    /// <summary>The newest articles that are not in the index, in the order of their numbers; made outside of any write.</summary>
    public static IReadOnlyList<UnsearchableArticle> Next(Session db, int most) =>
    [
        .. db.Query<(long Id, long Document, string Title, byte[] Text)>(
                """
                SELECT article.id, document.id, document.title, document.text FROM article JOIN document ON document.id = article.document
                WHERE article.searchable = 0 AND article.document IS NOT NULL ORDER BY article.id DESC LIMIT @most
                """,
                new { most })
            .Reverse()
            .Select(row => new UnsearchableArticle(row.Id, row.Document, SearchWords.Of(row.Title), SearchWords.Of(PackedText.Unpack(row.Text)))),
    ];

    /// <summary>Puts them into the index, as far as they have not changed meanwhile.</summary>
    public static void Write(Session db, IEnumerable<UnsearchableArticle> articles)
    {
        foreach (var article in articles)
        {
            if (db.Execute("UPDATE article SET searchable = 1 WHERE id = @Id AND document = @Document", new { article.Id, article.Document }) > 0)
            {
                Forget(db, article.Id);
                if (db.IsPostgres)
                {
                    db.Execute("INSERT INTO article_search (rowid, words) VALUES (@Id, @words::tsvector)", new { article.Id, words = PostgresSearch.Vector(article.Title, article.Text) });
                }
                else
                {
                    db.Execute("INSERT INTO article_search (rowid, title, text) VALUES (@Id, @Title, @Text)", new { article.Id, article.Title, article.Text });
                }
            }
        }
    }

    /// <summary>Takes an article out of the index.</summary>
    public static void Forget(Session db, long article) => db.Execute("DELETE FROM article_search WHERE rowid = @article", new { article });

    /// <summary>Takes the articles of a story out of the index.</summary>
    public static void ForgetStory(Session db, long story) =>
        db.Execute("DELETE FROM article_search WHERE rowid IN (SELECT id FROM article WHERE story = @story)", new { story });
}
