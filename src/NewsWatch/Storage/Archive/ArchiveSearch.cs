namespace NewsWatch.Storage.Archive;

/// <summary>An article that was found.</summary>
internal sealed record FoundArticle(long Id, string Url, string Title, string Source, string Language, DateTimeOffset FirstSeen, DateTimeOffset? Published, long Document);

/// <summary>What is searched for beside words; null asks for all.</summary>
/// <param name="Source">The source that brought the article first.</param>
/// <param name="Since">First seen then or later.</param>
/// <param name="Before">The number of the last article of the page before; null for the first page.</param>
internal sealed record SearchFilter(string? Source = null, string? Language = null, DateTimeOffset? Since = null, long? Before = null, int Most = 50);

/// <summary>Searches the archive.</summary>
internal static class ArchiveSearch
{
    /// <summary>The articles that have all of this, the newest first.</summary>
    /// <param name="expression">Made by <see cref="SearchQuery.Parse"/>.</param>
    public static IReadOnlyList<FoundArticle> Find(Session db, string expression, SearchFilter filter) =>
    [
        .. db.Query<FoundArticle>(
            $"""
            SELECT article.id, url, article.title, source, article.language, first_seen, published, document
            FROM article_search JOIN article ON article.id = article_search.rowid
            WHERE {(db.IsPostgres ? "article_search.words @@ @expression::tsquery" : "article_search MATCH @expression")} AND article_search.rowid < @before AND article_search.rowid >= @from
              AND (@Source IS NULL OR source = @Source) AND (@Language IS NULL OR article.language = @Language) AND first_seen >= @since
            ORDER BY article_search.rowid DESC LIMIT @Most
            """,
            new { expression = db.IsPostgres ? PostgresSearch.Query(expression) : expression, filter.Source, filter.Language, filter.Most, before = filter.Before ?? long.MaxValue, from = First(db, filter.Since), since = UnixTime.Of(filter.Since) ?? 0 }),
    ];

    /// <summary>How many articles the index does not hold yet: those of the last second, and after an upgrade those of the version before the archive.</summary>
    public static long Missing(Session db) => db.ExecuteScalar<long>(
        "SELECT (SELECT count(*) FROM article WHERE document IS NULL) + (SELECT count(*) FROM article WHERE searchable = 0 AND document IS NOT NULL)");

    /// <summary>The first article of a time on: what came before it need not be looked at.</summary>
    private static long First(Session db, DateTimeOffset? since) =>
        since is null ? 0 : db.ExecuteScalar<long?>("SELECT min(id) FROM article WHERE first_seen >= @since", new { since }) ?? long.MaxValue;
}
