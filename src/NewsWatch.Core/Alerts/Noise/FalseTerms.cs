namespace NewsWatch.Core.Alerts.Noise;

/// <summary>An alert that readers answered.</summary>
/// <param name="Terms">What its rule found, in lower case.</param>
/// <param name="NotUseful">How many said that it was not worth the message.</param>
/// <param name="Votes">How many said anything.</param>
public sealed record AnsweredAlert(IReadOnlySet<string> Terms, int NotUseful, int Votes);

/// <summary>A term that goes with alerts that are not useful.</summary>
/// <param name="NotUseful">Votes "not useful" on alerts with it.</param>
/// <param name="With">All votes on alerts with it.</param>
/// <param name="OthersNotUseful">Votes "not useful" on alerts without it.</param>
/// <param name="Without">All votes on alerts without it.</param>
/// <param name="AtLeast">By so much the share of "not useful" is larger with it, at the lower end of the 90 % interval.</param>
public sealed record FalseTerm(string Term, int NotUseful, int With, int OthersNotUseful, int Without, double AtLeast);

/// <summary>Which terms of a rule go with alerts that readers call not useful.</summary>
public static class FalseTerms
{
    /// <summary>So few answered alerts say nothing.</summary>
    public const int MinAlerts = 5;

    /// <summary>So few votes on alerts with a term say nothing of it.</summary>
    private const int MinVotes = 3;

    /// <summary>The terms that make it worse for certain, the worst first; none below <see cref="MinAlerts"/> answered alerts.</summary>
    public static IReadOnlyList<FalseTerm> Rank(IReadOnlyCollection<AnsweredAlert> alerts) => alerts.Count < MinAlerts
        ? []
        :
        [
            .. alerts.SelectMany(alert => alert.Terms).Distinct().Select(term => Compare(term, alerts)).Where(term => term is { With: >= MinVotes, Without: > 0, AtLeast: > 0 })
                .OrderByDescending(term => term.AtLeast).ThenBy(term => term.Term, StringComparer.Ordinal),
        ];

    private static FalseTerm Compare(string term, IReadOnlyCollection<AnsweredAlert> alerts)
    {
        var (with, without) = (alerts.Where(alert => alert.Terms.Contains(term)).ToList(), alerts.Where(alert => !alert.Terms.Contains(term)).ToList());
        var (bad, all, othersBad, others) = (with.Sum(alert => alert.NotUseful), with.Sum(alert => alert.Votes), without.Sum(alert => alert.NotUseful), without.Sum(alert => alert.Votes));
        return new(term, bad, all, othersBad, others, all == 0 || others == 0 ? 0 : ShareDifference.Lower(bad, all, othersBad, others, ShareDifference.NinetyPercent));
    }
}
