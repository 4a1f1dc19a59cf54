using NewsWatch.Core.Alerts;

namespace NewsWatch.Storage.Archive;

/// <summary>Where a version of an article comes from; only equals are compared.</summary>
internal enum ToldStage
{
    /// <summary>The feed's entry.</summary>
    Feed,

    /// <summary>The article's page.</summary>
    Page,
}

/// <summary>The versions of alerted articles that were told.</summary>
internal static class ToldVersionStore
{
    /// <summary>The document that was told last; null for an article that nobody was alerted of, or whose version of that stage is not known.</summary>
    public static long? DocumentOf(Session db, long article, ToldStage stage) =>
        db.ExecuteScalar<long?>("SELECT document FROM told_version WHERE article = @article AND stage = @stage", new { article, stage = StoredName.Of(stage) });

    /// <summary>This version was told; what comes next is compared with it.</summary>
    public static void Tell(Session db, long article, ToldStage stage, long document, DateTimeOffset now) => db.Write(
        """
        INSERT INTO told_version (article, stage, document, at) VALUES (@article, @stage, @document, @now)
        ON CONFLICT (article, stage) DO UPDATE SET document = excluded.document, at = excluded.at
        """,
        new { article, stage = StoredName.Of(stage), document, now = UnixTime.Of(now) });

    /// <summary>The newest reading of the feed's words is what subscribers were told, if none is known.</summary>
    public static void TellNewest(Session db, long article, DateTimeOffset now) => db.Write(
        """
        INSERT INTO told_version (article, stage, document, at)
        SELECT article, 'feed', document, @now FROM reading WHERE article = @article AND stage = 'headline' ORDER BY id DESC LIMIT 1
        ON CONFLICT (article, stage) DO NOTHING
        """,
        new { article, now = UnixTime.Of(now) });

    /// <summary>The alerts of an article, each with everything it says, in the order in which they were decided.</summary>
    public static IReadOnlyList<(EarlierAlert Alert, AlertContent Content)> Alerts(Session db, long article) =>
    [
        .. db.Query<(string Key, string Reason, long Step, string Severity, long Created, string Content)>(
                "SELECT key, reason, step, severity, created, content FROM alert WHERE article = @article ORDER BY id", new { article })
            .Select(row => (row, Content: StoredJson.Read<AlertContent>(row.Content)))
            .Select(alert => (
                new EarlierAlert(alert.row.Key, alert.Content.Rule.Id, StoredName.To<AlertReason>(alert.row.Reason), (int)alert.row.Step, StoredName.To<Severity>(alert.row.Severity), UnixTime.At(alert.row.Created)) { IsOfArticle = true },
                alert.Content)),
    ];

    /// <summary>The last step of a rule's alerts about a story.</summary>
    public static int LastStep(Session db, string rule, long story) =>
        (int)db.ExecuteScalar<long>("SELECT coalesce(max(step), 0) FROM alert WHERE rule = @rule AND story = @story", new { rule, story });

    /// <summary>Who got a rule's alerts about an article, over which channel, or is about to.</summary>
    public static IReadOnlyList<AlertedRecipient> Recipients(Session db, string rule, long article) =>
    [
        .. db.Query<(string Subscriber, string Channel, string Bundle, string Kind, string State, long Due, long Attempts)>(
                """
                SELECT subscriber, channel, bundle, delivery.kind, state, due, attempts FROM delivery JOIN alert ON alert.id = delivery.alert
                WHERE alert.article = @article AND alert.rule = @rule AND state IN ('sent', 'pending', 'leased', 'held') ORDER BY delivery.id
                """,
                new { rule, article })
            .GroupBy(row => (row.Subscriber, row.Channel))
            .Select(rows => new AlertedRecipient(
                rows.Key.Subscriber,
                rows.Key.Channel,
                rows.All(row => row.State == "held" && row.Attempts == 0) ? new(rows.Last().Bundle, StoredName.To<DeliveryKind>(rows.Last().Kind), UnixTime.At(rows.Last().Due)) : null)),
    ];
}

/// <summary>A subscriber who got an alert, or is about to.</summary>
/// <param name="Held">The message that it is held for; null for one that left or leaves now.</param>
internal sealed record AlertedRecipient(string Subscriber, string Channel, HeldMessage? Held);
