using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Stories;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Stories;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Storage;

/// <summary>What the stages leave behind, written by the stores themselves.</summary>
internal static class Kept
{
    /// <summary>An article with its document, in a story of its own if none is named.</summary>
    public static StoredArticle Article(Session db, string name, long? story = null, string source = "world", string text = "", DateTimeOffset? seen = null)
    {
        var (article, at) = (new Article { Url = $"https://news.example.com/{name}", Title = name, Text = text, Language = "en" }, seen ?? Rows.Now);
        var of = story ?? StoryStore.Begin(db, article.Url, name, at).Id;
        return ArticleStore.Find(db, ArticleStore.Add(db, article, DocumentStore.Keep(db, DocumentWrite.From(article)), of, source, at, at))!;
    }

    /// <summary>A reading of an article as it is now.</summary>
    public static long Reading(Session db, StoredArticle article, DateTimeOffset? at = null, string configuration = "v1") => ReadingStore.Add(
        db, new(article.Id, article.Story, article.Document!.Value, article.Source, at ?? Rows.Now, article.FirstSeen, null, ReadingStage.Headline, ArticleChange.New, configuration));

    /// <summary>An alert about an article.</summary>
    public static long Alert(Session db, StoredArticle article, string rule = "truce", int step = 1, Severity severity = Severity.Urgent, DateTimeOffset? at = null) =>
        AlertStore.Add(db, Content(db, article, rule, step, severity), "v1", at ?? Rows.Now);

    /// <summary>What an alert about an article says.</summary>
    public static AlertContent Content(Session db, StoredArticle article, string rule = "truce", int step = 1, Severity severity = Severity.Urgent)
    {
        var some = DeliveryWorld.Alert((int)article.Id);
        return some with
        {
            Key = AlertStore.KeyOf(rule, StoryStore.Get(db, article.Story).Key, AlertReason.FirstReport, step),
            Rule = some.Rule with { Id = rule },
            Step = step,
            Severity = severity,
            Story = article.Story,
            Article = some.Article with { Id = article.Id, Url = article.Article.Url, Title = article.Article.Title },
        };
    }

    /// <summary>A delivery of an alert by mail: its key, which is its bundle if none is named.</summary>
    public static string Delivery(Session db, long alert, string subscriber = "anna", string? bundle = null, DateTimeOffset? due = null, string kind = "alert", Severity severity = Severity.Urgent, DateTimeOffset? created = null)
    {
        var key = $"{alert}/{subscriber}/mail";
        Outbox.Add(db, new OutboxEntry(key, bundle ?? key, kind, alert, subscriber, "mail", due ?? Rows.Now) { Severity = severity }, created ?? Rows.Now);
        return key;
    }

    /// <summary>A delivery of a new article's alert, sent then.</summary>
    public static StoredArticle Sent(Session db, string name, DateTimeOffset at, string subscriber = "anna", long? story = null)
    {
        var article = Article(db, name, story, seen: at.AddMinutes(-1));
        Delivery(db, Alert(db, article, step: (int)article.Id, at: at), subscriber, due: at, created: at);
        DeliveryStore.Sent(db, DeliveryStore.Claim(db, Background.NewProcess(), "mail", at)!, $"<{name}@news.example.com>", $"Re: {name}", "250 OK", at);
        return article;
    }

    /// <summary>A source that is polled every five minutes.</summary>
    public static void Source(Session db, string id, DateTimeOffset? now = null) =>
        NewsWatch.Storage.Sources.SourceStore.Add(db, new(id, $"https://{id}.example.com/feed", TimeSpan.FromMinutes(5)), now ?? Rows.Now);
}
