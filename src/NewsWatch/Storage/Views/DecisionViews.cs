
namespace NewsWatch.Storage.Views;

/// <summary>Why a subscriber got an alert about an article, or not.</summary>
/// <param name="Subscriber">Empty where no subscriber was looked at.</param>
/// <param name="Outcome">send, group, hold, digest, cap or nothing.</param>
public sealed record DecisionLine(DateTimeOffset At, long Article, string Rule, string Subscriber, string Outcome, string? Reason, string Why, long? Alert, string Title, string Source);

/// <summary>The last decision of a page: where the next page begins.</summary>
public sealed record DecisionPlace(long At, long Article, string Rule, string Subscriber);

/// <summary>Decisions as the desk lists them.</summary>
internal static class DecisionViews
{
    /// <summary>Decisions, the newest first.</summary>
    public static IReadOnlyList<DecisionLine> List(Session db, string? rule, string? subscriber, DecisionPlace? before, int most) => Lines(
        db,
        $"""
        WHERE 1 = 1 {(rule is null ? "" : "AND verdict.rule = @rule")} {(subscriber is null ? "" : "AND verdict.subscriber = @subscriber")}
          {(before is null ? "" : "AND (verdict.at, verdict.article, verdict.rule, verdict.subscriber) < (@At, @Article, @LastRule, @LastSubscriber)")}
        ORDER BY verdict.at DESC, verdict.article DESC, verdict.rule DESC, verdict.subscriber DESC LIMIT @most
        """,
        new { rule, subscriber, before?.At, before?.Article, LastRule = before?.Rule, LastSubscriber = before?.Subscriber, most });

    /// <summary>The decisions on an article, the newest first.</summary>
    public static IReadOnlyList<DecisionLine> OfArticle(Session db, long article) => Lines(db, "WHERE verdict.article = @article ORDER BY verdict.at DESC, rule, subscriber", new { article });

    private static List<DecisionLine> Lines(Session db, string which, object parameters) =>
    [
        .. db.Query<Row>(
                $"""
                SELECT verdict.at, verdict.article, verdict.rule, verdict.subscriber, verdict.outcome, verdict.reason, verdict.why, verdict.alert,
                  coalesce(article.title, '') AS title, coalesce(article.source, '') AS source
                FROM verdict LEFT JOIN article ON article.id = verdict.article {which}
                """,
                parameters)
            .Select(row => row.ToLine()),
    ];

    private sealed class Row
    {
        public long At { get; init; }

        public long Article { get; init; }

        public string Rule { get; init; } = "";

        public string Subscriber { get; init; } = "";

        public string Outcome { get; init; } = "";

        public string? Reason { get; init; }

        public string Why { get; init; } = "";

        public long? Alert { get; init; }

        public string Title { get; init; } = "";

        public string Source { get; init; } = "";

        public DecisionLine ToLine() => new(UnixTime.At(At), Article, Rule, Subscriber, Outcome, Reason, Why, Alert, Title, Source);
    }
}
