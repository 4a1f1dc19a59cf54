namespace NewsWatch.Storage.Archive;

/// <summary>A change of an alerted article that was not told.</summary>
/// <param name="Rule">The rule whose alert it might have corrected.</param>
/// <param name="Why">Why not, in one sentence.</param>
internal sealed record QuietChange(string Rule, DateTimeOffset At, string Why);

/// <summary>Changes of alerted articles that were not told, for the question "why did nobody hear of this edit?".</summary>
internal static class QuietChangeStore
{
    /// <summary>Keeps a change; of two in the same millisecond the later one.</summary>
    public static void Add(Session db, long article, QuietChange change) => db.Write(
        """
        INSERT INTO quiet_change (article, rule, at, why) VALUES (@article, @Rule, @at, @Why)
        ON CONFLICT (article, rule, at) DO UPDATE SET why = excluded.why
        """,
        new { article, change.Rule, at = UnixTime.Of(change.At), change.Why });

    /// <summary>The changes of an article that were not told, oldest first.</summary>
    public static IReadOnlyList<QuietChange> OfArticle(Session db, long article) =>
    [
        .. db.Query<(string Rule, long At, string Why)>("SELECT rule, at, why FROM quiet_change WHERE article = @article ORDER BY at, rule", new { article })
            .Select(row => new QuietChange(row.Rule, UnixTime.At(row.At), row.Why)),
    ];
}
