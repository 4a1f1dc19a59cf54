using Dapper;
using Microsoft.Data.Sqlite;

namespace NewsWatch.Storage;

/// <summary>Why a subscriber is told of an article or not.</summary>
/// <param name="Subscriber">Empty where no subscriber was looked at.</param>
/// <param name="Outcome">send, group, hold, digest, cap or nothing.</param>
/// <param name="Why">One sentence.</param>
internal sealed record Verdict(long Article, string Rule, string Subscriber, DateTimeOffset At, string Outcome, string Why, long? Alert);

/// <summary>Verdicts, for the question "why did anna get this, and why did she not?".</summary>
internal static class VerdictStore
{
    /// <summary>Keeps a verdict; of two in the same millisecond the later one.</summary>
    public static void Add(SqliteConnection db, Verdict verdict) => db.Execute(
        """
        INSERT OR REPLACE INTO verdict (article, rule, subscriber, at, outcome, why, alert)
        VALUES (@Article, @Rule, @Subscriber, @at, @Outcome, @Why, @Alert)
        """,
        new { verdict.Article, verdict.Rule, verdict.Subscriber, at = UnixTime.Of(verdict.At), verdict.Outcome, verdict.Why, verdict.Alert });
}
