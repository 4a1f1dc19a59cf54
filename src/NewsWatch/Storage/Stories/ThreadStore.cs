namespace NewsWatch.Storage.Stories;

/// <summary>A mail that a subscriber got earlier about the same story.</summary>
internal sealed record EarlierMail(string MessageId, string Subject);

/// <summary>What a subscriber got before, so that follow-ups answer it and nothing else.</summary>
internal static class ThreadStore
{
    /// <summary>
    /// Mails about a story alone, of whatever rules, that were accepted for a subscriber over a channel, oldest first; digests are no part of a thread.
    /// Of stories that were merged, the thread that the subscriber had first goes on.
    /// </summary>
    public static IReadOnlyList<EarlierMail> Of(Session db, string subscriber, string channel, long story, string exceptBundle)
    {
        var threads = PlacementStore.Merged(db, story);
        return
        [
            .. db.Query<(string Id, string Subject)>(
                    $"""
                    SELECT message_id, subject FROM alert JOIN delivery {db.Hint("delivery_alert")} ON delivery.alert = alert.id
                    WHERE alert.story IN @threads AND delivery.subscriber = @subscriber AND delivery.channel = @channel
                      AND delivery.state = 'sent' AND delivery.kind IN ('alert', 'group') AND delivery.bundle <> @exceptBundle
                      AND message_id IS NOT NULL AND subject IS NOT NULL
                      AND NOT EXISTS (SELECT 1 FROM delivery AS other JOIN alert AS another ON another.id = other.alert WHERE other.bundle = delivery.bundle AND another.story NOT IN @threads)
                    GROUP BY message_id, subject ORDER BY min(sent_at), min(delivery.id)
                    """,
                    new { subscriber, channel, exceptBundle, threads })
                .Select(row => new EarlierMail(row.Id, row.Subject)),
        ];
    }

    /// <summary>Those of the stories that a subscriber has had a message about over a channel, under whatever rule.</summary>
    public static IReadOnlySet<long> Known(Session db, string subscriber, string channel, IEnumerable<long> stories, string exceptBundle) =>
        db.Query<long>(
            $"""
            SELECT DISTINCT alert.story FROM alert JOIN delivery {db.Hint("delivery_alert")} ON delivery.alert = alert.id
            WHERE alert.story IN @stories AND delivery.subscriber = @subscriber AND delivery.channel = @channel
              AND delivery.state = 'sent' AND delivery.bundle <> @exceptBundle
            """,
            new { subscriber, channel, stories = stories.Distinct(), exceptBundle }).ToHashSet();
}
