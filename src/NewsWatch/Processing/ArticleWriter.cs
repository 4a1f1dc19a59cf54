using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Articles.Pages;
using NewsWatch.Core.Stories;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Locks;
using NewsWatch.Storage.Stories;

namespace NewsWatch.Processing;

/// <summary>What commit 2 came to.</summary>
/// <param name="Own">The alerts about the article, each with whom it goes to.</param>
/// <param name="Outcome">One sentence, kept with the item.</param>
internal sealed record CommitResult(long Article, IReadOnlyList<ToldAlert> Own, string Outcome)
{
    /// <summary>The alerts about earlier articles of the story that waited for more sources.</summary>
    public IReadOnlyList<ToldAlert> Confirmed { get; init; } = [];

    /// <summary>All alerts.</summary>
    public IReadOnlyList<ToldAlert> Alerts => [.. Own, .. Confirmed];
}

/// <summary>Commit 2, inside one write: the article and its story are kept, each match is decided on, the outbox is filled.</summary>
internal sealed class ArticleWriter(WatchConfiguration configuration, StoryShelf stories, DateTimeOffset now)
{
    private static readonly TimeSpan PageAgainAfter = TimeSpan.FromMinutes(15);

    /// <summary>What commit 2 of a reading is about, as far as its words say; it comes to the other things by itself.</summary>
    public static IEnumerable<LockKey> KeysOf(WatchConfiguration configuration, MatchedArticle reading)
    {
        if (configuration.Defaults.Stories == StoryScope.Wide)
        {
            yield return LockKey.Book;
        }

        yield return LockKey.Document(reading.Document.Hash);
        yield return LockKey.Story(StoryStore.KeyOf(reading.Article.Url));
        if (reading.IsUpdate)
        {
            yield return LockKey.Story(StoryStore.KeyOf(PageOf(reading)));
        }
        else if (reading.TitleKey.Length > 0)
        {
            yield return LockKey.Headline(reading.TitleKey);
        }

        var news = reading.News(configuration, new(0, "", ""), ArticleChange.New);
        foreach (var to in news.Matches.SelectMany(match => Routing.Of(news.FactsOf(match), configuration.Audience.Routes, configuration.Audience.Subscribers)))
        {
            yield return LockKey.Subscriber(to.Subscriber.Id);
        }
    }

    /// <summary>Keeps and decides what a source said of an article.</summary>
    public CommitResult Save(Session db, MatchedArticle reading)
    {
        db.Lock(KeysOf(configuration, reading));
        var known = ArticleStore.Find(db, reading.Article.Url);
        if (known is not null && StoryStore.Lock(db, known.Id))
        {
            known = ArticleStore.Find(db, reading.Article.Url);
        }

        var (story, change, placement, number) = StoryOf(db, reading, known);
        var document = DocumentStore.Keep(db, reading.Document);
        var (article, isNew) = KeepVersion(db, reading, document, known, story, number);
        if (placement is not null)
        {
            PlacementStore.Add(db, article, PublisherOf(configuration, reading), placement, now);
        }

        if (isNew && reading.WantsPage)
        {
            PageQueue.Schedule(db, article, known is null ? now : now + PageAgainAfter, ArticlePageFetcher.ShardOf(reading.Article.Url));
        }

        var decided = Decided(db, reading, document, article, story, change, StageOf(reading, change), known, reading.Article);
        if (decided.Own.Count > 0 && (known is null || change != ArticleChange.Copy))
        {
            ToldVersionStore.Tell(db, article, ToldStage.Feed, document, now);
        }

        return decided;
    }

