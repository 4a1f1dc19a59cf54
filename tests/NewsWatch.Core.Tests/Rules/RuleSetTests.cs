using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests.Rules;

public sealed class RuleSetTests
{
    private static readonly Vocabulary Words = new(
        new Dictionary<string, Entity> { ["putin"] = new("putin", "Vladimir Putin", "person", ["Putin", "Путин*"]) },
        new Dictionary<string, TermList> { ["ceasefire"] = new("ceasefire", ["cease-fire", "truce", "halt in fighting"]) });

    [Theory]
    [InlineData("Putin wants talks", "missing #ceasefire within 40 words of (deadline OR ultimatum)", "#ceasefire NEAR/40 (deadline OR ultimatum)")]
    [InlineData("A truce before the deadline", "missing @putin", "@putin")]
    [InlineData("Putin rejects truce; deadline passes in Berlin", "Unless matched: Berlin", "Berlin")]
    public void An_explanation_names_the_first_clause_that_failed(string text, string reason, string clause)
    {
        var explanation = Compile("@putin AND #ceasefire NEAR/40 (deadline OR ultimatum)", "Berlin").Explain(Body(text), "rule");

        Assert.Equal((false, reason, clause), (explanation.Fires, explanation.Reason, explanation.FailedClause));
    }

    [Theory]
    [InlineData("atleast3(sanctions)", "sanctions, sanctions", "only 2 of at least 3 sanctions")]
    [InlineData("Washington EXCEPT \"Washington Post\"", "the Washington Post", "every Washington is part of \"Washington Post\"")]
    [InlineData("sanctions NOT (India OR China)", "sanctions on India", "found (India OR China), which the rule excludes")]
    [InlineData("sanctions lang:de", "sanctions", "the article is not lang:de")]
    [InlineData("talks ONEAR/1 sanctions", "sanctions after talks", "missing talks at most 1 word before sanctions")]
    [InlineData("title:sanctions", "sanctions", "missing title:sanctions")]
    public void Every_kind_of_clause_says_how_it_failed(string rule, string text, string reason) =>
        Assert.Equal(reason, Compile(rule).Explain(Body(text), "rule").Reason);

    [Fact]
    public void An_entity_is_hit_once_by_its_longest_alias()
    {
        var hit = Assert.Single(Assert.Single(Compile("@putin").Match(Body("President Vladimir Putin spoke."))).Hits);

        Assert.Equal(("Vladimir Putin", "@putin", "Vladimir Putin"), (hit.Quote, hit.Clause, hit.Term));
    }

    [Fact]
    public void A_hit_tells_the_alias_that_matched() =>
        Assert.Equal("Путин*", Assert.Single(Assert.Single(Compile("@putin").Match(Body("Встреча с Путиным"))).Hits).Term);

    [Fact]
    public void Section_and_author_are_looked_at_only_when_named()
    {
        var document = Body("A text about talks.") with { Section = "Sanctions", Author = "Alex Deadline" };

        Assert.Empty(Compile("sanctions OR deadline").Match(document));
        Assert.Single(Compile("section:sanctions").Match(document));
        Assert.Single(Compile("author:deadline").Match(document));
    }

    [Fact]
    public void A_source_is_an_id_or_a_host_with_its_subdomains()
    {
        var document = Body("sanctions") with { Sources = ["bbc-world"], Host = "www.example.com" };

        Assert.Single(Compile("sanctions source:bbc-world").Match(document));
        Assert.Single(Compile("sanctions source:example.com").Match(document));
        Assert.Empty(Compile("sanctions source:ample.com").Match(document));
        Assert.Single(Compile("source:example.com").Match(document));
    }

    [Fact]
    public void A_regular_expression_finds_its_characters_in_candidates()
    {
        var match = Assert.Single(Compile("sanctions AND /resolution [0-9]{4}/").Match(Body("New sanctions under Resolution 1718.")));

        Assert.Equal(["sanctions", "Resolution 1718"], match.Hits.Select(h => h.Quote));
    }

    [Fact]
    public void Rules_come_in_their_order_and_share_hits()
    {
        var rules = new[] { "talks OR truce", "truce", "truce NOT talks" }.Select((text, i) => Rule($"r{i}", text)).ToList();

        var matches = RuleSet.Compile(rules, Words).Match(Body("A truce."));

        Assert.Equal(["r0", "r1", "r2"], matches.Select(m => m.RuleId));
        Assert.Same(matches[0].Hits[0], matches[1].Hits[0]);
    }

    [Fact]
    public void An_article_in_which_nothing_matches_costs_no_memory()
    {
        var set = RuleSet.Compile([Rule("a", "sanctions AND deadline"), Rule("b", "\"secondary tariffs\" NEAR/5 India"), Rule("c", "@putin NOT truce")], Words);
        var document = Body(string.Concat(Enumerable.Repeat("The deadline for the cease-fire talks passed, officials said. Secondary effects on India’s tariffs. ", 20)));
        var findings = set.NewFindings();
        for (var i = 0; i < 50; i++)
        {
            set.Match(document, findings);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++)
        {
            set.Match(document, findings);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task A_swap_under_load_gives_the_old_or_the_new_answer_never_a_mixture()
    {
        var current = SetOf("truce", "talks");
        var other = SetOf("deadline", "sanctions");
        string[] answers = ["0 truce, 1 talks", "0 deadline, 1 sanctions"];
        var document = Body("A truce, talks, a deadline, sanctions.");
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 3000; i++)
            {
                var matches = Volatile.Read(ref current).Match(document);
                Assert.Contains(string.Join(", ", matches.Select(m => $"{m.RuleId} {m.Hits[0].Quote}")), answers);
            }
        })).ToList();
        for (var i = 0; i < 3000; i++)
        {
            other = Interlocked.Exchange(ref current, other);
        }

        await Task.WhenAll(readers);
    }

    [Fact]
    public void A_heavy_article_does_not_slow_nearness_down()
    {
        var set = Compile("(the NEAR/5 the) NEAR/50 (the OR a) NOT nothing");

        Assert.NotEmpty(set.Match(Body(string.Concat(Enumerable.Repeat("the a ", 5_000)))));
    }

    private static RuleSet SetOf(params string[] rules) => RuleSet.Compile([.. rules.Select((text, i) => Rule($"{i}", text))], Words);

    private static RuleSet Compile(string when, string? unless = null) => RuleSet.Compile([Rule("rule", when, unless)], Words);

    private static Rule Rule(string id, string when, string? unless = null) =>
        new(id, Parse(when), unless is null ? null : Parse(unless));

    private static Query Parse(string text)
    {
        var result = Query.Parse(text, Words);
        return result.Query ?? throw new InvalidOperationException(string.Join(Environment.NewLine, result.Errors));
    }

    private static Document Body(string text) => new() { Title = "", Body = text };
}
