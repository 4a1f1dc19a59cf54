using CsCheck;
using NewsWatch.Core.Stories;

namespace NewsWatch.Core.Tests.Stories;

public sealed class TitleKeyTests
{
    [Theory]
    [InlineData("Ministers agree cease-fire deadline", "Ministers agree cease‑fire deadline!")]
    [InlineData("“Ministers” agree: cease-fire deadline", "ministers agree cease-fire deadline")]
    [InlineData("Zelenskyy’s ministers agree a truce", "Zelenskyy's ministers agree a truce")]
    [InlineData("Élysée confirms talks on Friday", "Elysee confirms talks on Friday")]
    [InlineData("Élysée confirms talks on Friday", "Élysée confirms talks on Friday")]
    [InlineData("Ministers agree cease-fire deadline - Example News", "Ministers agree cease-fire deadline")]
    [InlineData("Ministers agree cease-fire deadline | World", "Ministers agree cease-fire deadline")]
    [InlineData("Ministers agree cease-fire deadline — example.com", "Ministers agree cease-fire deadline")]
    [InlineData("Ministers agree cease-fire deadline – EXN", "Ministers agree cease-fire deadline")]
    [InlineData("Міністри погодили перемир'я до п'ятниці", "Міністри погодили перемир’я до п’ятниці")]
    public void Two_spellings_of_one_headline_have_one_key(string one, string other)
    {
        Assert.NotEqual("", TitleKey.Of(one));
        Assert.Equal(TitleKey.Of(one), TitleKey.Of(other));
    }

    [Theory]
    [InlineData("Ukraine war live updates - Kyiv hit", "Ukraine war live updates - Odesa hit")]
    [InlineData("Ukraine war live updates - what we know today", "Ukraine war live updates - what we knew yesterday")]
    [InlineData("Cease-fire deadline passes on Friday", "Cease-fire deadline passes on Monday")]
    public void Two_headlines_have_two_keys(string one, string other) => Assert.NotEqual(TitleKey.Of(one), TitleKey.Of(other));

    [Fact]
    public void A_suffix_that_only_the_publisher_explains_is_taken_off() =>
        Assert.Equal(
            TitleKey.Of("Ministers agree cease-fire deadline"),
            TitleKey.Of("Ministers agree cease-fire deadline - the daily owl of nowhere", "The Daily Owl of Nowhere"));

    [Theory]
    [InlineData("")]
    [InlineData("Live updates")]
    [InlineData("What we know")]
    [InlineData("- | -")]
    [InlineData("News in brief - Example News")]
    public void A_headline_that_tells_nothing_is_no_key(string title) => Assert.Equal("", TitleKey.Of(title));

    [Fact]
    public void Scripts_without_spaces_are_counted_by_their_letters() => Assert.NotEqual("", TitleKey.Of("俄乌停火谈判周五前结束"));

    [Fact]
    public void Half_a_surrogate_pair_breaks_nothing() =>
        Assert.Equal(TitleKey.Of("Cease-fire deadline passes on Friday"), TitleKey.Of("Cease-fire deadline passes \ud800 on Friday"));

    [Fact]
    public void A_key_is_its_own_key() =>
        Gen.String.Sample(title => TitleKey.Of(title) is var key && (key.Length == 0 || TitleKey.Of(key) == key), iter: 2_000);
}
