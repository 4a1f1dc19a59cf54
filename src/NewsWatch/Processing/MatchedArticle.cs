using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Feeds;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Stories;
using NewsWatch.Polling.Items;
using NewsWatch.Storage;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Sources;
using NewsWatch.Storage.Stories;

namespace NewsWatch.Processing;

/// <summary>One reading of an article, matched: what commit 2 stores and decides on.</summary>
/// <param name="Source">The source's id; it may have left the configuration meanwhile.</param>
/// <param name="FirstSeen">When the item was first seen.</param>
/// <param name="IsUpdate">True for an entry of a live blog.</param>
/// <param name="WantsPage">True where the article's page may say more than this reading.</param>
internal sealed record MatchedArticle(Article Article, string Source, DateTimeOffset FirstSeen, bool IsUpdate, bool WantsPage)
{
    private const int MaxMadeTitleLength = 100;

    /// <summary>The rules that fired, each with its excerpts: what comes of the text alone is made here, before the write.</summary>
    public required IReadOnlyList<ExcerptedMatch> Matches { get; init; }

    /// <summary>All that the article says of deadlines; none where no rule asks for them.</summary>
    public IReadOnlyList<DeadlineFacts> Deadlines { get; init; } = [];

    /// <summary>The headline's key; empty for none.</summary>
    public required string TitleKey { get; init; }

    /// <summary>What rules saw, as the archive keeps it.</summary>
    public required DocumentWrite Document { get; init; }

    /// <summary>What changed since the version that subscribers were told; null where none was.</summary>
    public VersionComparison? Comparison { get; init; }

    /// <summary>Why a page that was read has no part in it; null otherwise.</summary>
    public string? Remark { get; init; }

    /// <summary>The entities (@name) and lists (#name) among the clauses that matched.</summary>
    public IReadOnlyCollection<string> Watched =>
        [.. Matches.SelectMany(match => match.Hits).Select(hit => hit.Clause).Where(clause => clause.StartsWith('@') || clause.StartsWith('#')).Distinct()];

    /// <summary>The words that rules found.</summary>
    public IReadOnlyCollection<string> Found => [.. Matches.SelectMany(match => match.Hits).Select(hit => hit.Quote).Distinct()];

    /// <summary>The article as alerts are decided by it; rules that left the configuration meanwhile have no part in it.</summary>
    /// <param name="deadlines">The deadlines of the story; null where no rule asks for any.</param>
    public MatchedNews News(WatchConfiguration configuration, Story story, ArticleChange change, DeadlineWriter? deadlines = null)
    {
        var news = configuration.News(Matches.Select(match => match.RuleId), Source, change, story.Id, story.Key);
        return news with
        {
            Matches = deadlines is null ? news.Matches : [.. news.Matches.Select(match => deadlines.Read(match, Matches.First(one => one.RuleId == match.Rule)))],
            Language = Article.Language,
            Published = Article.Published,
            FirstSeen = FirstSeen,
        };
    }

    /// <summary>Reads an item as an article, from the feed's own text.</summary>
    /// <exception cref="System.Text.Json.JsonException">The payload is no item.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled: the caller's time for the article is over.</exception>
    public static MatchedArticle OfItem(ClaimedItem item, WatchConfiguration configuration, CancellationToken cancellationToken = default)
    {
        var payload = StoredJson.Read<FeedItem>(item.Payload);
        var source = configuration.Sources.GetValueOrDefault(item.Source);
        var isEntry = source is { Kind: SourceKind.Live } or { Kind: SourceKind.Page, Watch: PageWatch.Text };
        var url = ArticleIdentity.Of(payload.Link, item.Source, item.Key, shared: isEntry || item.LinkKey is null, source?.TrackingParameters);
        var wantsPage = !isEntry && item.LinkKey is not null && ArticlePageFetcher.IsWanted(source, payload, configuration.Defaults);
        var article = new Article
        {
            Url = url,
            Title = payload.Title.Length > 0 ? payload.Title : Beginning(payload.Text),
            Text = payload.Text,
            Authors = payload.Authors,
            Published = PlausibleDate.Of(payload.Published, item.FirstSeen),
            Modified = PlausibleDate.Of(payload.Updated, item.FirstSeen),
            Language = Language(payload, source),
            Keywords = payload.Categories,
            Completeness = isEntry || !Teaser.Looks(payload.Title, payload.Text) ? Completeness.Full : Completeness.Partial,
        };
        return Matched(article, item.Source, item.FirstSeen, source is { Kind: SourceKind.Live }, wantsPage, configuration, cancellationToken);
    }

