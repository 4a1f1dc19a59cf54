using NewsWatch.Core.Articles.Pages;

namespace NewsWatch.Core.Tests.Articles;

public sealed class PageFeedsTests
{
    [Theory]
    [InlineData("<base href='https://static.example.org/p/'><link rel=alternate type='application/rss+xml' href='all.xml'>", "https://static.example.org/p/all.xml")]
    [InlineData("<link rel=alternate type='application/atom+xml; charset=utf-8' href='/all'>", "https://paper.example.org/all")]
    [InlineData("<link rel=alternate type='text/xml' href='/all'>", "https://paper.example.org/all")]
    [InlineData("<a rel=alternate type='application/rss+xml' href='/all'>RSS</a>", "https://paper.example.org/all")]
    [InlineData("<link rel=alternate type='application/rss+xml' href='feed://paper.example.org/all'>", "https://paper.example.org/all")]
    [InlineData("<link rel=alternate type='application/json' href='/feed.json'>", "https://paper.example.org/feed.json")]
    public void A_feed_is_found_however_the_page_names_it(string page, string expected) => Assert.Equal([expected], PageFeeds.Of(page, new Uri("https://paper.example.org/news/today")));

    [Theory]
    [InlineData("<link rel=alternate type='application/rss+xml' href=''>")]
    [InlineData("<link rel=alternate type='application/json' href='https://paper.example.org/wp-json/wp/v2/posts/1'>")]
    [InlineData("<link rel=alternate hreflang=fr href='/fr'>")]
    [InlineData("<a rel=alternate href='/fr'>Français</a>")]
    public void What_is_no_feed_is_not_named_as_one(string page) => Assert.Empty(PageFeeds.Of(page, new Uri("https://paper.example.org/news/today")));
}
