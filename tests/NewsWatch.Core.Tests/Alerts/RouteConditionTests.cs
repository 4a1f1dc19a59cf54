using CsCheck;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Core.Tests.Alerts;

public sealed class RouteConditionTests
{
    private static readonly AlertFacts Alert = Some.Alert with
    {
        Severity = Severity.Urgent,
        Labels = new Dictionary<string, string> { ["desk"] = "risk" },
        Source = "bbc-world",
        Publisher = "bbc",
        Language = "en-GB",
        Reason = AlertReason.Update,
        Deadline = TimeSpan.FromHours(20),
        Publishers = 4,
        Independent = 2,
    };

    [Theory]
    [InlineData("severity = urgent", true)]
    [InlineData("severity = Urgent", true)]
    [InlineData("severity >= routine", true)]
    [InlineData("severity >= flash", false)]
    [InlineData("severity != flash", true)]
    [InlineData("label.desk = risk", true)]
    [InlineData("label.desk = \"risk\"", true)]
    [InlineData("label.desk=risk", true)]
    [InlineData("label.Desk = risk", false)]
    [InlineData("label.region = \"\"", true)]
    [InlineData("label.region != emea", true)]
    [InlineData("rule = ceasefire AND source = bbc-world", true)]
    [InlineData("rule = ceasefire and source = wsj", false)]
    [InlineData("publisher = bbc", true)]
    [InlineData("lang = en", true)]
    [InlineData("lang = e", false)]
    [InlineData("lang = de", false)]
    [InlineData("reason = update", true)]
    [InlineData("reason = First-Report", false)]
    [InlineData("independent >= 2", true)]
    [InlineData("independent >= 3", false)]
    [InlineData("deadline < 24h", true)]
    [InlineData("deadline<24h", true)]
    [InlineData("deadline < 20h", false)]
    [InlineData("deadline < 90m", false)]
    [InlineData("deadline < 7d AND severity = urgent", true)]
    [InlineData("publishers <= 4 AND publishers != 3", true)]
    public void A_condition_holds_or_not(string text, bool holds) =>
        Assert.Equal(holds, Assert.IsType<RouteCondition>(RouteCondition.Parse(text).Condition).Matches(Alert));

    [Theory]
    [InlineData("", 0, "the condition is empty")]
    [InlineData("severity", 0, "is not understood here")]
    [InlineData("severity = urgnt", 11, "\"urgnt\" is not a severity. Use flash, urgent or routine.")]
    [InlineData("colour = red", 0, "\"colour\" cannot be compared")]
    [InlineData("label. = red", 0, "\"label.\" cannot be compared")]
    [InlineData("reason = news", 9, "\"news\" is not a reason. Use first-report, update, escalation")]
    [InlineData("reason = correction", 9, "\"correction\" goes to those who got the alert")]
    [InlineData("independent >= many", 15, "\"many\" is not a number of sources. Use 1 to 20.")]
    [InlineData("rule >= a", 5, ">= works for severity, publishers and independent only")]
    [InlineData("severity < flash", 9, "Write <=")]
    [InlineData("severity > flash", 9, "Write >=")]
    [InlineData("deadline = 24h", 9, "a deadline is compared with < and a time, e.g. deadline < 24h.")]
    [InlineData("deadline < soon", 11, "\"soon\" is not a time up to 366 days. Write e.g. 45m, 24h or 7d.")]
    [InlineData("deadline < 9000d", 11, "is not a time up to 366 days")]
    [InlineData("severity = flash AND", 17, "nothing follows AND")]
    [InlineData("AND severity = flash", 0, "a comparison is missing here")]
    [InlineData("severity = flash OR rule = a", 17, "\"OR\" is not known in conditions")]
    [InlineData("severity = flash rule = a", 17, "AND is missing before \"rule\"")]
    public void An_error_says_where_and_what_to_do(string text, int offset, string message)
    {
        var result = RouteCondition.Parse(text);

        Assert.Null(result.Condition);
        Assert.Equal(offset, result.Errors[0].Offset);
        Assert.Contains(message, result.Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alert_without_a_deadline_is_near_none() =>
        Assert.False(RouteCondition.Parse("deadline < 366d").Condition!.Matches(Alert with { Deadline = null }));

    [Fact]
    public void All_errors_are_told_at_once() =>
        Assert.Equal([11, 22, 44], RouteCondition.Parse("severity = loud AND   colour = red AND lang >= en").Errors.Select(error => error.Offset));

    [Fact]
    public void Any_text_is_read_or_refused_with_a_place_inside_it() =>
        Gen.OneOf(Gen.String, Gen.OneOf<string>(new[] { "severity", "=", ">=", "AND", "label.x", "\"a b\"", "flash", "!" }.Select(Gen.Const).ToArray()).Array[0, 9].Select(words => string.Join(' ', words)))
            .Sample(
                text =>
                {
                    var result = RouteCondition.Parse(text);
                    return result.Condition is null == (result.Errors.Count > 0)
                        && result.Errors.All(error => error.Offset >= 0 && error.Length > 0 && error.Offset <= text.Length);
                },
                iter: 5_000);
}
