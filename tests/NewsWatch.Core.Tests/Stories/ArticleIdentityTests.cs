using NewsWatch.Core.Stories;

namespace NewsWatch.Core.Tests.Stories;

public sealed class ArticleIdentityTests
{
    [Fact]
    public void Links_that_differ_in_what_tracks_are_one_article()
    {
        var plain = ArticleIdentity.Of("https://example.com/a?id=1", "wire", "id:1", shared: false);
        Assert.Equal(plain, ArticleIdentity.Of("https://example.com/a?utm_source=rss&id=1", "wire", "id:2", shared: false));
        Assert.Equal(plain, ArticleIdentity.Of("https://example.com/a?id=1&from=app", "wire", "id:3", shared: false, ["from"]));
        Assert.NotEqual(plain, ArticleIdentity.Of("https://example.com/a?id=1&from=app", "wire", "id:3", shared: false));
    }

    [Theory]
    [InlineData("https://example.com/", false)]
    [InlineData("https://example.com/live", true)]
    [InlineData(null, false)]
    public void Items_that_a_link_cannot_tell_apart_are_told_apart_by_their_keys(string? link, bool shared)
    {
        var one = ArticleIdentity.Of(link, "wire", "id:1", shared);
        Assert.NotEqual(one, ArticleIdentity.Of(link, "wire", "id:2", shared));
        Assert.Equal(one, ArticleIdentity.Of(link, "wire", "id:1", shared));
    }
}
