using CsCheck;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests.Rules;

public sealed class EnginePropertyTests
{
    [Fact]
    public void What_is_printed_parses_to_the_same_query() =>
        RandomQueries.Query.Sample(text =>
        {
            if (Query.Parse(text, RandomQueries.Words).Query is { } query)
            {
                var again = Query.Parse(query.ToString(), RandomQueries.Words);
                Assert.Equal(query, again.Query);
            }
        }, iter: 1500);

    [Fact]
    public void The_engine_finds_what_a_plain_reading_finds() =>
        Gen.Select(RandomQueries.Query.List[1, 8], RandomQueries.Document).Sample((texts, document) =>
        {
            var queries = texts.Select(t => Query.Parse(t, RandomQueries.Words).Query).OfType<Query>().ToList();
            var rules = queries.Select((q, i) => new Rule($"{i}", q, i % 3 == 2 ? queries[i - 1] : null)).ToList();
            var plain = new PlainReading(document, RandomQueries.Words);
            var expected = rules.Where(r => plain.Holds(r.When) && (r.Unless is null || !plain.Holds(r.Unless)))
                .Select(r => $"{r.Id} {r.When}: {string.Join(" | ", plain.Hits(r.When))}");

            var found = RuleSet.Compile(rules, RandomQueries.Words).Match(document);
            var whens = rules.ToDictionary(r => r.Id, r => r.When);

            Assert.Equal(expected, found.Select(m => $"{m.RuleId} {whens[m.RuleId]}: {string.Join(" | ", m.Hits.Select(h => (h.Field, h.Start, h.Quote)))}"));
        }, iter: 500);

    [Fact]
    public void Rules_that_changed_match_as_if_all_had_been_compiled_again() =>
        Gen.Select(RandomQueries.Query.List[1, 12], RandomQueries.Query.List[0, 3], RandomQueries.Document, Gen.Int[0, 3]).Sample((texts, more, document, removed) =>
        {
            var before = RulesOf(texts);
            var set = RuleSet.Compile([.. before, .. Quiet], RandomQueries.Words);
            foreach (var changed in new[] { Changed(before, more, removed), Changed(before, [], removed + 1), before })
            {
                List<Rule> all = [.. changed, .. Quiet];
                var known = before.Concat(Quiet).ToDictionary(rule => rule.Id);
                set = set.Recompile(all, RandomQueries.Words, known.GetValueOrDefault);
                before = changed;

                var whole = RuleSet.Compile(all, RandomQueries.Words);
                Assert.Equal(whole.Count, set.Count);
                Assert.Equal(whole.Match(document).Select(Told), set.Match(document).Select(Told));
                Assert.All(changed, rule => Assert.Equal(whole.Explain(document, rule.Id).Reason, set.Explain(document, rule.Id).Reason));
            }
        }, iter: 200);

    [Fact]
    public void A_rule_that_is_gone_is_not_explained()
    {
        List<Rule> rules = [.. RulesOf(["sanctions", "truce"]), .. Quiet];
        var set = RuleSet.Compile(rules, RandomQueries.Words).Recompile([.. rules.Skip(1)], RandomQueries.Words, id => rules.Find(rule => rule.Id == id));

        Assert.Throws<ArgumentException>(() => set.Explain(new Document { Title = "sanctions", Body = "" }, "0"));
        Assert.Empty(set.Match(new Document { Title = "sanctions", Body = "" }));
        Assert.Equal("1", Assert.Single(set.Match(new Document { Title = "truce", Body = "" })).RuleId);
    }

    // So many that a few changed ones are a small share.
    private static readonly IReadOnlyList<Rule> Quiet = [.. Enumerable.Range(0, 1600).Select(i => new Rule($"quiet{i}", new TermQuery($"quiet{i}", Quoted: false), null))];

    private static List<Rule> RulesOf(IEnumerable<string> texts) =>
        [.. texts.Select(text => Query.Parse(text, RandomQueries.Words).Query).OfType<Query>().Select((query, i) => new Rule($"{i}", query, null))];