    /// <summary>Keeps and decides what an article's page says; the page may call itself by another URL.</summary>
    public CommitResult SavePage(Session db, StoredArticle article, MatchedArticle reading, PageResult.Read page)
    {
        db.Lock(KeysOf(configuration, reading).Append(LockKey.Story(StoryStore.KeyOf(page.Article.Url))).Concat(page.AmpUrl is { } alias ? [LockKey.Story(StoryStore.KeyOf(alias))] : []));
        StoryStore.Lock(db, article.Id);
        var known = ArticleStore.Find(db, article.Id) ?? article;
        var story = StoryStore.Get(db, known.Story);
        if (page.Article.Url != known.Article.Url)
        {
            story = SameAs(db, known, page.Article.Url) ?? story;
        }

        if (page.AmpUrl is { } amp)
        {
            ArticleStore.AddAlias(db, known.Id, amp);
        }

        if (reading.Comparison is { IsVersion: false })
        {
            new ChangeWriter(configuration, now).Save(db, known, ToldStage.Page, page.Article, reading.Comparison, null);
            return new(article.Id, [], "the page shows no version of the article");
        }

        var document = DocumentStore.Keep(db, reading.Document);
        KeepVersion(db, reading, document, known, story);
        var decided = Decided(db, reading, document, article.Id, story, ArticleChange.Edit, ReadingStage.Page, known, page.Article);
        if (decided.Own.Count > 0)
        {
            ToldVersionStore.TellNewest(db, article.Id, now);
            ToldVersionStore.Tell(db, article.Id, ToldStage.Page, DocumentStore.Keep(db, DocumentWrite.From(page.Article)), now);
        }

        return decided;
    }

    /// <summary>Archives the reading and decides on it.</summary>
    /// <param name="document">The number of the reading's document.</param>
    /// <param name="version">What was read of the article itself, for the comparison with what was told of it.</param>
    private CommitResult Decided(
        Session db, MatchedArticle reading, long document, long article, Story story, ArticleChange change, ReadingStage stage, StoredArticle? known, Article version)
    {
        var number = ReadingStore.Add(db, new(
            article, story.Id, document, reading.Source, now, reading.FirstSeen, reading.Article.Published, stage, change, configuration.Version));
        StoryStore.Touch(db, story.Id, reading.IsUpdate ? "" : reading.TitleKey, change == ArticleChange.Edit ? now : reading.FirstSeen);
        var changes = known is not null && change == ArticleChange.Edit
            ? new ChangeWriter(configuration, now).Save(db, known, stage == ReadingStage.Page ? ToldStage.Page : ToldStage.Feed, version, reading.Comparison, number)
            : [];
        IReadOnlyList<ToldAlert> alerts = [.. changes, .. new AlertWriter(configuration, now).Save(db, reading, number, article, story, change, DeadlinesOf(db, reading, story, changes))];
        if (alerts.Count > 0 && ArticlePageFetcher.MayLookAgain(configuration.Sources.GetValueOrDefault(reading.Source), reading.Article.Url, configuration.Defaults))
        {
            PageWatchStore.Begin(db, article, now);
        }

        return new(article, alerts, (reading.Matches.Count, alerts.Count) switch
        {
            (0, _) => "no rule matched",
            (_, 0) => "matched, nothing new to tell",
            (_, 1) => "1 alert",
            _ => $"{alerts.Count} alerts",
        })
        {
            Confirmed = new ConfirmedMatches(configuration, now).Save(db, story, article, number),
        };
    }

    /// <summary>What the article does to its story's deadlines. Of what a correction has told already no rule tells more.</summary>
    private DeadlineWriter? DeadlinesOf(Session db, MatchedArticle reading, Story story, IReadOnlyList<ToldAlert> corrections)
    {
        var deadlines = DeadlineWriter.Read(db, reading, story, PublisherOf(configuration, reading), now);
        foreach (var correction in deadlines is null ? [] : corrections)
        {
            deadlines!.Decided(correction.Rule, [], correction.Number);
        }

        return deadlines;
    }

