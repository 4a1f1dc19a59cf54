using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;


namespace NewsWatch.Core.Tests.Rules;

public sealed class RuleCheckTests
{
    private static readonly Vocabulary Words = new(
        new Dictionary<string, Entity> { ["putin"] = new("putin", "Vladimir Putin", "person", ["Putin"]) },
        new Dictionary<string, TermList> { ["ceasefire"] = new("ceasefire", ["cease-fire", "truce"]) });

    [Fact]
    public void An_example_that_does_not_fire_says_why() =>
        Assert.Equal(
            "the rule does NOT fire on \"Putin told there would be no cease-fire\": missing #ceasefire within 40 words of (deadline OR ultimatum).",
            Assert.Single(Check("@putin AND #ceasefire NEAR/40 (deadline OR ultimatum)", null, ["Putin told there would be no cease-fire"])).Message);

    [Fact]
    public void An_example_that_must_not_fire_and_does_is_told() =>
        Assert.Equal((RuleProblemKind.LoudExample, 1), Assert.Single(Check("truce", null, [], ["rain", "a truce"])) is var p ? (p.Kind, p.Example) : default);

    [Fact]
    public void An_unless_that_swallows_every_example_is_told_once() =>
        Assert.Equal(RuleProblemKind.SwallowedByUnless, Assert.Single(Check("truce", "Moscow", ["a truce, Moscow said", "Moscow wants a truce"])).Kind);

    [Theory]
    [InlineData("truce AND by:date", "a truce must be signed by Friday", "a truce was signed on Friday")]
    [InlineData("truce AND by:7d", "a truce must be signed by Friday", "a truce must be signed by 30 June")]
    [InlineData("truce AND by:2025-08-31", "a truce must be signed by Friday", "a truce must be signed by 30 September 2025")]
    [InlineData("said:@putin(truce)", "\"A truce is near,\" Putin said.", "\"A truce is near,\" Lavrov told Putin.")]
    public void Examples_of_deadlines_and_quotes_are_read_as_of_a_day(string when, string fires, string silent) => Assert.Empty(Check(when, null, [fires], [silent]));

    [Fact]
    public void A_clause_that_no_example_shows_is_told()
    {
        var problem = Assert.Single(Check("truce AND (deadline OR ultimatum)", null, ["a truce by the deadline"]));

        Assert.Equal("no text of Fires shows ultimatum. Add one for each: what was never seen to work may not.", problem.Message);
        Assert.False(problem.IsError);
    }

    [Theory]
    [InlineData("truce lang:en")]
    [InlineData("truce (source:wire OR source:paper)")]
    [InlineData("truce publisher:wire NOT lang:de")]
    [InlineData("truce section:world")]
    [InlineData("body:truce")]
    [InlineData("title:truce AND body:border")]
    public void An_example_is_an_article_in_the_circumstances_the_rule_asks_for(string when) =>
        Assert.Empty(Check(when, null, ["a truce at the border"]));

    [Fact]
    public void A_rule_that_counts_is_not_satisfied_by_reading_its_counter_example_twice() =>
        Assert.Empty(Check("atleast2(truce)", null, ["truce after truce"], ["a truce"]));

    [Theory]
    [InlineData("truce NOT (rain OR truce)", null, "it requires truce and excludes it.")]
    [InlineData("truce AND rain", "truce", "Unless excludes truce, which When requires.")]
    [InlineData("truce EXCEPT truce", null, "EXCEPT takes every truce away.")]
    [InlineData("truce lang:en lang:de", null, "lang:en and lang:de exclude each other.")]
    public void A_rule_that_can_never_match_is_told(string when, string? unless, string why) =>
        Assert.Equal($"the rule can never match: {why}", Assert.Single(Check(when, unless, [])).Message);