    // Some are removed, the others are in another order, new ones lie between them, and one of them is another.
    private static List<Rule> Changed(List<Rule> rules, IEnumerable<string> more, int removed)
    {
        var kept = rules.Skip(removed).Reverse().ToList();
        var added = RulesOf(more).Select(rule => rule with { Id = $"new{rule.Id}" });
        return [.. added, .. kept.Take(1).Select(rule => rule with { When = new NotQuery(rule.When) }), .. kept.Skip(1)];
    }

    private static string Told(RuleMatch match) => $"{match.RuleId}: {string.Join(" | ", match.Hits.Select(hit => (hit.Field, hit.Start, hit.Quote, hit.Negated)))}";

    [Theory]
    [InlineData("tariff~", "tariff-İ")]
    [InlineData("sanctions NEAR/5 tariff~", "sanctions, tariff-İ")]
    public void Of_two_forms_that_begin_at_one_place_the_longer_is_marked(string when, string marked)
    {
        var document = new Document { Title = "sanctions tariff-İ US", Body = "" };

        var match = Assert.Single(RuleSet.Compile([new Rule("one", Query.Parse(when, RandomQueries.Words).Query!, null)], RandomQueries.Words).Match(document));

        Assert.Equal(marked, string.Join(", ", match.Hits.Select(hit => hit.Quote)));
    }

    [Fact]
    public void An_explanation_agrees_with_the_verdict() =>
        Gen.Select(RandomQueries.Query, RandomQueries.Document).Sample((text, document) =>
        {
            if (Query.Parse(text, RandomQueries.Words).Query is { } query)
            {
                var set = RuleSet.Compile([new Rule("one", query, null)], RandomQueries.Words);
                var explanation = set.Explain(document, "one");
                Assert.Equal(set.Match(document).Count == 1, explanation.Fires);
                Assert.Equal(explanation.Fires, explanation.FailedClause is null);
            }
        }, iter: 600);

    [Fact]
    public void Hits_quote_the_original_text_at_their_offset() =>
        Gen.Select(RandomQueries.Query, RandomQueries.Document).Sample((text, document) =>
        {
            if (Query.Parse(text, RandomQueries.Words).Query is { } query)
            {
                foreach (var hit in RuleSet.Compile([new Rule("one", query, null)], RandomQueries.Words).Match(document).SelectMany(m => m.Hits))
                {
                    Assert.Equal(document[hit.Field].Substring(hit.Start, hit.Length), hit.Quote);
                }
            }
        }, iter: 600);

    [Fact]
    public void No_text_makes_the_parser_throw() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["\"(){}|@#=~*?/:-+ \tANDORNTEXCPabc13.,’”\u00AD\uD83D"], 0, 40]).Sample(text =>
        {
            var result = Query.Parse(text, RandomQueries.Words);
            Assert.Equal(result.Query is null, result.Errors.Count > 0);
            Assert.All(result.Errors, e => Assert.True(e.Offset >= 0 && e.Offset <= text.Length && e.Length >= 1, $"{text}: {e}"));
            Query.CheckTerm(text);
        }, iter: 8_000);

    [Fact]
    public void No_text_makes_the_tokeniser_throw_and_tokens_stand_in_order() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["aB1 .,'’-_\u00AD\u200B\u0301\u0130ßｶﾞ\u3099ガ中\uD83D\uDE00\uD800\n\0é\u1100\u1161"], 0, 60]).Sample(text =>
        {
            var stream = new TokenStream();
            stream.Read(text);
            for (var i = 0; i < stream.Count; i++)
            {
                Assert.True(stream.Start[i] < stream.End[i] && stream.End[i] <= text.Length, text);
                Assert.True(i == 0 || stream.Start[i] >= stream.End[i - 1], text);
                Assert.Equal(WordHash.Of(stream.FoldedOf(i)), stream.Hash[i]);
            }
        }, iter: 8_000);
}
