using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Stories;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests.Rules;

/// <summary>Texts that no newsroom writes: what they cost stays in proportion, and what rules find in them stays right.</summary>
public sealed class CrowdedTextTests
{
    [Theory]
    [InlineData("((truce NEAR/40 deadline) NEAR/40 truce) NEAR/40 harbour", true)]
    [InlineData("(truce NEAR/40 deadline) NEAR/3 harbour", true)]
    [InlineData("(truce NEAR/40 deadline) NEAR/3 absent", false)]
    [InlineData("truce ONEAR/2 harbour", false)]
    [InlineData("deadline ONEAR/1 harbour", true)]
    public void NEAR_is_found_among_thousands_of_hits(string query, bool fires)
    {
        var body = string.Concat(Enumerable.Repeat("truce deadline ", 20_000)) + "x x x x x deadline harbour";
        var rules = RuleSet.Compile([new Rule("rule", Query.Parse(query, Vocabulary.Empty).Query!, null)], Vocabulary.Empty);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var matches = rules.Match(new Document { Title = "", Body = body });

        Assert.Equal(fires, matches.Count == 1);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000_000);
    }

    [Theory]
    [InlineData("a", 200, 1)]
    [InlineData("a", 201, 0)]
    [InlineData("\uD55C", 201, 0)]
    [InlineData("\u1112\u1161\u11AB", 60, 1)]
    public void A_word_of_more_than_200_letters_is_none(string letters, int times, int words)
    {
        var tokens = new TokenStream();

        tokens.Read(string.Concat(Enumerable.Repeat(letters, times)));

        Assert.Equal(words, tokens.Count);
    }

    [Fact]
    public void What_stands_beside_a_word_that_is_none_is_found()
    {
        var tokens = new TokenStream();

        tokens.Read($"truce {new string('a', 5_000)}\u0301{new string('b', 5_000)} deadline");

        Assert.Equal(["truce", "deadline"], Enumerable.Range(0, tokens.Count).Select(i => tokens.FoldedOf(i).ToString()));
    }

    [Fact]
    public void Of_many_marks_behind_a_letter_thirty_count()
    {
        var marks = string.Concat(Enumerable.Repeat("\u0323\u0301", 100));

        Assert.Equal(31, Utf16Sanitizer.Of("a" + marks).Length);
        Assert.Equal(TitleKey.Of("Envoys meet in the northern harbour"), TitleKey.Of($"Envoys meet in the northern harbour{marks}"));
    }

    [Fact]
    public void A_word_with_many_marks_is_the_word()
    {
        var tokens = new TokenStream();

        tokens.Read("tru" + string.Concat(Enumerable.Repeat("\u0323\u0301", 20)) + "ce");

        Assert.Equal("truce", tokens.FoldedOf(0).ToString());
    }
}
