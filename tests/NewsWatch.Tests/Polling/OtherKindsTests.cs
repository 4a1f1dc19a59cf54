using System.IO.Compression;
using System.Text;
using NewsWatch.Configuration;
using NewsWatch.Storage.Sources;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

/// <summary>Sources beside feeds.</summary>
public sealed class OtherKindsTests : IAsyncLifetime
{
    private PollWorld _world = null!;

    private FeedServer Server => _world.Server;

    public async Task InitializeAsync() => _world = await PollWorld.StartAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    private List<string> New() => [.. _world.Database.Read(Stored.NewItems).Select(item => item.Title!)];

    private async Task PollAsync(string body, string path = "/feed")
    {
        Server.Answer(path, Reply.Text(body, ("Content-Type", "text/html; charset=utf-8")));
        await (_world.Database.Read(db => SourceStore.Find(db, "bbc")) is null ? (Task)_world.PollAsync() : _world.PollWhenDueAsync());
    }

    private static string Page(params string[] parts) => $"<html lang=\"en\"><body><nav><a href=\"/about\">About this ministry and its people</a></nav><main>{string.Concat(parts)}</main></body></html>";

    private static string Link(int n, string text = "Press statement number") => $"<h3><a href=\"/press/{n}?utm_source=home\">{text} {n}</a></h3>";

    [Fact]
    public async Task A_new_link_on_a_page_is_a_new_item_and_a_removed_one_is_nothing()
    {
        _world.Configure(_world.Source() with { Kind = SourceKind.Page, Select = "main h3 a" });
        await PollAsync(Page(Link(1), Link(2)));

        await PollAsync(Page(Link(3), Link(2)));
        await PollAsync(Page(Link(1), Link(3), Link(2)));

        Assert.Equal(["Press statement number 3"], New());
    }

    [Fact]
    public async Task A_new_paragraph_is_a_new_item_and_another_order_is_nothing()
    {
        _world.Configure(_world.Source() with { Kind = SourceKind.Page, Watch = PageWatch.Text, Remove = [".ad"] });
        await PollAsync(Page("<p>The talks go on in the capital.</p>", "<p>The deadline is on Friday.</p>"));

        await PollAsync(Page("<p>The deadline is on Friday.</p>", "<p class=\"ad\">Buy this now, it is quite cheap.</p>", "<p>The talks go on in the capital.</p>", "<p>Both sides have agreed to a truce.</p>"));

        Assert.Equal(["Both sides have agreed to a truce."], New());
    }

    [Fact]
    public async Task A_paragraph_that_comes_back_is_no_news()
    {
        _world.Configure(_world.Source() with { Kind = SourceKind.Page, Watch = PageWatch.Text });
        await PollAsync(Page("<p>The talks go on in the capital.</p>", "<p>The deadline is on Friday.</p>"));
        await PollAsync(Page("<p>The talks go on in the capital.</p>"));

        await PollAsync(Page("<p>The talks go on in the capital.</p>", "<p>The deadline is on Friday.</p>"));

        Assert.Empty(New());
    }

    [Fact]
    public async Task A_selector_that_finds_nothing_is_a_state_of_its_own()
    {
        _world.Configure(_world.Source() with { Kind = SourceKind.Page, Select = "main h4 a" });

        await PollAsync(Page(Link(1)));

        Assert.Equal((SourceState.Failing, "the selector \"main h4 a\" finds nothing on the page"), (_world.Row().State, _world.Row().StateReason));
    }

    [Theory]
    [InlineData(SourceKind.Page)]
    [InlineData(SourceKind.Sitemap)]
    [InlineData(SourceKind.Live)]
    public async Task What_is_no_feed_is_asked_for_as_robots_txt_says(SourceKind kind)
    {
        Server.Answer("/robots.txt", Reply.Text("User-agent: newswatch\nDisallow: /feed"));
        _world.Configure(_world.Source() with { Kind = kind });

        await PollAsync("<html><body><p>Nothing.</p></body></html>");

        Assert.Equal((SourceState.Failing, "robots.txt does not allow this address"), (_world.Row().State, _world.Row().StateReason));
        Assert.Equal(["/robots.txt"], Server.Requests.Select(request => request.Target));
    }

