using NewsWatch.Core.Alerts;

namespace NewsWatch.Storage.Alerts;

/// <summary>Why a subscriber gets an alert about an article or not.</summary>
/// <param name="Subscriber">Empty where no subscriber was looked at.</param>
/// <param name="Outcome">What it comes to.</param>
/// <param name="Reason">Why, for programs; null for a verdict from before the archive until it is moved.</param>
/// <param name="Why">Why, in one sentence.</param>
/// <param name="Reading">The reading that was decided on; null for one that is not kept.</param>
internal sealed record Verdict(
    long Article, string Rule, string Subscriber, DateTimeOffset At, VerdictOutcome Outcome, VerdictReason? Reason, string Why, long? Alert, long? Reading);

/// <summary>Verdicts, for the question "why did anna get this, and why did she not?".</summary>
internal static class VerdictStore
{
    /// <summary>Keeps a verdict; of two in the same millisecond the later one.</summary>
    public static void Add(Session db, Verdict verdict) => db.Write(
        """
        INSERT INTO verdict (article, rule, subscriber, at, outcome, reason, why, alert, reading)
        VALUES (@Article, @Rule, @Subscriber, @At, @outcome, @reason, @Why, @Alert, @Reading)
        ON CONFLICT (article, rule, subscriber, at) DO UPDATE
        SET outcome = excluded.outcome, reason = excluded.reason, why = excluded.why, alert = excluded.alert, reading = excluded.reading
        """,
        new
        {
            verdict.Article,
            verdict.Rule,
            verdict.Subscriber,
            verdict.At,
            outcome = StoredName.Of(verdict.Outcome),
            reason = verdict.Reason is { } reason ? StoredName.Of(reason) : null,
            verdict.Why,
            verdict.Alert,
            verdict.Reading,
        });

    /// <summary>The verdicts on an article, the newest first.</summary>
    public static IReadOnlyList<Verdict> OfArticle(Session db, long article) =>
    [
        .. db.Query<(string Rule, string Subscriber, DateTimeOffset At, string Outcome, string? Reason, string Why, long? Alert, long? Reading)>(
                "SELECT rule, subscriber, at, outcome, reason, why, alert, reading FROM verdict WHERE article = @article ORDER BY at DESC", new { article })
            .Select(row => new Verdict(
                article,
                row.Rule,
                row.Subscriber,
                row.At,
                StoredName.To<VerdictOutcome>(row.Outcome),
                row.Reason is null ? null : StoredName.To<VerdictReason>(row.Reason),
                row.Why,
                row.Alert,
                row.Reading)),
    ];

    /// <summary>The matches of a story that wait for more sources and were not decided again since, by article.</summary>
    /// <param name="threads">The story's threads.</param>
    /// <param name="except">An article that is being decided on.</param>
    public static ILookup<long, string> Waiting(Session db, IReadOnlyList<long> threads, long except) =>
        db.Query<(long Article, string Rule)>(
                """
                SELECT DISTINCT article, rule FROM verdict
                WHERE reason = @reason AND article <> @except AND article IN (SELECT id FROM article WHERE story IN @threads)
                  AND NOT EXISTS (SELECT 1 FROM verdict AS later WHERE later.article = verdict.article AND later.rule = verdict.rule AND later.at > verdict.at)
                  AND NOT EXISTS (SELECT 1 FROM alert WHERE alert.article = verdict.article AND alert.rule = verdict.rule)
                ORDER BY article, rule
                """,
                new { except, reason = StoredName.Of(VerdictReason.WaitsForSources), threads })
            .ToLookup(row => row.Article, row => row.Rule);

    /// <summary>The rules that wait for a change of an article.</summary>
    public static IReadOnlyList<string> WaitingForChange(Session db, long article) =>
    [
        .. db.Query<string>("SELECT DISTINCT rule FROM verdict WHERE article = @article AND reason = @reason ORDER BY rule", new { article, reason = StoredName.Of(VerdictReason.WaitsForChange) }),
    ];

    /// <summary>Deletes verdicts from before <paramref name="cutoff"/>, at most <paramref name="most"/>; returns how many.</summary>
    public static int DeleteOlder(Session db, DateTimeOffset cutoff, int most) => db.Execute(
        """
        DELETE FROM verdict WHERE (article, rule, subscriber, at) IN (
          SELECT article, rule, subscriber, at FROM verdict WHERE at < @cutoff ORDER BY at LIMIT @most)
        """,
        new { cutoff, most });
}
