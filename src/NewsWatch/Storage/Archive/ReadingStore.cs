using NewsWatch.Core.Stories;

namespace NewsWatch.Storage.Archive;

/// <summary>Which look at an article a reading is.</summary>
internal enum ReadingStage
{
    /// <summary>What the feed said.</summary>
    Headline,

    /// <summary>What the article's page said.</summary>
    Page,

    /// <summary>What another source said.</summary>
    Copy,

    /// <summary>An entry of a live blog.</summary>
    Live,

    /// <summary>What was kept when the archive began.</summary>
    Kept,
}

/// <summary>One time that rules saw an article.</summary>
/// <param name="Story">The article's story at that time.</param>
/// <param name="Source">The source of this reading, which may not be the one that brought the article first.</param>
/// <param name="At">When it was decided on.</param>
/// <param name="Configuration">The version that decided; null for <see cref="ReadingStage.Kept"/>.</param>
internal sealed record ArchivedReading(
    long Article,
    long Story,
    long Document,
    string Source,
    DateTimeOffset At,
    DateTimeOffset FirstSeen,
    DateTimeOffset? Published,
    ReadingStage Stage,
    ArticleChange Change,
    string? Configuration)
{
    /// <summary>Its number; 0 before it is kept. Later readings have higher ones.</summary>
    public long Id { get; init; }
}

/// <summary>The log of readings, in the order in which they were decided on.</summary>
internal static class ReadingStore
{
    private const string Columns = "id, article, story, document, source, at, first_seen, published, stage, change, configuration";

    /// <summary>Keeps a reading; returns its number.</summary>
    public static long Add(Session db, ArchivedReading reading) => db.ExecuteScalar<long>(
        """
        INSERT INTO reading (article, story, document, source, at, first_seen, published, stage, change, configuration)
        VALUES (@Article, @Story, @Document, @Source, @At, @FirstSeen, @Published, @stage, @change, @Configuration)
        RETURNING id
        """,
        new
        {
            reading.Article,
            reading.Story,
            reading.Document,
            reading.Source,
            reading.At,
            reading.FirstSeen,
            reading.Published,
            reading.Configuration,
            stage = StoredName.Of(reading.Stage),
            change = StoredName.Of(reading.Change),
        });

    /// <summary>The readings of an article, the first first.</summary>
    public static IReadOnlyList<ArchivedReading> OfArticle(Session db, long article) =>
        [.. db.Query<Row>($"SELECT {Columns} FROM reading WHERE article = @article ORDER BY id", new { article }).Select(row => row.ToReading())];

    /// <summary>The number of an article's last reading; null where retention took all.</summary>
    public static long? LastOf(Session db, long article) => db.ExecuteScalar<long?>("SELECT max(id) FROM reading WHERE article = @article", new { article });

    /// <summary>Readings behind one, in the order in which they were decided on.</summary>
    /// <param name="after">The number of a reading; 0 for the first.</param>
    public static IReadOnlyList<ArchivedReading> After(Session db, long after, int most) =>
        [.. db.Query<Row>($"SELECT {Columns} FROM reading WHERE id > @after ORDER BY id LIMIT @most", new { after, most }).Select(row => row.ToReading())];

    /// <summary>Deletes readings decided on before <paramref name="cutoff"/>, at most <paramref name="most"/>, and the documents that only they named; returns how many.</summary>
    public static int DeleteOlder(Session db, DateTimeOffset cutoff, int most)
    {
        var documents = db.Query<long>(
            "DELETE FROM reading WHERE id IN (SELECT id FROM reading WHERE at < @cutoff ORDER BY at LIMIT @most) RETURNING document",
            new { cutoff = UnixTime.Of(cutoff), most }).ToList();
        DocumentStore.DeleteUnused(db, documents.Distinct());
        return documents.Count;
    }

    private sealed record Row(
        long Id, long Article, long Story, long Document, string Source, DateTimeOffset At, DateTimeOffset FirstSeen, DateTimeOffset? Published, string Stage, string Change, string? Configuration)
    {
        public ArchivedReading ToReading() =>
            new(Article, Story, Document, Source, At, FirstSeen, Published, StoredName.To<ReadingStage>(Stage), StoredName.To<ArticleChange>(Change), Configuration) { Id = Id };
    }
}
