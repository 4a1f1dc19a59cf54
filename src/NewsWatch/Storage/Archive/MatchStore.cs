using System.Text.Json;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Text;

namespace NewsWatch.Storage.Archive;

/// <summary>A rule that fired in a reading.</summary>
/// <param name="Alerted">False if it made no alert: the verdict says why.</param>
/// <param name="Clauses">Those that found something.</param>
internal sealed record ArchivedMatch(string Rule, bool Alerted, IReadOnlyList<string> Clauses, IReadOnlyList<ArchivedHit> Hits);

/// <summary>One place where a clause matched; the words themselves are in the reading's document.</summary>
internal sealed record ArchivedHit(Field Field, int Start, int Length, string Clause, string Term, bool Negated);

/// <summary>Which rules fired in each reading, alert or not.</summary>
internal static class MatchStore
{
    /// <summary>Keeps that a rule fired; of a match that waited for more sources, that it alerted now.</summary>
    public static void Add(Session db, long reading, ExcerptedMatch match, bool alerted)
    {
        List<string> clauses = [.. match.Hits.Select(hit => hit.Clause).Distinct()];
        var hits = match.Hits.Select(hit => new object[] { (int)hit.Field, hit.Start, hit.Length, clauses.IndexOf(hit.Clause), hit.Term, hit.Negated ? 1 : 0 });
        db.Write(
            "INSERT INTO match (reading, rule, outcome, clauses, hits) VALUES (@reading, @RuleId, @outcome, @clauses, @hits) ON CONFLICT (reading, rule) DO UPDATE SET outcome = excluded.outcome",
            new { reading, match.RuleId, outcome = alerted ? "alert" : "silent", clauses = StoredJson.Write(clauses), hits = StoredJson.Write(hits) });
    }

    /// <summary>The rules that fired in a reading.</summary>
    public static IReadOnlyList<ArchivedMatch> Of(Session db, long reading) =>
    [
        .. db.Query<(string Rule, string Outcome, string Clauses, string Hits)>("SELECT rule, outcome, clauses, hits FROM match WHERE reading = @reading ORDER BY rule", new { reading })
            .Select(row => Read(row.Rule, row.Outcome == "alert", StoredJson.Read<string[]>(row.Clauses), row.Hits)),
    ];

    private static ArchivedMatch Read(string rule, bool alerted, string[] clauses, string hits) => new(
        rule,
        alerted,
        clauses,
        [.. StoredJson.Read<JsonElement[][]>(hits).Select(hit => new ArchivedHit(
            (Field)hit[0].GetInt32(), hit[1].GetInt32(), hit[2].GetInt32(), clauses[hit[3].GetInt32()], hit[4].GetString()!, hit[5].GetInt32() == 1))]);
}
