using NewsWatch.Core.Rules;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests.Rules;

public sealed class NegationTests
{
    [Theory]
    [InlineData("He added that there wouldn’t be a cease-fire by the Friday deadline.", "wouldn’t")]
    [InlineData("No cease-fire is in sight.", "No")]
    [InlineData("Moscow ruled out a cease-fire.", "ruled out")]
    [InlineData("A cease-fire has been ruled out.", "ruled out")]
    [InlineData("The cease-fire will not happen.", "not")]
    [InlineData("They fought on without a cease-fire.", "without")]
    [InlineData("Kyiv denied any cease-fire.", "denied")]
    [InlineData("They never agreed on a cease-fire.", "never")]
    [InlineData("Not only a cease-fire but peace was agreed.", null)]
    [InlineData("There is no doubt that a cease-fire holds.", null)]
    [InlineData("It was not raining. A cease-fire holds.", null)]
    [InlineData("He did not speak, but a cease-fire holds.", null)]
    [InlineData("No, a cease-fire holds.", null)]
    [InlineData("The sanctions that were not in the first draft of the plan may end with a cease-fire.", null)]
    [InlineData("A cease-fire holds.", null)]
    public void A_hit_in_the_scope_of_a_negation_carries_its_cue(string text, string? cue)
    {
        var query = Query.Parse("cease-fire", Vocabulary.Empty).Query!;

        var hit = Assert.Single(Assert.Single(RuleSet.Compile([new Rule("rule", query, null)], Vocabulary.Empty).Match(new Document { Title = "", Body = text })).Hits);

        Assert.Equal(cue, hit.NegationCue);
    }
}
