using System.Globalization;
using System.Text;
using NewsWatch.Core.Feeds;

namespace NewsWatch.Core.Tests.Feeds;

public sealed class SitemapParserTests
{
    private const string Open = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>";

    private static readonly DateTimeOffset Oldest = new(2025, 8, 5, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_news_entry_is_read_with_its_parts()
    {
        var item = Assert.Single(Entries(Open
            + "<url><loc> /a </loc><lastmod>2025-08-07</lastmod><news:news><news:publication_date>2025-08-06T14:00+02:00</news:publication_date><news:title>Talks &amp;amp; truce</news:title>"
            + "<news:keywords>War, Oil , </news:keywords></news:news></url><url><loc>/no-news</loc></url></urlset>").Items);

        Assert.Equal(("https://news.example.com/a", "Talks & truce", new DateTimeOffset(2025, 8, 6, 12, 0, 0, TimeSpan.Zero)), (item.Link, item.Title, item.Published));
        Assert.Equal(["War", "Oil"], item.Categories);
    }

    [Theory]
    [InlineData("2025-08-06", "2025-08-06T00:00:00Z")]
    [InlineData("2025-08-06T14:00Z", "2025-08-06T14:00:00Z")]
    [InlineData("2025-08-06T14:00:30+02:00", "2025-08-06T12:00:30Z")]
    [InlineData(" 2025-08-06T14:00:30.5-05:00 ", "2025-08-06T19:00:30.5Z")]
    [InlineData("this morning", null)]
    public void Publication_dates_are_read_from_the_day_to_the_fraction_of_a_second(string date, string? expected) =>
        Assert.Equal(
            expected is null ? null : DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture),
            Assert.Single(Entries($"{Open}<url><loc>/a</loc><news:news><news:publication_date>{date}</news:publication_date></news:news></url></urlset>").Items).Published);

    [Theory]
    [InlineData("<news:publication_date>2025-08-04</news:publication_date>", 0)]
    [InlineData("<news:publication_date>2025-08-06</news:publication_date>", 1)]
    [InlineData("", 1)]
    public void Old_entries_are_no_news(string date, int items) =>
        Assert.Equal(items, Entries($"{Open}<url><loc>/a</loc><news:news>{date}</news:news></url></urlset>").Items.Count);

    [Theory]
    [InlineData("<urlset xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>/a</loc><n:news><n:title>A</n:title></n:news></url></urlset>")]
    [InlineData("<urlset><url><loc>/a</loc><news:news><news:title>A</news:title></news:news></url></urlset>")]
    [InlineData("<urlset><url><loc>/a</loc><news:news><news:title>A&nbsp;</news:title></news:news></url></urlset>")]
    [InlineData(Open + "<url><loc>/a</loc><news:news><news:title>A</news:title></news:news></url><url><loc>/b</loc><news:news><news:title>B</news:ti")]
    public void Other_prefixes_and_faults_are_mended_as_in_feeds(string document) => Assert.Equal("A", Assert.Single(Entries(document).Items).Title);

    [Theory]
    [InlineData("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='https://www.google.com/schemas/sitemap-news/0.9'><url><loc>/a</loc><news:news><news:title>A</news:title></news:news></url></urlset>")]
    [InlineData("<urlset xmlns:news='http://www.google.com/schemas/sitemap-news/0.84'><url><loc>/a</loc><news:news><news:title>A</news:title></news:news></url></urlset>")]
    [InlineData("<urlset><url><loc>/a</loc><n:news><n:title>A</n:title></n:news></url></urlset>")]
    [InlineData("<urlset><urlset><url><loc>/a</loc><news><title>A</title></news></url></urlset></urlset>")]
    [InlineData("<br />\n<b>Notice</b>: no theme<br />\n<?xml version='1.0'?><urlset><url><loc>/a</loc><news:news><news:title>A</news:title></news:news></url></urlset>")]
    public void A_news_entry_is_known_whatever_its_namespace_and_nesting(string document) => Assert.Equal("A", Assert.Single(Entries(document).Items).Title);

    [Fact]
    public void A_sitemap_whose_addresses_are_no_news_says_so()
    {
        var warning = Assert.Single(Assert.IsType<SitemapResult.Entries>(Parse("<urlset><url><loc>/a</loc></url><url><loc>/b</loc></url></urlset>")).Warnings);

        Assert.Contains("of its 2 addresses none is marked as news", warning, StringComparison.Ordinal);
        Assert.Empty(Assert.IsType<SitemapResult.Entries>(Parse(Open + "<url><loc>/a</loc><news:news><news:publication_date>2025-01-01</news:publication_date></news:news></url></urlset>")).Warnings);
    }

    [Fact]
    public void The_language_of_the_publication_is_the_entrys() =>
        Assert.Equal("pl", Assert.Single(Entries(Open + "<url><loc>/a</loc><news:news><news:publication><news:name>P</news:name><news:language>pl</news:language></news:publication></news:news></url></urlset>").Items).Language);

    [Fact]
    public void An_index_leads_to_what_changed_last_first()
    {
        var index = Assert.IsType<SitemapResult.Index>(Parse(
            "<sitemapindex><sitemap><loc>https://news.example.com/old.xml</loc><lastmod>2025-08-01</lastmod></sitemap><sitemap><loc>https://news.example.com/new.xml</loc><lastmod>2025-08-06T12:00:00Z</lastmod></sitemap>"
            + "<sitemap><loc>https://news.example.com/undated.xml</loc></sitemap><sitemap/></sitemapindex>"));

        Assert.Equal(["https://news.example.com/new.xml", "https://news.example.com/old.xml", "https://news.example.com/undated.xml"], index.Sitemaps);
    }

    [Theory]
    [InlineData("", "plain text")]
    [InlineData("<!DOCTYPE html><html/>", "an HTML page, not a sitemap")]
    [InlineData("<rss/>", "<rss> document")]
    public void What_is_no_sitemap_says_what_it_is(string document, string words) =>
        Assert.Contains(words, Assert.IsType<SitemapResult.NotASitemap>(Parse(document)).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_sitemap_has_the_limits_of_feeds()
    {
        var deep = string.Concat(Enumerable.Repeat("<urlset>", 300));
        var bomb = "<!DOCTYPE urlset [<!ENTITY a '" + new string('a', 1_000) + "'>]><urlset>" + string.Concat(Enumerable.Repeat("&a;", 200)) + "</urlset>";

        Assert.Contains("too deep", Assert.IsType<SitemapResult.NotASitemap>(Parse(deep)).Reason, StringComparison.Ordinal);
        Assert.Contains("entities", Assert.IsType<SitemapResult.NotASitemap>(Parse(bomb)).Reason, StringComparison.Ordinal);
        Assert.Contains("too large", Assert.IsType<SitemapResult.NotASitemap>(SitemapParser.Parse(new byte[(15 * 1024 * 1024) + 1], new Uri("https://news.example.com/"), Oldest)).Reason, StringComparison.Ordinal);
    }

    private static Feed Entries(string document) => Assert.IsType<SitemapResult.Entries>(Parse(document)).Feed;

    private static SitemapResult Parse(string document) => SitemapParser.Parse(Encoding.UTF8.GetBytes(document), new Uri("https://news.example.com/sitemap.xml"), Oldest);
}
