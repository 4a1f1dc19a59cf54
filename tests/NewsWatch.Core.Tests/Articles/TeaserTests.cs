using NewsWatch.Core.Articles;

namespace NewsWatch.Core.Tests.Articles;

public sealed class TeaserTests
{
    private static readonly string Long = string.Concat(Enumerable.Repeat("The locks of the upper river open again for freight before the month ends. ", 40));

    [Fact]
    public void A_long_text_with_an_end_is_the_article() => Assert.False(Teaser.Looks("Locks", Long));

    [Fact]
    public void A_short_text_is_a_teaser() => Assert.True(Teaser.Looks("Locks", "The locks of the upper river open again."));

    [Theory]
    [InlineData("…")]
    [InlineData("[...]")]
    [InlineData("Continue reading")]
    [InlineData("Read more »")]
    [InlineData("Weiterlesen auf der Seite")]
    [InlineData("Lire la suite")]
    [InlineData("The post Locks reopen appeared first on Example News.")]
    [InlineData("続きを読む")]
    public void A_long_text_that_leads_on_is_a_teaser(string ending) => Assert.True(Teaser.Looks("Locks", Long + ending));

    [Fact]
    public void Ideographs_count_twice() => Assert.False(Teaser.Looks("鎖", string.Concat(Enumerable.Repeat("上流の水門は月末までに再び貨物に開かれる。", 40))));
}
