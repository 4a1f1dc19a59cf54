using NewsWatch.Core.Alerts;

namespace NewsWatch.Storage.Views;

/// <summary>What a rule did in a time.</summary>
/// <param name="Fires">Readings that it matched.</param>
/// <param name="Stories">Stories that it alerted of.</param>
/// <param name="Deliveries">What went to subscribers, or waits to.</param>
/// <param name="Answered">Alerts that a subscriber said something of.</param>
public sealed record RuleNumbers(string Rule, int Fires, int Stories, int Alerts, int Deliveries, int Answered, int Useful, int NotUseful, int Known);

/// <summary>An alert that subscribers said something of.</summary>
internal sealed record VotedAlert(AlertContent Content, int NotUseful, int Votes);

/// <summary>What rules did, and what readers said of it: all numbers are counted from rows, none is kept.</summary>
internal static class NoiseViews
{
    /// <summary>The numbers of every rule that did anything in a time.</summary>
    public static IReadOnlyList<RuleNumbers> Numbers(Session db, DateTimeOffset since, DateTimeOffset until)
    {
        var time = new { since = UnixTime.Of(since), until = UnixTime.Of(until) };
        var fires = Counts(db, "SELECT match.rule, count(*), 0 FROM match JOIN reading ON reading.id = match.reading WHERE reading.at >= @since AND reading.at < @until GROUP BY match.rule", time);
        var alerts = Counts(db, "SELECT rule, count(*), count(DISTINCT story) FROM alert WHERE created >= @since AND created < @until GROUP BY rule", time);
        var sent = Counts(db, "SELECT alert.rule, count(*), 0 FROM delivery JOIN alert ON alert.id = delivery.alert WHERE alert.created >= @since AND alert.created < @until AND delivery.state <> 'cancelled' GROUP BY alert.rule", time);
        var answered = Counts(db, $"SELECT alert.rule, count(DISTINCT alert.id), 0 {Votes} GROUP BY alert.rule", time);
        var votes = db.Query<(string Rule, string Verdict, long Count)>($"SELECT alert.rule, feedback.verdict, count(*) {Votes} GROUP BY alert.rule, feedback.verdict", time)
            .ToDictionary(row => (row.Rule, row.Verdict), row => (int)row.Count);
        return
        [
            .. fires.Keys.Union(alerts.Keys).Order(StringComparer.Ordinal).Select(rule => new RuleNumbers(
                rule, fires.GetValueOrDefault(rule).Count, alerts.GetValueOrDefault(rule).Other, alerts.GetValueOrDefault(rule).Count, sent.GetValueOrDefault(rule).Count, answered.GetValueOrDefault(rule).Count,
                votes.GetValueOrDefault((rule, "useful")), votes.GetValueOrDefault((rule, "not-useful")), votes.GetValueOrDefault((rule, "known")))),
        ];
    }

    /// <summary>When each rule alerted, and of which story.</summary>
    public static ILookup<string, (DateTimeOffset At, long Story)> Alerts(Session db, DateTimeOffset since, DateTimeOffset until) =>
        db.Query<(string Rule, long At, long Story)>("SELECT rule, created, story FROM alert WHERE created >= @since AND created < @until", new { since = UnixTime.Of(since), until = UnixTime.Of(until) })
            .ToLookup(row => row.Rule, row => (UnixTime.At(row.At), row.Story));

    /// <summary>How often a rule alerted since a time.</summary>
    public static int CountSince(Session db, string rule, DateTimeOffset since) => (int)db.ExecuteScalar<long>("SELECT count(*) FROM alert WHERE rule = @rule AND created >= @since", new { rule, since = UnixTime.Of(since) });

    /// <summary>The alerts of a rule that subscribers said something of.</summary>
    public static IReadOnlyList<VotedAlert> Voted(Session db, string rule, DateTimeOffset since, DateTimeOffset until) =>
    [
        .. db.Query<(string Content, long NotUseful, long Votes)>(
                $"""
                SELECT alert.content, sum(CASE WHEN feedback.verdict = 'not-useful' THEN 1 ELSE 0 END), count(*) {Votes} AND alert.rule = @rule
                GROUP BY alert.id, alert.content ORDER BY alert.id
                """,
                new { rule, since = UnixTime.Of(since), until = UnixTime.Of(until) })
            .Select(row => new VotedAlert(StoredJson.Read<AlertContent>(row.Content), (int)row.NotUseful, (int)row.Votes)),
    ];

    private const string Votes = "FROM feedback JOIN alert ON alert.id = feedback.alert WHERE alert.created >= @since AND alert.created < @until";

    private static Dictionary<string, (int Count, int Other)> Counts(Session db, string sql, object time) =>
        db.Query<(string Rule, long Count, long Other)>(sql, time).ToDictionary(row => row.Rule, row => ((int)row.Count, (int)row.Other));
}
