using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests.Rules;

public sealed class ExcerptsTests
{
    [Fact]
    public void The_sentence_with_the_most_clauses_is_kept_first_and_hits_are_marked()
    {
        var best = Assert.Single(Cut("truce OR deadline", "A truce is discussed. “No truce before the deadline,” Mr. Smith said. Rain fell.", maxWords: 8));

        Assert.Equal("“No truce before the deadline,” Mr. Smith said.", best.Text);
        Assert.Equal(["truce", "deadline"], best.Marks.Select(m => best.Text.Substring(m.Start, m.Length)));
        Assert.Equal([true, false], best.Marks.Select(m => m.Negated));
    }

    [Fact]
    public void Excerpts_stand_in_the_order_of_the_text_and_know_where_words_are_left_out()
    {
        var excerpts = Cut("truce OR deadline", "A truce is discussed. No truce before the deadline, they said. Rain fell on them all day.\n\nA deadline passed.");

        Assert.Equal(["A truce is discussed.", "No truce before the deadline, they said.", "A deadline passed."], excerpts.Select(e => e.Text));
        Assert.Equal([false, true], excerpts.Zip(excerpts.Skip(1)).Select(pair => pair.Second.LeavesGapAfter(pair.First)));
        Assert.Equal(excerpts, Excerpts.Join([excerpts[2], excerpts[0], excerpts[1]]).Select(one => excerpts.Single(e => e.Text == one.Text)));
    }

    [Fact]
    public void A_long_sentence_is_cut_around_its_hit()
    {
        var text = string.Concat(Enumerable.Repeat("word ", 100)) + "truce " + string.Concat(Enumerable.Repeat("more ", 100)) + "end.";

        var excerpt = Assert.Single(Cut("truce", text, maxWords: 20));

        Assert.StartsWith("…", excerpt.Text, StringComparison.Ordinal);
        Assert.EndsWith("…", excerpt.Text, StringComparison.Ordinal);
        Assert.Equal(20, excerpt.Text.Split(' ').Length);
        Assert.Equal("truce", excerpt.Text.Substring(excerpt.Marks[0].Start, excerpt.Marks[0].Length));
    }

    [Fact]
    public void No_more_words_are_cut_than_asked_for()
    {
        var excerpts = Cut("truce", string.Concat(Enumerable.Repeat("A truce was discussed on Monday. ", 30)), maxWords: 24);

        Assert.Equal(4, excerpts.Count);
    }

    [Fact]
    public void Where_only_the_headline_matched_the_texts_first_sentence_says_what_happened()
    {
        var document = new Document { Title = "Truce announced", Body = "Both sides met in the harbour. Rain fell. They parted." };
        var rule = new Rule("rule", Query.Parse("truce", Vocabulary.Empty).Query!, null);

        var excerpts = Excerpts.Cut(document, RuleSet.Compile([rule], Vocabulary.Empty).Match(document)[0].Hits);

        Assert.Equal([(Field.Title, "Truce announced", 1), (Field.Body, "Both sides met in the harbour.", 0)], excerpts.Select(excerpt => (excerpt.Field, excerpt.Text, excerpt.Marks.Count)));
    }

    [Fact]
    public void A_rule_keeps_at_most_200_hits_of_an_article_and_some_of_each_clause()
    {
        var hits = Match("truce OR deadline", string.Concat(Enumerable.Repeat("Truce. ", 5_000)) + "A deadline passed.");

        Assert.Equal(RuleMatch.MaxHits, hits.Count);
        Assert.Contains(hits, hit => hit.Clause == "deadline");
        Assert.Equal(hits.OrderBy(hit => hit.Start), hits);
    }

    [Fact]
    public void What_stands_between_two_words_makes_neither_excerpt_nor_quote_long()
    {
        var gap = new string('*', 100_000);
        var text = $"{gap}Envoys {gap} met {gap} to discuss a truce {gap} and {gap} parted.{gap}";

        var excerpt = Assert.Single(Cut("truce", text));
        var quotes = Match("parted AND /truce [*]+ and/", text).Where(hit => hit.Clause != "parted").Select(hit => hit.Quote);

        Assert.InRange(excerpt.Text.Length, 5, 2_100);
        Assert.Equal("truce", excerpt.Text.Substring(excerpt.Marks[0].Start, excerpt.Marks[0].Length));
        Assert.Equal(300, Assert.Single(quotes).Length);
    }

    [Fact]
    public void The_excerpts_of_several_rules_are_those_that_each_would_have_alone()
    {
        var document = new Document { Title = "Truce", Body = "A truce is near. A deadline passed. Talks about a truce ended (“at last”)." };
        Rule[] rules = [new("one", Query.Parse("truce", Vocabulary.Empty).Query!, null), new("two", Query.Parse("deadline AND /last/", Vocabulary.Empty).Query!, null)];
        var matches = RuleSet.Compile(rules, Vocabulary.Empty).Match(document);

        var together = Excerpts.CutEach(document, matches);

        Assert.Equal(matches.SelectMany(match => Excerpts.Cut(document, match.Hits)).Select(excerpt => excerpt.Text), together.SelectMany(match => match.Excerpts).Select(excerpt => excerpt.Text));
        Assert.Equal(["one", "two"], together.Select(match => match.RuleId));
    }

    [Fact]
    public void Without_hits_there_is_nothing_to_cut() =>
        Assert.Empty(Excerpts.Cut(new Document { Title = "a", Body = "b" }, []));

    [Fact]
    public void What_two_rules_cut_is_joined_the_same_words_once_with_the_marks_of_both()
    {
        const string text = "No truce before the deadline, delegates said.";
        var one = new Excerpt(Field.Body, text, [new(20, 8, false)]);
        var other = new Excerpt(Field.Body, text, [new(3, 5, true), new(20, 8, false), new(24, 4, false)]);

        var joined = Assert.Single(Excerpts.Join([one, other]));

        Assert.Equal([(3, 5, true), (20, 8, false)], joined.Marks.Select(mark => (mark.Start, mark.Length, mark.Negated)));
    }

    [Fact]
    public void Joined_excerpts_keep_to_the_words_of_one()
    {
        var excerpts = Enumerable.Range(1, 9).Select(number => new Excerpt(Field.Body, $"Talk {number} ended.", []));

        Assert.Equal(["Talk 1 ended.", "Talk 2 ended.", "Talk 3 ended."], Excerpts.Join(excerpts, maxWords: 11).Select(excerpt => excerpt.Text));
    }

    private static IReadOnlyList<Excerpt> Cut(string rule, string text, int maxWords = 90)
    {
        return Excerpts.Cut(new Document { Title = "", Body = text }, Match(rule, text), maxWords);
    }

    private static IReadOnlyList<Hit> Match(string rule, string text) =>
        RuleSet.Compile([new Rule("rule", Query.Parse(rule, Vocabulary.Empty).Query!, null)], Vocabulary.Empty).Match(new Document { Title = "", Body = text })[0].Hits;
}
