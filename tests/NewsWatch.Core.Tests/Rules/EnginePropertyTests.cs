using CsCheck;
using NewsWatch.Core.Rules;
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
