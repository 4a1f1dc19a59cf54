using NewsWatch.Core.Alerts;
using NewsWatch.Core.Stories;

namespace NewsWatch.Core.Tests.Alerts;

public sealed class TellingTests
{
    private static readonly EarlierAlert First = new("ceasefire/00aa/first-report/1", "ceasefire", Reason.FirstReport, 1, Severity.Urgent, Some.Noon);

    [Fact]
    public void The_first_match_of_a_rule_on_a_story_is_a_first_report() =>
        Assert.Equal(new Telling.Tell(Reason.FirstReport, 1), Telling.Of("tariffs", Severity.Routine, ArticleChange.Copy, [First]));

    [Theory]
    [InlineData(ArticleChange.Copy)]
    [InlineData(ArticleChange.Edit)]
    public void A_copy_or_an_edit_of_what_was_told_is_not_told_again(ArticleChange change)
    {
        var silent = Assert.IsType<Telling.Silent>(Telling.Of("ceasefire", Severity.Urgent, change, [First]));

        Assert.Equal("same story as alert ceasefire/00aa/first-report/1 of 2025-08-06 12:00 UTC; a copy or an edit adds no alert", silent.Why);
    }

    [Theory]
    [InlineData(ArticleChange.LiveUpdate, Severity.Urgent, Reason.Update)]
    [InlineData(ArticleChange.Correction, Severity.Urgent, Reason.Correction)]
    [InlineData(ArticleChange.Withdrawal, Severity.Flash, Reason.Withdrawal)]
    [InlineData(ArticleChange.Copy, Severity.Flash, Reason.Escalation)]
    public void What_is_more_than_a_copy_is_told_with_its_reason(ArticleChange change, Severity severity, Reason reason) =>
        Assert.Equal(new Telling.Tell(reason, 2), Telling.Of("ceasefire", severity, change, [First]));

    [Fact]
    public void A_severity_that_fell_is_no_news() =>
        Assert.IsType<Telling.Silent>(Telling.Of("ceasefire", Severity.Routine, ArticleChange.Copy, [First]));

    [Fact]
    public void Steps_count_on() =>
        Assert.Equal(
            new Telling.Tell(Reason.Update, 3),
            Telling.Of("ceasefire", Severity.Urgent, ArticleChange.LiveUpdate, [First, First with { Step = 2, Reason = Reason.Update }]));
}
