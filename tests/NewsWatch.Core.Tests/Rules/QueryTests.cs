using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests.Rules;

public sealed class QueryTests
{
    private static readonly Vocabulary Words = new(
        new Dictionary<string, Entity> { ["zelensky"] = new("zelensky", "Volodymyr Zelensky", "person", ["Zelensky", "Zelenskyy"]) },
        new Dictionary<string, TermList> { ["ceasefire"] = new("ceasefire", ["cease-fire", "truce"]) });

    [Theory]
    [InlineData("Trump Putin", "Trump AND Putin")]
    [InlineData("a1 OR b1 AND c1", "a1 OR (b1 AND c1)")]
    [InlineData("a1 AND b1 NEAR/5 c1", "a1 AND (b1 NEAR/5 c1)")]
    [InlineData("a1 NOT b1 NEAR/5 c1", null)]
    [InlineData("NOT b1 AND c1", "NOT b1 AND c1")]
    [InlineData("b1 EXCEPT c1 NEAR/5 d1", "(b1 EXCEPT c1) NEAR/5 d1")]
    [InlineData("tariff~ NOT (India OR China)", "tariff~ AND NOT (India OR China)")]
    [InlineData("@zelensky AND #ceasefire NEAR/40 (deadline OR ultimatum)", "@zelensky AND (#ceasefire NEAR/40 (deadline OR ultimatum))")]
    [InlineData("title:(talks OR summit) source:example.com", "title:(talks OR summit) AND source:example.com")]
    [InlineData("atleast3(sanctions OR tariffs)", "atleast3(sanctions OR tariffs)")]
    [InlineData("{Kyiv | Kiev}", "{Kyiv|Kiev}")]
    [InlineData("=\"Theresa May\"", "\"=Theresa =May\"")]
    [InlineData("“White House”", "\"White House\"")]
    public void A_query_is_printed_back_with_its_parentheses(string text, string? printed) =>
        Assert.Equal(printed, Query.Parse(text, Words).Query?.ToString());

    [Theory]
    [InlineData("truce AND independent>=2", "truce", 0, 2)]
    [InlineData("publishers>=3 truce talks independent >= 2", "truce AND talks", 3, 2)]
    [InlineData("truce publishers>=3 publishers>=5", "truce", 5, 0)]
    [InlineData("independent publishers", "independent AND publishers", 0, 0)]
    public void What_a_query_asks_of_the_story_is_no_part_of_what_it_asks_of_the_article(string text, string words, int publishers, int independent)
    {
        var result = Query.Parse(text, Words);

        Assert.Equal(words, result.Query!.ToString());
        Assert.Equal(new StoryNeeds(publishers, independent), result.Needs);
        Assert.Equal(Query.Parse(result.Needs.IsAny ? $"{words} AND {result.Needs}" : words, Words).Needs, result.Needs);
    }

    [Theory]
    [InlineData("truce AND changed:number", "changed:number")]
    [InlineData("changed:withdrawn truce independent>=2 changed:name", "independent>=2 AND changed:name AND changed:withdrawn")]
    [InlineData("truce changed:any", "changed:any")]
    public void A_rule_that_asks_for_changes_prints_what_it_asks_for(string text, string needs)
    {
        var result = Query.Parse(text, Words);

        Assert.Equal(("truce", needs), (result.Query!.ToString(), result.Needs.ToString()));
        Assert.Equal(Query.Parse($"truce AND {needs}", Words).Needs, result.Needs);
    }

