using Dapper;
using NewsWatch.Core.Articles;
using NewsWatch.Storage.Archive;

namespace NewsWatch.Storage.Articles;

/// <summary>An article as it is kept.</summary>
/// <param name="Source">The source that brought it first.</param>
internal sealed record StoredArticle(long Id, long Story, string Source, DateTimeOffset FirstSeen, int Revision, Article Article)
{
    /// <summary>The number of its document; null until the archive has what an earlier version of NewsWatch kept.</summary>
    public long? Document { get; init; }
}

/// <summary>A source that carries a story, with its article.</summary>
internal sealed record Carrier(string Source, string Url, string Title, DateTimeOffset? Published);

/// <summary>Articles: one row for each canonical URL.</summary>
internal static class ArticleStore
{
    private const string Rows =
        """
        SELECT article.id, url, story, source, article.title, article.text, document, document.text AS packed, article.authors, published, modified, first_seen,
          article.language, article.section, keywords, completeness, revision
        FROM article LEFT JOIN document ON document.id = article.document
        """;

    private const string IsOfReport = "(@report IS NULL OR article.id IN (SELECT article FROM placement WHERE report = @report))";

    /// <summary>The article with this identity, or whose page calls itself so; or null.</summary>
    public static StoredArticle? Find(Session db, string url) =>
        db.QueryFirstOrDefault<ArticleRow>(
            $"{Rows} WHERE article.id = coalesce((SELECT id FROM article WHERE url = @url), (SELECT article FROM article_alias WHERE url = @url))", new { url })?.ToArticle();

    /// <summary>The article with this number, or null.</summary>
    public static StoredArticle? Find(Session db, long id) =>
        db.QuerySingleOrDefault<ArticleRow>($"{Rows} WHERE article.id = @id", new { id })?.ToArticle();

    /// <summary>The articles published last, the newest first, at most so many.</summary>
    public static IReadOnlyList<StoredArticle> Newest(Session db, int most = 50) =>
        [.. db.Query<ArticleRow>($"{Rows} ORDER BY published DESC, article.id LIMIT @most", new { most }).Select(row => row.ToArticle())];

    /// <summary>The number that the next new article gets.</summary>
    public static long NextId(Session db) => db.ExecuteScalar<long>($"SELECT {db.NextNumber("article")}");

    /// <summary>Keeps a new article; returns its number.</summary>
    /// <param name="document">Its text, in the archive.</param>
    /// <param name="id">What <see cref="NextId"/> said in this write; null for the next one.</param>
    public static long Add(Session db, Article article, long document, long story, string source, DateTimeOffset firstSeen, DateTimeOffset now, long? id = null)
    {
        var parameters = Parameters(article, document, now);
        parameters.AddDynamicParams(new { id, story, source, firstSeen });
        return db.ExecuteScalar<long>(
            $"""
            INSERT INTO article (id, url, story, source, title, text, document, authors, published, modified, first_seen, updated, language, section, keywords, completeness)
            VALUES (coalesce(@id, {db.NextNumber("article")}), @Url, @story, @source, @Title, '', @document, @authors, @Published, @Modified, @firstSeen, @now, @Language, @Section, @keywords, @completeness)
            RETURNING id
            """,
            parameters);
    }

    /// <summary>Keeps a later version of an article.</summary>
    /// <param name="document">Its text, in the archive.</param>
    public static void Update(Session db, StoredArticle known, Article article, long document, DateTimeOffset now)
    {
        var parameters = Parameters(article, document, now);
        parameters.AddDynamicParams(new { known.Id });
        db.Write(
            """
            UPDATE article
            SET title = @Title, text = '', document = @document, searchable = CASE WHEN document = @document THEN searchable ELSE 0 END, authors = @authors, published = @Published, modified = @Modified, updated = @now,
                language = @Language, section = @Section, keywords = @keywords, completeness = @completeness, revision = revision + 1
            WHERE id = @Id
            """,
            parameters);
        if (known.Document is { } earlier && earlier != document)
        {
            DocumentStore.DeleteUnused(db, [earlier]);
        }
    }

    /// <summary>The article's page calls itself <paramref name="url"/>; the first article that said so keeps it.</summary>
    public static void AddAlias(Session db, long id, string url) =>
        db.Write("INSERT INTO article_alias (url, article) VALUES (@url, @id) ON CONFLICT DO NOTHING", new { url, id });

    /// <summary>The article turned out to belong to another story.</summary>
    public static void Move(Session db, long id, long story) =>
        db.Write("UPDATE article SET story = @story WHERE id = @id", new { id, story });

    /// <summary>Which sources carry a story, or one report in it, each with its articles; the one that brought an article first comes first.</summary>
    public static IReadOnlyList<Carrier> Carriers(Session db, long story, long? report) =>
    [
        .. db.Query<Carrier>(
                $"""
                SELECT source, url, title, published FROM (
                  SELECT source, url, title, published, 0 AS later, first_seen AS at, id FROM article WHERE story = @story AND {IsOfReport}
                  UNION ALL
                  SELECT item.source, article.url, article.title, article.published, 1, 0, item.id FROM item JOIN article ON article.id = item.article
                  WHERE article.story = @story AND {IsOfReport}) AS carrier
                ORDER BY later, at, id
                """,
                new { story, report })
            .DistinctBy(carrier => (carrier.Source, carrier.Url)),
    ];

    private static DynamicParameters Parameters(Article article, long document, DateTimeOffset now) => new(new
    {
        article.Url,
        article.Title,
        document,
        authors = StoredJson.Write(article.Authors),
        article.Published,
        article.Modified,
        now,
        article.Language,
        article.Section,
        keywords = StoredJson.Write(article.Keywords),
        completeness = StoredName.Of(article.Completeness),
    });
}
