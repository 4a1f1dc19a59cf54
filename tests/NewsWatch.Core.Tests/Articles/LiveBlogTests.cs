using NewsWatch.Core.Articles;
using NewsWatch.Core.Articles.Pages;

namespace NewsWatch.Core.Tests.Articles;

public sealed class LiveBlogTests
{
    private const string FirstShip = """{"@type":"BlogPosting","headline":"First ship","datePublished":"2025-05-12T10:00:00Z","articleBody":"It passed."}""";
    private const string SecondShip = """{"@type":"BlogPosting","url":"https://www.example.com/locks#u2","articleBody":"A second ship passed at noon."}""";

    [Fact]
    public void Each_update_is_told_in_the_pages_order_with_its_own_facts()
    {
        var blog = Read(FirstShip, SecondShip)!;
        Assert.Equal([("First ship", "It passed.", null), ("A second ship passed at noon.", "A second ship passed at noon.", "https://www.example.com/locks#u2")], blog.Updates.Select(u => (u.Title, u.Text, u.Url)));
        Assert.Equal(new DateTimeOffset(2025, 5, 12, 10, 0, 0, TimeSpan.Zero), blog.Updates[0].Published);
    }

    [Fact]
    public void A_new_update_leaves_the_ids_of_the_others_as_they_were()
    {
        var before = Read(FirstShip, SecondShip)!.Updates.Select(u => u.Id).ToList();
        var after = Read("""{"@type":"BlogPosting","headline":"Third ship","datePublished":"2025-05-12T11:00:00Z"}""", FirstShip, SecondShip)!.Updates.Select(u => u.Id).ToList();
        Assert.Equal(before, after[1..]);
        Assert.DoesNotContain(after[0], before);
    }

    [Fact]
    public void An_edited_text_keeps_the_updates_id() =>
        Assert.Equal(Read(FirstShip)!.Updates[0].Id, Read(FirstShip.Replace("It passed.", "It passed at ten.", StringComparison.Ordinal))!.Updates[0].Id);

    [Fact]
    public void An_update_is_known_by_its_address_else_its_id_else_its_headline_and_time()
    {
        Assert.Equal("https://www.example.com/locks#u2", Read(SecondShip)!.Updates[0].Id);
        Assert.Equal("urn:u:7", Read("""{"@id":"urn:u:7","headline":"First ship"}""")!.Updates[0].Id);
        Assert.NotEqual(Read(FirstShip)!.Updates[0].Id, Read(FirstShip.Replace("10:00", "10:01", StringComparison.Ordinal))!.Updates[0].Id);
    }

    [Fact]
    public void An_update_whose_address_is_the_pages_own_is_not_known_by_it()
    {
        var ids = Read("""{"url":"https://www.example.com/locks","headline":"First ship"}""", """{"url":"https://www.example.com/locks","headline":"Second ship"}""")!.Updates.Select(u => u.Id).ToList();
        Assert.NotEqual(ids[0], ids[1]);
    }

    [Fact]
    public void The_end_of_coverage_is_told()
    {
        Assert.Equal(new DateTimeOffset(2025, 5, 12, 20, 0, 0, TimeSpan.Zero), Read([FirstShip], "\"coverageEndTime\":\"2025-05-12T20:00:00Z\",")!.CoverageEnds);
        Assert.Null(Read(FirstShip)!.CoverageEnds);
    }

    [Fact]
    public void An_ordinary_article_is_no_live_blog() =>
        Assert.Null(Page("""{"@type":"NewsArticle","headline":"Locks reopen"}""").LiveBlog);

    [Fact]
    public void Updates_of_another_page_that_is_only_named_do_not_count() =>
        Assert.Null(Page($$"""{"@type":"NewsArticle","headline":"Locks reopen","mentions":{"@type":"LiveBlogPosting","liveBlogUpdate":[{{FirstShip}}] } }""").LiveBlog);

    private static LiveBlog? Read(params string[] updates) => Read(updates, "");

    private static LiveBlog? Read(string[] updates, string more) => Page($$"""{"@type":"LiveBlogPosting","headline":"Locks live",{{more}}"liveBlogUpdate":[{{string.Join(',', updates)}}]}""").LiveBlog;

    private static PageResult.Read Page(string json) => Assert.IsType<PageResult.Read>(PageReader.Read(
        $"<html><head><script type='application/ld+json'>{json}</script></head><body><p>The ministers of the eleven river states agreed on Tuesday to open the upper locks to freight again, before the end of the month.</p></body></html>",
        new Uri("https://www.example.com/locks")));
}
