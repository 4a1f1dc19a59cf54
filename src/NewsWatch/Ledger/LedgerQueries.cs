using System.Globalization;
using NewsWatch.Configuration;
using NewsWatch.Core.Articles;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Stories;

namespace NewsWatch.Ledger;

/// <summary>Queries on the record: why a subscriber got an alert or did not, alerts, deliveries.</summary>
internal sealed class LedgerQueries(Database database, ConfigurationHolder configurations)
{
    /// <summary>Alerts, the newest first.</summary>
    /// <param name="most">The longest list.</param>
    public IReadOnlyList<AlertRecord> Alerts(DateTimeOffset? since = null, string? rule = null, int most = 100) =>
        database.Read(db => LedgerStore.Alerts(db, since, rule, most));

    /// <summary>The number of alerts.</summary>
    public int CountAlerts(DateTimeOffset? since = null, string? rule = null) => database.Read(db => LedgerStore.CountAlerts(db, since, rule));

    /// <summary>The deliveries of the newest messages, those of one message together.</summary>
    public IReadOnlyList<DeliveryRecord> Deliveries(DeliveryFilter filter) => database.Read(db => LedgerStore.Deliveries(db, filter));

    /// <summary>Explains why a subscriber got an alert about an article, or what stopped it.</summary>
    /// <param name="article">The article's number or its address, tracking parameters and all.</param>
    /// <param name="subscriber">The subscriber's id.</param>
    public LedgerAnswer Why(string article, string subscriber) => database.Read(db =>
    {
        var url = CanonicalUrl.Of(article) ?? article;
        var kept = long.TryParse(article, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? ArticleStore.Find(db, id) : ArticleStore.Find(db, url);
        return kept is null ? new LedgerAnswer(null, url, [NotKept(db, article, url)]) : Kept(db, kept, subscriber);
    });

    private LedgerLine NotKept(Session db, string asked, string url)
    {
        var seen = LedgerStore.Seen(db, url) is { Count: > 0 } found ? found : LedgerStore.Seen(db, asked);
        if (seen.Count == 0)
        {
            return new(LedgerStage.NeverSeen, null, "never seen: no source has shown it");
        }

        var item = seen[^1];
        var when = $"at {item.Source} on {Time(item.FirstSeen)}";
        return item.State switch
        {
            "baseline" => new(LedgerStage.Baseline, null, $"baseline: shown {when}, when NewsWatch began to watch that source"),
            "old" => new(LedgerStage.TooOld, null, $"too old when it was first seen {when}{Because(item.Outcome)}"),
            "failed" => new(LedgerStage.Failed, null, $"processing failed for good; first seen {when}{Because(item.Outcome)}"),
            _ => new(LedgerStage.Unprocessed, null, $"first seen {when}, waiting to be processed{Because(item.Outcome)}"),
        };
    }

    private LedgerAnswer Kept(Session db, StoredArticle kept, string subscriber)
    {
        var configuration = configurations.Current;
        if (!configuration.Subscribers.TryGetValue(subscriber, out var who))
        {
            return new(kept.Article.Title, kept.Article.Url, [new(LedgerStage.NoSubscriber, null, $"the configuration has no subscriber {subscriber}")]);
        }

        var page = new LedgerPage(
            configuration, kept, who, LedgerStore.OfStory(db, kept.Story, subscriber), VerdictStore.OfArticle(db, kept.Id), AlertStore.OfStory(db, kept.Story));
        var lines = configuration.Rules.Values.Select(page.Line).OrderBy(line => line.Stage).ToList();
        return new(kept.Article.Title, kept.Article.Url, lines.Count > 0 ? lines : [new(LedgerStage.NoMatch, null, "there are no rules")])
        {
            Changes = ChangeHistory.Of(ToldVersionStore.Alerts(db, kept.Id), QuietChangeStore.OfArticle(db, kept.Id), kept.Article.Title, Time),
            Story = StoryHistory.Of(PlacementStore.Of(db, kept.Id), StoryEventStore.OfArticle(db, kept.Id), Time),
        };
    }

    private static string Because(string? outcome) => outcome is null ? "" : $" ({outcome})";

    private string Time(DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, configurations.Current.Defaults.TimeZone).ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);
}
