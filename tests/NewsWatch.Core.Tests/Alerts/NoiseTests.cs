using CsCheck;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Alerts.Noise;

namespace NewsWatch.Core.Tests.Alerts;

/// <summary>Which terms readers call not useful, and when a rule is over its budget.</summary>
public sealed class NoiseTests
{
    private static readonly DateTimeOffset Until = new(2025, 8, 31, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524)]
    [InlineData(9, 10, 3, 10, 0.1705)]
    [InlineData(6, 7, 2, 7, 0.0582)]
    [InlineData(10, 10, 0, 10, 0.6075)]
    public void The_interval_is_the_published_one(int a, int n, int b, int m, double lower) =>
        Assert.Equal(lower, ShareDifference.Lower(a, n, b, m, z: 1.959964), 0.0002);

    [Fact]
    public void A_term_that_stands_in_what_is_not_useful_is_found_with_its_numbers()
    {
        var alerts = Enumerable.Range(0, 14).Select(number => Answered(number < 12, "sanctions", "strikes")).Concat(Enumerable.Range(0, 30).Select(number => Answered(number < 1, "sanctions", "ministers"))).ToList();

        var term = Assert.Single(FalseTerms.Rank(alerts));

        Assert.Equal(("strikes", 12, 14, 1, 30), (term.Term, term.NotUseful, term.With, term.OthersNotUseful, term.Without));
        Assert.InRange(term.AtLeast, 0.5, 0.8);
    }

    [Fact]
    public void Fewer_than_five_answered_alerts_say_nothing() =>
        Assert.Empty(FalseTerms.Rank([Answered(true, "strikes"), Answered(true, "strikes"), Answered(false, "ministers"), Answered(false, "ministers")]));

    [Fact]
    public void A_term_of_every_alert_is_never_false() => Gen.Bool.Array[5, 40].Sample(votes =>
        Assert.Empty(FalseTerms.Rank([.. votes.Select(isBad => Answered(isBad, "sanctions"))])));

    [Fact]
    public void A_budget_counts_the_alerts_of_each_of_its_windows_back_from_the_end()
    {
        DateTimeOffset[] alerts = [.. Enumerable.Range(1, 12).Select(hour => Until.AddHours(-hour)), Until.AddHours(-24), Until.AddHours(-25), Until];

        var use = BudgetUse.Count(new Cap(11, TimeSpan.FromDays(1)), alerts, Until.AddDays(-3), Until);

        Assert.Equal((3, 1, 13, 13, true), (use.Windows, use.Over, use.Fullest, use.Last, use.IsOver));
    }

    [Fact]
    public void No_alert_is_counted_twice_or_lost() => Gen.Int[0, 30 * 24 * 60 - 1].Array[0, 200].Sample(minutes =>
    {
        var alerts = minutes.Select(minute => Until.AddMinutes(-minute - 1)).ToList();
        var use = BudgetUse.Count(new Cap(1, TimeSpan.FromDays(30)), alerts, Until.AddDays(-30), Until);
        Assert.Equal(alerts.Count, use.Last);
    });

    private static AnsweredAlert Answered(bool isBad, params string[] terms) => new(terms.ToHashSet(), isBad ? 1 : 0, 1);
}
