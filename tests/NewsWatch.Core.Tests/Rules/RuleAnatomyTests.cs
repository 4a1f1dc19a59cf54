using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Engine;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests.Rules;

/// <summary>The parts of a rule on a document: how far it comes, and what alone is missing.</summary>
public sealed class RuleAnatomyTests
{
    [Theory]
    [InlineData("Putin sets a truce and a deadline", "putin 1, truce 1, deadline 1, truce NEAR/3 deadline 1, Unless sport 1")]
    [InlineData("Truce talks", "putin 0, truce 1, deadline 0, truce NEAR/3 deadline 0, Unless sport 1")]
    public void Each_part_says_whether_it_holds_in_the_order_written(string title, string parts)
    {
        var anatomy = Of(title);

        Assert.Equal(parts.Split(", "), anatomy.Clauses.Select(clause => $"{clause.Clause} {(clause.Holds ? 1 : 0)}"));
    }

    [Theory]
    [InlineData("Putin sets a truce and a deadline", 5)]
    [InlineData("Putin and the truce", 2)]
    [InlineData("Rain", 0)]
    public void A_document_reaches_the_parts_before_the_first_that_fails(string title, int reached) => Assert.Equal(reached, Of(title).Reached);

    [Theory]
    [InlineData("Putin and the truce", "missing deadline")]
    [InlineData("Putin wants a truce in the north before the long deadline", "missing truce within 3 words of deadline")]
    [InlineData("Putin sets a truce and a deadline for sport", "Unless matched: sport")]
    [InlineData("Putin sets a truce and a deadline", null)]
    [InlineData("The truce", null)]
    [InlineData("Rain", null)]
    public void A_near_miss_lacks_one_part_alone(string title, string? reason) => Assert.Equal(reason, Of(title).NearMiss?.Reason);

    [Fact]
    public void A_rule_of_one_part_has_no_near_miss() => Assert.Null(Of("Rain", "putin", null).NearMiss);

    private static RuleAnatomy Of(string title, string when = "putin AND truce NEAR/3 deadline", string? unless = "sport") => RuleSet
        .Compile([new("rule", Parse(when), unless is null ? null : Parse(unless))], Vocabulary.Empty)
        .Anatomy(new Document { Title = title, Body = "" }, "rule");

    private static Query Parse(string text) => Query.Parse(text, Vocabulary.Empty).Query!;
}
