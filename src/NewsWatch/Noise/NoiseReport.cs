using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Alerts.Noise;
using NewsWatch.Storage;
using NewsWatch.Storage.Views;

namespace NewsWatch.Noise;

/// <summary>What a rule did, against its budget, and what readers said.</summary>
/// <param name="Budget">Null for a rule without one.</param>
/// <param name="FalseTerms">Terms that go with alerts that are not useful, the worst first.</param>
public sealed record RuleNoise(RuleNumbers Numbers, BudgetUse? Budget, IReadOnlyList<FalseTerm> FalseTerms);

/// <summary>Two rules that alert of the same stories.</summary>
/// <param name="Both">Stories of both.</param>
/// <param name="Stories">Stories of <paramref name="Rule"/>.</param>
/// <param name="OtherStories">Stories of <paramref name="Other"/>.</param>
public sealed record RuleOverlap(string Rule, string Other, int Both, int Stories, int OtherStories);

/// <summary>What rules cost their readers in a time.</summary>
/// <param name="Rules">The noisiest first.</param>
/// <param name="Overlaps">Pairs of which one has most of its stories in common with the other.</param>
/// <param name="Silent">Rules of the configuration that matched nothing.</param>
public sealed record NoiseReport(DateTimeOffset Since, DateTimeOffset Until, IReadOnlyList<RuleNoise> Rules, IReadOnlyList<RuleOverlap> Overlaps, IReadOnlyList<string> Silent)
{
    private const int MinShared = 10;
    private const double MinShare = 0.8;

    /// <summary>Reads it.</summary>
    /// <param name="budget">For rules that have none of their own; null for none.</param>
    public static NoiseReport Read(Session db, WatchConfiguration configuration, Cap? budget, DateTimeOffset since, DateTimeOffset until)
    {
        var (numbers, alerts) = (NoiseViews.Numbers(db, since, until), NoiseViews.Alerts(db, since, until));
        var rules = numbers.Select(rule => new RuleNoise(rule, UseOf(configuration.BudgetOf(rule.Rule) ?? budget, alerts[rule.Rule], since, until), FalseTermsOf(db, rule, since, until)));
        return new(
            since,
            until,
            [.. rules.OrderByDescending(rule => rule.Numbers.Alerts).ThenBy(rule => rule.Numbers.Rule, StringComparer.Ordinal)],
            Overlapping(alerts.ToDictionary(rule => rule.Key, rule => rule.Select(alert => alert.Story).ToHashSet())),
            [.. configuration.Rules.Keys.Except(numbers.Select(rule => rule.Rule)).Order(StringComparer.Ordinal)]);
    }

    private static BudgetUse? UseOf(Cap? budget, IEnumerable<(DateTimeOffset At, long Story)> alerts, DateTimeOffset since, DateTimeOffset until) =>
        budget is null or { IsNone: true } ? null : BudgetUse.Count(budget, [.. alerts.Select(alert => alert.At)], since, until);

    private static IReadOnlyList<FalseTerm> FalseTermsOf(Session db, RuleNumbers rule, DateTimeOffset since, DateTimeOffset until) => rule.Answered < FalseTerms.MinAlerts
        ? []
        : FalseTerms.Rank([.. NoiseViews.Voted(db, rule.Rule, since, until).Select(alert => new AnsweredAlert(TermsOf(alert.Content), alert.NotUseful, alert.Votes))]);

    /// <summary>The words that a rule found, as its readers know them.</summary>
    internal static HashSet<string> TermsOf(AlertContent alert) => [.. alert.Hits.Where(hit => !hit.Negated).Select(hit => hit.Quote.ToLowerInvariant())];

    private static List<RuleOverlap> Overlapping(Dictionary<string, HashSet<long>> stories) =>
    [
        .. from one in stories
           from other in stories
           where string.CompareOrdinal(one.Key, other.Key) < 0
           let both = one.Value.Count(other.Value.Contains)
           where both >= MinShared && both >= MinShare * Math.Min(one.Value.Count, other.Value.Count)
           orderby both descending, one.Key, other.Key
           select new RuleOverlap(one.Key, other.Key, both, one.Value.Count, other.Value.Count),
    ];
}
