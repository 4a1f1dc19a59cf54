using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests.Rules;

public sealed class AllocationTests
{
    [Theory]
    [InlineData("Rain is expected in the northern valleys, forecasters said. Nobody was surprised.")]
    [InlineData("Regen wird für die nördlichen Täler erwartet; co-operation, 1,200 l/m², U.S. and AT&T, it's over.")]
    [InlineData("Дождь ожидается в северных долинах. 北部山谷预计有雨。 من المتوقع هطول الأمطار")]
    [InlineData("A truce here, and a deadline there, but too far apart: one two three four five six seven eight nine ten eleven.")]
    public void An_article_in_which_nothing_matches_allocates_nothing(string text)
    {
        var rules = new[] { "truce NEAR/2 deadline", "\"peace talks\" AND envoy", "sanction~ NOT sport", "atleast3(envoys)", "drought* OR hail*", "title:{Kyiv|Київ}", "/trea[td]y/ AND treaty" };
        var set = RuleSet.Compile([.. rules.Select((rule, at) => new Rule($"{at}", Query.Parse(rule, Vocabulary.Empty).Query!, null))], Vocabulary.Empty);
        var document = new Document { Title = text, Body = string.Concat(Enumerable.Repeat(text + "\n", 50)) };
        var matches = set.Match(document).Count + set.Match(document).Count;

        var before = GC.GetAllocatedBytesForCurrentThread();
        matches += set.Match(document).Count;
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal((0, 0L), (matches, allocated));
    }
}
