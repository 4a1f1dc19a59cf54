using NewsWatch.Core.Alerts;
using NewsWatch.Core.Stories;
using NewsWatch.Core.Stories.Origins;

namespace NewsWatch.Core.Tests.Alerts;

public sealed class AlertPolicyTests
{
    private static readonly EarlierAlert First = new("ceasefire/00aa/first-report/1", "ceasefire", AlertReason.FirstReport, 1, Severity.Urgent, Some.Noon);

    [Fact]
    public void The_first_match_of_a_rule_on_a_story_is_a_first_report() =>
        Assert.Equal(new AlertDecision.Alert(AlertReason.FirstReport, 1), Decide("tariffs", Severity.Routine, ArticleChange.Copy, [First]));

    [Theory]
    [InlineData(ArticleChange.Copy)]
    [InlineData(ArticleChange.Edit)]
    public void A_copy_or_an_edit_of_what_was_told_is_not_told_again(ArticleChange change)
    {
        var silent = Assert.IsType<AlertDecision.Suppress>(Decide("ceasefire", Severity.Urgent, change, [First]));

        Assert.Equal("same story as alert ceasefire/00aa/first-report/1 of 2025-08-06 12:00 UTC; a copy or an edit adds no alert", silent.Why);
    }

    [Theory]
    [InlineData(ArticleChange.LiveUpdate, Severity.Urgent, AlertReason.Update)]
    [InlineData(ArticleChange.Correction, Severity.Urgent, AlertReason.Correction)]
    [InlineData(ArticleChange.Withdrawal, Severity.Flash, AlertReason.Withdrawal)]
    [InlineData(ArticleChange.Copy, Severity.Flash, AlertReason.Escalation)]
    public void What_is_more_than_a_copy_is_told_with_its_reason(ArticleChange change, Severity severity, AlertReason reason) =>
        Assert.Equal(new AlertDecision.Alert(reason, 2), Decide("ceasefire", severity, change, [First]));

    [Fact]
    public void A_severity_that_fell_is_no_news() =>
        Assert.IsType<AlertDecision.Suppress>(Decide("ceasefire", Severity.Routine, ArticleChange.Copy, [First]));

    [Fact]
    public void Steps_count_on() =>
        Assert.Equal(
            new AlertDecision.Alert(AlertReason.Update, 3),
            Decide("ceasefire", Severity.Urgent, ArticleChange.LiveUpdate, [First, First with { Step = 2, Reason = AlertReason.Update }]));

    [Theory]
    [InlineData(ArticleChange.New)]
    [InlineData(ArticleChange.Copy)]
    [InlineData(ArticleChange.Edit)]
    public void Another_report_of_the_story_is_an_update(ArticleChange change) =>
        Assert.Equal(new AlertDecision.Alert(AlertReason.Update, 2), Decide("ceasefire", Severity.Urgent, change, [First with { IsOfReport = false }]));

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void What_only_narrowly_joined_a_report_alerts_once(bool isOfArticle, bool alerts)
    {
        var earlier = First with { IsOfArticle = isOfArticle };

        Assert.Equal(alerts, Decide("ceasefire", Severity.Urgent, ArticleChange.Copy, [earlier], isDoubtful: true) is AlertDecision.Alert);
    }

    [Theory]
    [InlineData(2, 1, null)]
    [InlineData(3, 2, AlertReason.Corroboration)]
    public void A_rule_that_asks_for_sources_waits_for_them(int publishers, int independent, AlertReason? reason)
    {
        var match = new MatchedRule("ceasefire", Severity.Urgent, new Dictionary<string, string>()) { Needs = new(3, 2) };
        var sources = new Corroboration(publishers, [.. Enumerable.Repeat(new Origin(OriginKind.Wire, "Reuters", []), independent)]);
        var decision = AlertPolicy.Decide(match, new MatchedNews { Matches = [match], Change = ArticleChange.New, Story = 7, StoryKey = "00aa", Sources = sources }, [], Some.Noon);

        Assert.Equal(reason, (decision as AlertDecision.Alert)?.Reason);
        Assert.Equal(reason is null ? "waits for publishers>=3 AND independent>=2: the story has 2 publishers and 1 independent source so far" : null, (decision as AlertDecision.Suppress)?.Why);
    }

    private static AlertDecision Decide(string rule, Severity severity, ArticleChange change, IReadOnlyList<EarlierAlert> earlier, bool isDoubtful = false)
    {
        var match = new MatchedRule(rule, severity, new Dictionary<string, string>());
        return AlertPolicy.Decide(match, new MatchedNews { Matches = [match], Change = change, Story = 7, StoryKey = "00aa", IsDoubtful = isDoubtful }, earlier, Some.Noon);
    }
}
