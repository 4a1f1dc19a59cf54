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
    /// <summary>
    /// Articles that are looked at themselves for a short beginning. One that so many newest articles do not have often enough for a page stands in few words, and
    /// the index finds those at once.
    /// </summary>
    private const int MaxLookedAt = 400;

    private const int LookedAtOnce = 50;

    private const string Columns = "article.id, url, article.title, source, article.language, first_seen, published, document";

    private const string Filters = "(@Source IS NULL OR source = @Source) AND (@Language IS NULL OR article.language = @Language) AND first_seen >= @since";

    /// <summary>The articles that have all of this, the newest first.</summary>
    /// <param name="expression">Made by <see cref="SearchQuery.Parse"/>.</param>
    public static IReadOnlyList<FoundArticle> Find(Session db, string expression, SearchFilter filter)
    {
        var terms = SearchTerm.Parse(expression);
        var shorts = terms.Where(term => term.IsShort).ToList();
        return (shorts.Count == 0 ? null : Newest(db, SearchTerm.Expression(terms.Except(shorts)), shorts, filter)) ?? Indexed(db, expression, filter);
    }

    /// <summary>The articles among the newest that have these beginnings and the rest; null when the index has to say whether there are more.</summary>
    private static List<FoundArticle>? Newest(Session db, string? rest, List<SearchTerm> beginnings, SearchFilter filter)
    {
        var candidates = rest is null ? All(db, filter with { Most = MaxLookedAt }) : Indexed(db, rest, filter with { Most = MaxLookedAt });
        var found = new List<FoundArticle>();
        foreach (var some in candidates.Chunk(LookedAtOnce))
        {
            var texts = DocumentStore.Texts(db, some.Select(article => article.Document));
            found.AddRange(some.Where(article => texts.TryGetValue(article.Document, out var kept) && Have(kept.Title, kept.Text, beginnings)));
            if (found.Count >= filter.Most)
            {
                return found[..filter.Most];
            }
        }

        return candidates.Count < MaxLookedAt ? found : null;
    }

    private static bool Have(string title, string text, List<SearchTerm> beginnings) =>
        (SearchTerm.Readable(title), SearchTerm.Readable(text)) is var (words, more) && beginnings.All(term => term.IsIn(words) || term.IsIn(more));

    private static IReadOnlyList<FoundArticle> All(Session db, SearchFilter filter) => db.Query<FoundArticle>(
        $"SELECT {Columns} FROM article WHERE searchable = 1 AND id < @before AND id >= @from AND {Filters} ORDER BY id DESC LIMIT @Most",
        new { filter.Source, filter.Language, filter.Most, before = filter.Before ?? long.MaxValue, from = First(db, filter.Since), since = UnixTime.Of(filter.Since) ?? 0 });

    private static IReadOnlyList<FoundArticle> Indexed(Session db, string expression, SearchFilter filter) =>
    [
        .. db.Query<FoundArticle>(
            $"""
            SELECT {Columns} FROM article_search JOIN article ON article.id = article_search.rowid
            WHERE {(db.IsPostgres ? "article_search.words @@ @expression::tsquery" : "article_search MATCH @expression")} AND article_search.rowid < @before AND article_search.rowid >= @from
              AND {Filters}
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
