using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
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
    [InlineData("Moscow would not rule out a cease-fire.", null)]
    [InlineData("A cease-fire holds.", null)]
    public void A_hit_in_the_scope_of_a_negation_carries_its_cue(string text, string? cue)
    {
        var query = Query.Parse("cease-fire", Vocabulary.Empty).Query!;

        var hit = Assert.Single(Assert.Single(RuleSet.Compile([new Rule("rule", query, null)], Vocabulary.Empty).Match(new Document { Title = "", Body = text })).Hits);

        Assert.Equal(cue, hit.NegationCue);
    }

    [Theory]
    [InlineData("No cease-fire in Norland", "cease-fire")]
    [InlineData("No Norland cease-fire by Friday", "cease-fire")]
    [InlineData("No cease-fire by the Friday deadline", "cease-fire")]
    [InlineData("No cease-fire, no truce and no deadline", "cease-fire, truce, deadline")]
    [InlineData("No cease-fire or truce in Norland", "cease-fire, truce")]
    [InlineData("A deadline for a cease-fire in Norland was ruled out", "cease-fire")]
    [InlineData("Norland has not agreed", "")]
    public void A_negation_stands_beside_the_nearest_clause_and_never_on_a_name(string text, string negated)
    {
        var vocabulary = new Vocabulary(
            new Dictionary<string, Entity> { ["norland"] = new("norland", "Norland", "place", []) },
            new Dictionary<string, TermList> { ["ceasefire"] = new("ceasefire", ["cease-fire", "truce"]) });
        var query = Query.Parse("@norland OR #ceasefire OR deadline", vocabulary).Query!;

        var hits = Assert.Single(RuleSet.Compile([new Rule("rule", query, null)], vocabulary).Match(new Document { Title = text, Body = "" })).Hits;

        Assert.Equal(negated, string.Join(", ", hits.Where(hit => hit.Negated).Select(hit => hit.Quote)));
    }
}
