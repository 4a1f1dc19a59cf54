using System.Text;
using NewsWatch.Core.Feeds;

namespace NewsWatch.Core.Tests.Feeds;

public sealed class ItemLinkTests
{
    [Theory]
    [InlineData("<link>https://news.example.com/a</link><guid>https://news.example.com/g</guid>", "https://news.example.com/a")]
    [InlineData("<link/><guid>https://news.example.com/g</guid>", "https://news.example.com/g")]
    [InlineData("<guid isPermaLink='true'>https://news.example.com/g</guid>", "https://news.example.com/g")]
    [InlineData("<guid isPermaLink='false'>https://news.example.com/g</guid>", null)]
    [InlineData("<guid>4711</guid>", null)]
    [InlineData("<link> /2025/a?x=1 </link>", "https://news.example.com/2025/a?x=1")]
    [InlineData("<feedburner:origLink>https://news.example.com/o</feedburner:origLink><guid>https://news.example.com/g</guid>", "https://news.example.com/o")]
    [InlineData("<guid isPermaLink='false'>x</guid><enclosure url='https://news.example.com/a.mp3' type='audio/mpeg'/>", "https://news.example.com/a.mp3")]
    [InlineData("<media:content url='https://img.example.com/a.jpg' medium='image'/>", null)]
    public void An_rss_item_leads_to_its_article(string parts, string? expected) => Assert.Equal(expected, Reading.Item(parts).Link);

    [Theory]
    [InlineData("<link rel='replies' href='/r'/><link rel='self' href='/s'/><link rel='alternate' href='/a'/>", "https://news.example.com/a")]
    [InlineData("<link rel='alternate' type='application/pdf' href='/a.pdf'/><link rel='alternate' type='text/html' href='/a'/>", "https://news.example.com/a")]
    [InlineData("<link rel='enclosure' href='/a.mp3'/><link href='/a'/>", "https://news.example.com/a")]
    [InlineData("<link rel='enclosure'>https://news.example.com/e</link><link rel='alternate'>https://news.example.com/a</link>", "https://news.example.com/a")]
    [InlineData("<link rel='replies' href='/r'/><id>https://news.example.com/id</id>", "https://news.example.com/id")]
    [InlineData("<link rel='related' href='/r'/><id>tag:example.com,2025:1</id>", "https://news.example.com/r")]
    [InlineData("<link rel='edit' href='/edit'/>", null)]
    public void An_atom_entry_leads_to_its_article(string parts, string? expected) => Assert.Equal(expected, Reading.Entry(parts).Link);

    [Theory]
    [InlineData("urn:uuid:0b9a1e4c", "urn:uuid:0b9a1e4c")]
    [InlineData("tag:example.com,2025:notes/7", "tag:example.com,2025:notes/7")]
    [InlineData("/notes/7", "https://news.example.com/notes/7")]
    [InlineData("7", "7")]
    public void An_entry_without_a_link_has_its_id_for_one(string id, string expected) => Assert.Equal(expected, Reading.Entry($"<id>{id}</id>").Link);

    [Theory]
    [InlineData("https://news.example.com/politics/\n        vote", "https://news.example.com/politics/vote")]
    [InlineData("https://news.example.com/\tvote", "https://news.example.com/vote")]
    [InlineData("\uFEFFhttps://news.example.com/vote\u200B", "https://news.example.com/vote")]
    [InlineData("http://https://news.example.com/vote", "https://news.example.com/vote")]
    [InlineData("https://http//news.example.com/vote", "https://http//news.example.com/vote")]
    [InlineData("www.example.org/vote", "https://www.example.org/vote")]
    [InlineData("//cdn.example.org/vote", "https://cdn.example.org/vote")]
    [InlineData("https://news.example.com/vote?a=1&amp;amp;b=2", "https://news.example.com/vote?a=1&b=2")]
    [InlineData("https://news.example.com/a vote", "https://news.example.com/a vote")]
    public void A_link_is_freed_of_what_editors_and_programs_put_into_it(string link, string expected) => Assert.Equal(expected, Reading.Item($"<link>{link}</link>").Link);

    [Theory]
    [InlineData("<rss version='2.0'><channel><link>https://paper.example.org/</link><item><link>/vote</link></item></channel></rss>", "https://paper.example.org/vote")]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom'><link href='https://paper.example.org/home'/><entry><link href='/vote'/></entry></feed>", "https://paper.example.org/vote")]
    [InlineData("{\"version\":\"https://jsonfeed.org/version/1.1\",\"home_page_url\":\"https://paper.example.org/\",\"items\":[{\"id\":\"1\",\"url\":\"/vote\"}]}", "https://paper.example.org/vote")]
    [InlineData("<rss version='2.0'><channel><link>/home</link><item><link>/vote</link></item></channel></rss>", "https://news.example.com/vote")]
    public void A_relative_link_belongs_to_the_site_that_the_feed_names(string feed, string expected) => Assert.Equal(expected, Assert.Single(Reading.Feed(feed).Items).Link);

    [Fact]
    public void The_site_that_a_feed_names_is_enough_for_a_relative_link()
    {
        var feed = "<rss version='2.0'><channel><link>https://paper.example.org/</link><item><link>/vote</link></item></channel></rss>";
        Assert.Equal("https://paper.example.org/vote", Assert.Single(Assert.IsType<FeedResult.Parsed>(FeedParser.Parse(Encoding.UTF8.GetBytes(feed), null, location: null)).Feed.Items).Link);
    }

    [Fact]
    public void The_nearest_xml_base_counts()
    {
        var feed = Reading.Feed(
            """
            <feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example.com/x/"><entry xml:base="y/"><link href="z"/></entry>
            <entry><link href="z" xml:base="https://b.example.com/"/></entry><entry xml:base="/root/"><link href="?page=2"/></entry></feed>
            """);

        Assert.Equal(["https://a.example.com/x/y/z", "https://b.example.com/z", "https://a.example.com/root/?page=2"], feed.Items.Select(item => item.Link));
    }
}