    [Fact]
    public async Task A_feed_is_published_to_be_polled_so_robots_txt_is_not_asked()
    {
        Server.Answer("/robots.txt", Reply.Text("User-agent: *\nDisallow: /"));
        _world.Configure(_world.Source());

        await PollAsync(Rss.Of(3));

        Assert.Equal((SourceState.Ok, "/feed"), (_world.Row().State, Assert.Single(Server.Requests).Target));
    }

    [Fact]
    public async Task A_page_whose_robots_txt_asks_for_a_pause_waits_for_it()
    {
        Server.Answer("/robots.txt", Reply.Of(503, ("Retry-After", "1800")));
        _world.Configure(_world.Source() with { Kind = SourceKind.Page, Select = "main h3 a" });
        await PollAsync(Page(Link(1)));

        Assert.Equal(0, await _world.PollAfterAsync(TimeSpan.FromSeconds(1799)));

        Server.Answer("/robots.txt", Reply.Of(404));
        await _world.PollWhenDueAsync();
        Assert.Equal((SourceState.Ok, 1L), (_world.Row().State, _world.States()["baseline"]));
    }

    private string Sitemap(params int[] entries) =>
        "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:n=\"http://www.google.com/schemas/sitemap-news/0.9\">"
        + string.Concat(entries.Select(n => $"<url><loc>https://news.example.com/{n}</loc><n:news><n:publication_date>{_world.Now.AddHours(-n):yyyy-MM-ddTHH:mm:sszzz}</n:publication_date><n:title>Story {n}</n:title></n:news></url>"))
        + "<url><loc>https://news.example.com/about</loc></url></urlset>";

    [Fact]
    public async Task A_news_sitemap_brings_items_and_old_entries_are_no_news()
    {
        _world.Configure(_world.Source() with { Kind = SourceKind.Sitemap });
        await PollAsync(Sitemap(5));

        await PollAsync(Sitemap(5, 3, 100));

        Assert.Equal(["Story 3"], New());
    }

    [Fact]
    public async Task A_robots_file_leads_to_an_index_that_leads_to_a_packed_sitemap()
    {
        _world.Configure(_world.Source(path: "/robots.txt") with { Kind = SourceKind.Sitemap, FirstRun = new(FirstRunKind.AlertAll, 0) });
        Server.Answer("/index.xml", Reply.Text($"<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><sitemap><loc>{Server.At("/news.xml.gz")}</loc></sitemap></sitemapindex>"));
        Server.Answer("/news.xml.gz", _ => new Reply { Body = Packed(Sitemap(1, 2)) });

        await PollAsync($"User-agent: *\nDisallow: /admin # no\nSitemap: {Server.At("/index.xml")}\n", "/robots.txt");

        Assert.Equal(["Story 2", "Story 1"], New());
    }

    [Fact]
    public async Task A_robots_file_may_name_its_sitemap_without_a_host()
    {
        _world.Configure(_world.Source(path: "/robots.txt") with { Kind = SourceKind.Sitemap, FirstRun = new(FirstRunKind.AlertAll, 0) });
        Server.Answer("/maps/news.xml", Reply.Text(Sitemap(1)));

        await PollAsync("User-agent: *\nDisallow:\nSitemap: /maps/news.xml\n", "/robots.txt");

        Assert.Equal(["Story 1"], New());
    }

    [Fact]
    public async Task A_list_of_sitemaps_that_stays_the_same_is_followed_again()
    {
        _world.Configure(_world.Source() with { Kind = SourceKind.Sitemap });
        var index = $"<sitemapindex><sitemap><loc>{Server.At("/news.xml")}</loc></sitemap></sitemapindex>";
        Server.Answer("/news.xml", Reply.Text(Sitemap(5)));
        await PollAsync(index);
        Server.Answer("/news.xml", Reply.Text(Sitemap(4, 5)));

        await PollAsync(index);

        Assert.Equal(["Story 4"], New());
    }