    [Fact]
    public void Two_rules_that_mean_the_same_are_told_whatever_the_order_of_their_words() =>
        Assert.Equal("means the same as a. Keep one of them.", Assert.Single(RuleCheck.CheckAll([Rule("a", "truce AND (rain OR snow)"), Rule("b", "(snow OR rain) truce"), Rule("c", "truce rain")])).Message);

    [Theory]
    [InlineData("sanctions", "sanctions finds only this form. Write sanction~ to find sanction, sanctions, sanctioned as well, or \"sanctions\" in quotes to mean this form alone.")]
    [InlineData("\"sanctions\"", null)]
    [InlineData("politics", null)]
    [InlineData("sanction~", null)]
    public void A_plain_plural_gets_a_hint(string when, string? hint) =>
        Assert.Equal(hint, Check(when, null, []).SingleOrDefault()?.Message);

    [Theory]
    [InlineData("κυρώσεις~", "κυρώσεις~: ~ knows the inflections of English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Turkish, Russian, Ukrainian; it finds κυρώσεις in this form only. Write each form in {a|b}, or the beginning of the word and *.")]
    [InlineData("санкция~", null)]
    [InlineData("Sanktion~", null)]
    [InlineData("Yahoo!", "Yahoo!: the ! is not looked at.")]
    [InlineData("§203", "§203: the § is not looked at.")]
    [InlineData("25%", null)]
    [InlineData("C++", null)]
    [InlineData("\"https://example.com/war\"", "https://example.com/war: of an address in a text only the host is looked at. For its path write a regular expression.")]
    public void A_word_that_finds_less_than_it_seems_to_is_told(string when, string? warning) =>
        Assert.Equal(warning, Check(when, null, []).SingleOrDefault()?.Message);

    [Fact]
    public void Usual_spellings_that_no_alias_finds_are_proposed()
    {
        var entity = new Entity("zelensky", "Volodymyr Zelensky", "person", ["Zelensky", "Zelenskyy", "Zelenski*"]);

        var missing = RuleCheck.MissingSpellings(entity);

        Assert.Contains("Zelenskyi", missing);
        Assert.DoesNotContain("Zelenskyy", missing);
        Assert.DoesNotContain("Zelenskiy", missing);
    }

    [Fact]
    public void Rules_checked_together_have_the_problems_that_each_has_alone()
    {
        (Rule Rule, RuleExamples Examples)[] rules =
        [
            (Rule("first", "rain AND sun"), new(["sun after rain"], [])), // its clauses are numbered as those of the others are
            (Rule("shown", "#ceasefire AND (deadline OR ultimatum)"), new(["a truce by the deadline", "a truce after the ultimatum"], ["rain"])),
            (Rule("unseen", "#ceasefire AND (deadline OR ultimatum)"), new(["a truce by the deadline"], [])),
            (Rule("silent", "ultimatum AND @putin"), new(["a truce after the ultimatum"], [])),
            (Rule("loud", "deadline"), new([], ["a truce by the deadline"])),
            (Rule("swallowed", "ultimatum", "truce"), new(["a truce after the ultimatum"], [])),
            (Rule("never", "rain AND NOT rain"), new(["rain"], [])),
            (Rule("bare", "banks"), RuleExamples.None),
        ];

        var together = RuleCheck.Check(rules, Words);

        Assert.Equal([.. rules.SelectMany(rule => RuleCheck.Check([rule], Words))], together);
        Assert.Equal(["unseen UncoveredClause", "silent SilentExample", "loud LoudExample", "swallowed SwallowedByUnless", "never CannotFire", "bare PlainPlural"], together.Select(problem => $"{problem.RuleId} {problem.Kind}"));
    }

    private static IReadOnlyList<RuleProblem> Check(string when, string? unless, string[] fires, string[]? notFires = null) =>
        RuleCheck.Check([(Rule("rule", when, unless), new RuleExamples(fires, notFires ?? []))], Words);

    private static Rule Rule(string id, string when, string? unless = null) =>
        new(id, Query.Parse(when, Words).Query!, unless is null ? null : Query.Parse(unless, Words).Query);
}
