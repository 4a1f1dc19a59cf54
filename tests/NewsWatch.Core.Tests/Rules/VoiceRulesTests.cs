using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests.Rules;

public sealed class VoiceRulesTests
{
    private static readonly Vocabulary Words = new(
        new Dictionary<string, Entity> { ["brandt"] = new("brandt", "Ilse Brandt", "person", ["Brandt", "the Kesten leader"]) },
        new Dictionary<string, TermList>());

    [Theory]
    [InlineData("by:date", "Kesten must leave by Friday.", "Friday")]
    [InlineData("by:7d", "Kesten must leave by Friday.", "Friday")]
    [InlineData("by:7d", "Kesten must leave by Sept. 30.", "")]
    [InlineData("by:2025-09-30", "Kesten must leave by Sept. 30.", "Sept. 30")]
    [InlineData("by:2025-09-29", "Kesten must leave by Sept. 30.", "")]
    [InlineData("by:date", "Kesten met the Monday deadline.", "")]
    [InlineData("by:date", "The envoys will meet on Friday.", "")]
    [InlineData("Kesten NEAR/5 by:date", "Kesten must leave by Friday.", "Friday, Kesten")]
    [InlineData("said:@brandt", "Ilse Brandt left. “We will not sign,” she said.", "“We will not sign,”")]
    [InlineData("said:@brandt", "“We will not sign,” the Kesten leader said.", "“We will not sign,”")]
    [InlineData("said:@brandt", "“Brandt will not sign,” Pavel Rusk said.", "")]
    [InlineData("said:\"Pavel Rusk\"", "“Brandt will not sign,” Pavel Rusk said.", "“Brandt will not sign,”")]
    [InlineData("said:@brandt(truce OR sanctions)", "“The truce holds,” Brandt said. “I am glad.”", "“The truce holds,”")]
    [InlineData("said:@brandt(truce OR sanctions)", "“I am glad,” Brandt said of the truce.", "")]
    [InlineData("sanctions NOT by:date", "Kesten faces sanctions and must leave by Friday.", "")]
    public void A_rule_hits_the_phrase_of_a_deadline_and_the_quote_of_a_speaker(string query, string text, string hits) =>
        Assert.Equal(hits, string.Join(", ", Match(query, text).Select(hit => hit.Quote).Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("by:date")]
    [InlineData("by:7d")]
    [InlineData("by:2025-08-31")]
    [InlineData("said:@brandt")]
    [InlineData("said:\"Ilse Brandt\"")]
    [InlineData("said:@brandt(sanctions OR truce)")]
    [InlineData("Kesten NEAR/5 by:date")]
    public void What_is_printed_parses_to_the_same_query(string text)
    {
        var query = Query.Parse(text, Words).Query!;

        Assert.Equal(query, Query.Parse(query.ToString(), Words).Query);
        Assert.Equal(text, query.ToString());
    }

    [Theory]
    [InlineData("truce by:soon", 6, "by: needs date")]
    [InlineData("truce by:", 6, "by: needs a value")]
    [InlineData("said:@brant", 5, "unknown entity @brant. Did you mean @brandt?")]
    [InlineData("said:@brandt(truce AND sanctions)", 13, "AND has no single place")]
    public void An_error_points_at_its_place(string text, int offset, string message)
    {
        var error = Assert.Single(Query.Parse(text, Words).Errors);

        Assert.Equal(offset, error.Offset);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Hit> Match(string query, string text)
    {
        var rules = RuleSet.Compile([new Rule("r", Query.Parse(query, Words).Query!, null)], Words);
        var document = new Document { Title = "News", Body = text, Language = "en", Published = new(2025, 8, 6, 14, 30, 0, TimeSpan.FromHours(-4)) };
        return rules.Match(document) is [var match] ? match.Hits : [];
    }
}