    /// <summary>As the feed says it, else the operator, else as the words show it.</summary>
    private static string Language(FeedItem item, Source? source) =>
        item.Language.Length > 0 ? item.Language : source is { Language.Length: > 0 } ? source.Language : TextLanguage.Of($"{item.Title}\n{item.Text}");

    /// <summary>Reads an article's page; what the page does not say stays as it is known, and its text too where the page has less of it.</summary>
    public static MatchedArticle OfPage(StoredArticle known, Article page, WatchConfiguration configuration, CancellationToken cancellationToken = default)
    {
        var isMore = IsMore(page, known.Article);
        var article = page with
        {
            Url = known.Article.Url,
            Title = isMore && page.Title.Length > 0 ? page.Title : known.Article.Title,
            Text = isMore ? page.Text : known.Article.Text,
            Completeness = isMore || page.Completeness == Completeness.Paywalled ? page.Completeness : known.Article.Completeness,
            Published = known.Article.Published ?? PlausibleDate.Of(page.Published, known.FirstSeen),
            Modified = PlausibleDate.Of(page.Modified, known.FirstSeen) ?? known.Article.Modified,
            Language = page.Language.Length > 0 ? page.Language : known.Article.Language,
        };
        var reading = Matched(article, known.Source, known.FirstSeen, isUpdate: false, wantsPage: false, configuration, cancellationToken);
        return reading with { Remark = isMore ? null : "the page has less text than was known" };
    }

    /// <summary>An article as it is kept, matched anew.</summary>
    public static MatchedArticle OfStored(StoredArticle known, WatchConfiguration configuration) =>
        Matched(known.Article, known.Source, known.FirstSeen, isUpdate: false, wantsPage: false, configuration, CancellationToken.None);

    /// <summary>A page that is written by script, asks for consent or shows a stranger its beginning only is no better than the feed's longer text.</summary>
    private static bool IsMore(Article page, Article known) =>
        page.Completeness == Completeness.Full && known.Completeness == Completeness.Full
            ? page.Text.Length >= known.Text.Length / 2
            : page.Text.Length > known.Text.Length;

    private static MatchedArticle Matched(
        Article article, string sourceId, DateTimeOffset firstSeen, bool isUpdate, bool wantsPage, WatchConfiguration configuration, CancellationToken cancellationToken)
    {
        var publisher = configuration.Sources.GetValueOrDefault(sourceId)?.Publisher;
        var document = configuration.DocumentOf(article, sourceId, firstSeen);
        return new(article, sourceId, firstSeen, isUpdate, wantsPage)
        {
            Document = DocumentWrite.From(article),
            Deadlines = configuration.RuleSet.AsksForDeadlines ? DeadlineFacts.In(document) : [],
            Matches = Excerpts.CutEach(document, configuration.RuleSet.Match(document, cancellationToken), cancellationToken),
            TitleKey = Core.Stories.TitleKey.Of(article.Title, publisher is null ? [sourceId] : [publisher.Name, publisher.Id, sourceId]),
        };
    }

    private static string Beginning(string text)
    {
        var line = text.Split('\n', 2)[0].Trim();
        if (line.Length <= MaxMadeTitleLength)
        {
            return line;
        }

        var cut = line.LastIndexOf(' ', MaxMadeTitleLength);
        return line[..(cut > 0 ? cut : MaxMadeTitleLength)] + "…";
    }
}
