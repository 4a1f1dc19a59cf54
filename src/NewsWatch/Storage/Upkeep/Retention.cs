using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Sources;

namespace NewsWatch.Storage.Upkeep;

/// <summary>How long what is over is kept, at least a day.</summary>
/// <param name="Stories">Stories with their articles, alerts and verdicts, and items: since they were last seen; readings and verdicts: since they were decided on. The default is 90 days.</param>
/// <param name="Deliveries">Sent, dead and cancelled deliveries: since they were decided. The default is 90 days.</param>
public sealed record RetentionTimes(TimeSpan Stories, TimeSpan Deliveries)
{
    /// <summary>90 days for everything.</summary>
    public static RetentionTimes Default { get; } = new(TimeSpan.FromDays(90), TimeSpan.FromDays(90));
}

/// <summary>
/// Deletes what is over, in batches that each end soon. Never what is still to be delivered, nor an item that its source still shows:
/// that would come back as news.
/// </summary>
internal static class Retention
{
    /// <summary>Stories deleted in one write, at most.</summary>
    public const int Batch = 50;

    /// <summary>A write begins no further story after this time, so that no item waits long behind it.</summary>
    private static readonly TimeSpan MaxBatchDuration = TimeSpan.FromMilliseconds(20);

    private static readonly long SeenToWithin = (long)ItemStore.SeenToWithin.TotalMilliseconds;

    /// <summary>An item is over when its source's newest document does not show it any more, as far as the rows can tell.</summary>
    private const string ItemIsOver =
        """
        item.last_seen < @cutoff AND item.state <> 'new'
        AND item.last_seen < (SELECT MAX(newer.last_seen) FROM item AS newer WHERE newer.source = item.source) - @seenToWithin
        """;

    private const string DeleteAll =
        """
        DELETE FROM delivery WHERE alert IN (SELECT id FROM alert WHERE story = @story);
        DELETE FROM alert WHERE story = @story;
        DELETE FROM verdict WHERE article IN (SELECT id FROM article WHERE story = @story);
        DELETE FROM item WHERE article IN (SELECT id FROM article WHERE story = @story);
        DELETE FROM unsubscribed WHERE scope = 'story:' || (SELECT key FROM story WHERE id = @story);
        DELETE FROM article WHERE story = @story;
        DELETE FROM story WHERE id = @story;
        """;

    /// <summary>Deletes up to <see cref="Batch"/> expired rows of each kind; returns their number, zero when none is left.</summary>
    public static int DeleteBatch(Session db, RetentionTimes keep, DateTimeOffset now)
    {
        var deliveries = db.Execute(
            """
            DELETE FROM delivery WHERE id IN (
              SELECT id FROM delivery WHERE created < @cutoff AND state IN ('sent', 'dead', 'cancelled') ORDER BY created LIMIT @most)
            """,
            new { cutoff = UnixTime.Of(now - keep.Deliveries), most = Batch * 10 });
        var cutoff = UnixTime.Of(now - keep.Stories);
        var stories = DeleteStories(db, cutoff);
        var left = stories > 0 ? 0 : DeleteLeft(db, now - keep.Stories) + ActStore.DeleteOlder(db, now, Batch) + BacktestStore.DeleteOlder(db, now, Batch);
        return deliveries + stories + left + DeleteItems(db, cutoff) + BoilerplateStore.DeleteOlder(db, now - keep.Stories, Batch);
    }

    /// <summary>Of stories that live on; most readings and verdicts go with their stories.</summary>
    private static int DeleteLeft(Session db, DateTimeOffset cutoff) => ReadingStore.DeleteOlder(db, cutoff, Batch) + VerdictStore.DeleteOlder(db, cutoff, Batch) + SilenceStore.DeleteOlder(db, cutoff, Batch) + PauseStore.DeleteOlder(db, cutoff, Batch);

    private static int DeleteStories(Session db, long cutoff)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var stories = db.Query<long>(
            $"""
            SELECT id FROM story
            WHERE last_seen < @cutoff
              AND NOT EXISTS (
                SELECT 1 FROM delivery JOIN alert ON alert.id = delivery.alert
                WHERE alert.story = story.id AND delivery.state NOT IN ('sent', 'dead', 'cancelled'))
              AND NOT EXISTS (
                SELECT 1 FROM item JOIN article ON article.id = item.article WHERE article.story = story.id AND NOT ({ItemIsOver}))
            ORDER BY last_seen LIMIT @most
            """,
            new { cutoff, most = Batch, seenToWithin = SeenToWithin }).ToList();
        var deleted = 0;
        foreach (var story in stories.TakeWhile(_ => TimeProvider.System.GetElapsedTime(begun) < MaxBatchDuration))
        {
            DeleteStory(db, story);
            deleted++;
        }

        return deleted;
    }

    private static void DeleteStory(Session db, long story)
    {
        var documents = db.Query<long>(
            """
            SELECT document FROM article WHERE story = @story AND document IS NOT NULL
            UNION SELECT told_version.document FROM told_version JOIN article ON article.id = told_version.article WHERE article.story = @story
            UNION SELECT reading.document FROM reading JOIN article ON article.id = reading.article WHERE article.story = @story
            """,
            new { story }).ToList();
        SearchIndex.ForgetStory(db, story);
        db.Execute(DeleteAll, new { story });
        DocumentStore.DeleteUnused(db, documents);
    }

    private static int DeleteItems(Session db, long cutoff) => db.Execute(
        $"""
        DELETE FROM item WHERE id IN (
          SELECT id FROM item WHERE article IS NULL AND first_seen < @cutoff AND {ItemIsOver} LIMIT @most)
        """,
        new { cutoff, most = Batch * 10, seenToWithin = SeenToWithin });
}