    /// <summary>The story, what the reading is to it, and, where articles are placed, its place and the number that it was placed under.</summary>
    private (Story Story, ArticleChange Change, Placement? Placement, long? Number) StoryOf(Session db, MatchedArticle reading, StoredArticle? known)
    {
        if (known is not null)
        {
            return (StoryStore.Get(db, known.Story), known.Source == reading.Source ? ArticleChange.Edit : ArticleChange.Copy, null, null);
        }

        if (reading.IsUpdate)
        {
            return (StoryStore.Begin(db, PageOf(reading), reading.Article.Title, reading.FirstSeen), ArticleChange.LiveUpdate, null, null);
        }

        if (configuration.Defaults.Stories == StoryScope.Wide)
        {
            return Placed(db, reading);
        }

        if (StoryStore.SameTitle(db, reading.TitleKey, reading.FirstSeen) is { } same)
        {
            db.Lock(LockKey.Story(same.Key));
            return (same, ArticleChange.Copy, null, null);
        }

        return (StoryStore.Begin(db, reading.Article.Url, reading.Article.Title, reading.FirstSeen), ArticleChange.New, null, null);
    }

    /// <summary>The page of a live blog that an update stands on.</summary>
    private static string PageOf(MatchedArticle reading) => reading.Article.Url.Split('#')[0];

    /// <summary>The story by what the article says: a known report is a copy, however its words differ; a new report of a known story goes into its thread.</summary>
    private (Story Story, ArticleChange Change, Placement? Placement, long? Number) Placed(Session db, MatchedArticle reading)
    {
        var number = ArticleStore.NextId(db);
        var placement = stories.Place(
            db,
            new()
            {
                Id = number,
                Title = reading.Article.Title,
                Text = reading.Article.Text,
                Publisher = PublisherOf(configuration, reading),
                Language = reading.Article.Language,
                Watched = reading.Watched,
                Found = reading.Found,
            },
            now);
        var story = PlacementStore.ThreadOf(db, placement.Story) is { } thread
            ? StoryStore.Get(db, thread)
            : StoryStore.Begin(db, reading.Article.Url, reading.Article.Title, reading.FirstSeen);
        return (story, placement.Kind is PlacementKind.KnownReport or PlacementKind.Copy ? ArticleChange.Copy : ArticleChange.New, placement, number);
    }

    /// <summary>Who is behind an article, as far as the configuration and its address say.</summary>
    public static string PublisherOf(WatchConfiguration configuration, MatchedArticle reading) => configuration.PublisherOf(reading.Source, reading.Article.Url);

    /// <summary>Returns the article's number, and whether this version is new to the archive.</summary>
    private (long Article, bool IsNew) KeepVersion(Session db, MatchedArticle reading, long document, StoredArticle? known, Story story, long? number = null)
    {
        if (known is null)
        {
            return (ArticleStore.Add(db, reading.Article, document, story.Id, reading.Source, reading.FirstSeen, now, number), true);
        }

        var better = ArticleVersion.Better(known.Article, reading.Article, known.Source == reading.Source);
        if (better is not null)
        {
            ArticleStore.Update(db, known, better, DocumentWrite.IsSame(better, reading.Article) ? document : DocumentStore.Keep(db, DocumentWrite.From(better)), now);
        }

        return (known.Id, better is not null);
    }

    private static ReadingStage StageOf(MatchedArticle reading, ArticleChange change) =>
        reading.IsUpdate ? ReadingStage.Live : change == ArticleChange.Copy ? ReadingStage.Copy : ReadingStage.Headline;

    /// <summary>The story of the article that has the page's own URL already: both are one article, so their stories are one.</summary>
    private static Story? SameAs(Session db, StoredArticle known, string ownUrl)
    {
        var other = ArticleStore.Find(db, ownUrl);
        if (other is not null && StoryStore.Lock(db, other.Id))
        {
            other = ArticleStore.Find(db, ownUrl);
        }

        if (other is null)
        {
            ArticleStore.AddAlias(db, known.Id, ownUrl);
        }

        if (other is null || other.Story == known.Story || AlertStore.OfStory(db, known.Story).Count > 0)
        {
            return null;
        }

        ArticleStore.Move(db, known.Id, other.Story);
        return StoryStore.Get(db, other.Story);
    }
}