    [Theory]
    [InlineData("Trump AND (Putin", 10, "\"(\" is never closed. Add \")\".")]
    [InlineData("Trump) Putin", 5, "\")\" closes nothing. Remove it, or add \"(\" before.")]
    [InlineData("\"cease fire", 0, "this quote is never closed. Add \" behind the phrase.")]
    [InlineData("NOT Trump", 0, "only NOT: this would match almost every article. Add what must be there, e.g. sanctions NOT India.")]
    [InlineData("a*", 0, "a* is too short: at least 3 letters must stand before *.")]
    [InlineData("sanctions *tion", 10, "*tion begins with a wildcard. Write at least 5 letters behind it and no other wildcard (*Sanktionen finds Russlandsanktionen), or the beginning of the word: at least 3 letters, then *.")]
    [InlineData("Trump NEAR/0 Putin", 11, "NEAR/0: the number of words between must be 1 to 100, e.g. NEAR/12.")]
    [InlineData("Trump NEAR/101 Putin", 11, "NEAR/101: the number of words between must be 1 to 100, e.g. NEAR/12.")]
    [InlineData("Trump NEAR/ Putin", 11, "\"NEAR/\" needs a number of words, e.g. NEAR/12.")]
    [InlineData("", 0, "the rule is empty. Write at least one word.")]
    [InlineData("!!!", 0, "no word in !!!. Write a word or a phrase.")]
    [InlineData("Trump AND OR Putin", 6, "AND needs a word, a phrase or parentheses on its right.")]
    [InlineData("Trump AND", 6, "AND needs a word, a phrase or parentheses on its right.")]
    [InlineData("OR Trump", 0, "OR needs a word, a phrase or parentheses on its left.")]
    [InlineData("Putin AND @zelenski", 10, "unknown entity @zelenski. Did you mean @zelensky?")]
    [InlineData("#cesefire", 0, "unknown list #cesefire. Did you mean #ceasefire?")]
    [InlineData("titel:deadline", 0, "unknown field titel:. Did you mean title:?")]
    [InlineData("Trump and Putin", 6, "operators are written in capitals: AND. For the word itself write \"and\".")]
    [InlineData("sanctions AND /(?=x)y/", 14, "look-ahead, look-behind, back references, atomic groups and conditions are not supported in regular expressions here. Use NEAR or EXCEPT beside a simpler one.")]
    [InlineData("drone AND /shahed-?[0-9]+/i", 26, "a regular expression takes no flags; it ignores case already. Remove i, or put a space before it to mean a word.")]
    [InlineData("drone AND /shahed/gu", 18, "a regular expression takes no flags; it ignores case already. Remove gu, or put a space before it to mean a word.")]
    [InlineData("truce AND independent>=1", 10, "independent is compared with >= and a number from 2 to 20, e.g. independent>=2.")]
    [InlineData("truce AND publishers>2", 10, "publishers is compared with >= and a number from 2 to 20, e.g. publishers>=2.")]
    [InlineData("truce AND publishers = 3", 21, "no word in =. Write a word or a phrase.")]
    [InlineData("publishers>=3 AND independent>=2", 0, "this asks only how many tell a story, so it would match almost every article. Add what must be there, e.g. cease-fire AND independent>=2.")]
    [InlineData("truce NEAR/5 independent>=2", 13, "independent>=2 speaks of the whole story, so it cannot stand inside OR, NOT, NEAR or parentheses. Join it to the whole rule by AND; for alternatives write two rules.")]
    [InlineData("truce AND changed:colour", 10, "changed: needs number, negation, name, date, correction, withdrawn or any.")]
    [InlineData("truce AND changed:none", 10, "changed: needs number, negation, name, date, correction, withdrawn or any.")]
    [InlineData("changed:number", 0, "this asks only for changes, so it would match almost every article. Add what must be there, e.g. cease-fire AND changed:number.")]
    [InlineData("truce OR changed:number", 9, "changed:number speaks of what becomes of the article, so it cannot stand inside OR, NOT, NEAR or parentheses. Join it to the whole rule by AND; for alternatives write two rules.")]
    [InlineData("truce OR publishers>=3", 9, "publishers>=3 speaks of the whole story, so it cannot stand inside OR, NOT, NEAR or parentheses. Join it to the whole rule by AND; for alternatives write two rules.")]
    [InlineData("truce NOT publishers>=3", 10, "publishers>=3 speaks of the whole story, so it cannot stand inside OR, NOT, NEAR or parentheses. Join it to the whole rule by AND; for alternatives write two rules.")]
    [InlineData("/19[0-9]{2}/", 0, "a regular expression needs a required word beside it, e.g. sanctions AND /regex/.")]
    public void A_broken_query_is_refused_at_its_place(string text, int offset, string message)
    {
        var result = Query.Parse(text, Words);

        Assert.Null(result.Query);
        Assert.Equal((offset, message), (result.Errors[0].Offset, result.Errors[0].Message));
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public void A_phrase_is_found_whole_or_refused(int words, bool accepted)
    {
        var phrase = string.Join(' ', Enumerable.Range(1, words).Select(word => $"w{word}"));

        var result = Query.Parse($"\"{phrase}\"", Words);

        Assert.Equal(accepted, result.Query is not null);
        Assert.Equal(accepted ? [] : [(0, $"a phrase has at most 60 words, this one {words}. A few of them in a row find the same sentence; join the rest with AND or NEAR.")], result.Errors.Select(error => (error.Offset, error.Message)));
        Assert.True(!accepted || RuleSet.Compile([new Rule("long", result.Query!, null)], Words).Match(new Document { Title = "", Body = $"He said: {phrase}, and left." }) is [{ Hits: [{ Quote: var quote }] }] && quote == phrase);
    }

    [Fact]
    public void The_nearest_name_is_told_apart_for_the_loader() =>
        Assert.Equal("@zelensky", Query.Parse("@zelenski", Words).Errors[0].Nearest);
}