    [Fact]
    public async Task Indexes_that_lead_in_circles_are_left_after_eight_sitemaps()
    {
        _world.Configure(_world.Source() with { Kind = SourceKind.Sitemap });
        var index = $"<sitemapindex><sitemap><loc>{Server.At("/more.xml")}</loc></sitemap><sitemap><loc>{Server.At("/feed")}</loc></sitemap></sitemapindex>";
        Server.Answer("/more.xml", Reply.Text(index));

        await PollAsync(index);

        Assert.Equal(9, Server.Requests.Count(request => request.Target is "/feed" or "/more.xml"));
        Assert.Equal(SourceState.Ok, _world.Row().State);
    }

    [Fact]
    public async Task A_packed_sitemap_that_unpacks_without_end_is_refused()
    {
        _world.Configure(_world.Source() with { Kind = SourceKind.Sitemap });
        Server.Answer("/feed", _ => new Reply { Body = Packed($"<urlset>{new string(' ', 16 * 1024 * 1024)}</urlset>") });

        await _world.PollAsync();

        Assert.Equal(SourceState.Failing, _world.Row().State);
    }

    [Theory]
    [InlineData("<rss version=\"2.0\"/>")]
    [InlineData("<html><body>Not here")]
    [InlineData("")]
    public async Task What_is_no_sitemap_is_a_clear_state(string body)
    {
        _world.Configure(_world.Source() with { Kind = SourceKind.Sitemap });

        await PollAsync(body);

        Assert.Equal(SourceState.Failing, _world.Row().State);
    }

    [Fact]
    public async Task An_empty_sitemap_is_no_error()
    {
        _world.Configure(_world.Source() with { Kind = SourceKind.Sitemap });

        await PollAsync(Sitemap());

        Assert.Equal(SourceState.Ok, _world.Row().State);
    }

    private static string Blog(string ends, params int[] updates)
    {
        var parts = updates.Select(n => $$"""{"@type":"BlogPosting","url":"https://news.example.com/live#{{n}}","headline":"Update {{n}}","articleBody":"What happened at {{n}}.","datePublished":"2025-08-06T20:{{n:00}}:00Z"}""");
        return $$"""<html><head><title>Live</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"LiveBlogPosting","headline":"Talks live","coverageEndTime":"{{ends}}","liveBlogUpdate":[{{string.Join(',', parts)}}]}</script></head><body><main><h1>Talks live</h1><p>We follow the talks as they go on in the capital today.</p></main></body></html>""";
    }

    [Fact]
    public async Task Each_update_of_a_live_blog_is_an_item_and_the_page_is_asked_more_rarely_after_its_end()
    {
        _world.Configure(_world.Source() with { Kind = SourceKind.Live });
        await PollAsync(Blog("2025-08-06T23:00:00Z", 2, 1));

        await PollAsync(Blog("2025-08-06T23:00:00Z", 3, 2, 1));
        var during = _world.Row().NextDue - _world.Now;
        await PollAsync(Blog("2025-08-06T20:30:00Z", 3, 2, 1));

        Assert.Equal(["Update 3"], New());
        Assert.True(during < TimeSpan.FromMinutes(6) && _world.Row().NextDue - _world.Now >= TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Every_file_of_a_folder_is_read_and_a_broken_one_stops_none()
    {
        var folder = Directory.CreateTempSubdirectory("newswatch-test-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "a.xml"), Rss.Of(2));
        await File.WriteAllTextAsync(Path.Combine(folder, "b.xml"), "no feed at all");
        var source = new Source { Id = "bbc", Url = folder, Kind = SourceKind.File, FirstRun = new(FirstRunKind.AlertAll, 0) };
        _world.Configure(source);
        await _world.PollAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "c.xml"), Rss.Of(4, 3));

        await _world.PollWhenDueAsync();
        Directory.Delete(folder, recursive: true);
        await _world.PollWhenDueAsync();

        Assert.Equal(["Story number 1", "Story number 2", "Story number 3", "Story number 4"], New());
        Assert.Equal((SourceState.Failing, "there is no such file or folder"), (_world.Row().State, _world.Row().StateReason));
    }

    private static byte[] Packed(string text)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return result.ToArray();
    }
}
