using NewsWatch.Fetching;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Fetching;

/// <summary>Which redirects are followed, and which ones move a source.</summary>
public sealed class RedirectTests : FetchTests
{
    [Theory]
    [InlineData(301, true)]
    [InlineData(308, true)]
    [InlineData(302, false)]
    [InlineData(303, false)]
    [InlineData(307, false)]
    public async Task Only_permanent_redirects_say_where_the_feed_has_moved(int status, bool moved)
    {
        Server.Answer("/old", Reply.Redirect(status, "/new?a=%7e&b"));
        Server.Answer("/new", Reply.Text("x"));

        var fetched = Assert.IsType<FetchResult.Fetched>(await World.GetAsync(Server.At("/old")));

        Assert.Equal(Server.At("/new?a=%7e&b"), fetched.FinalUrl.OriginalString);
        Assert.Equal(moved ? Server.At("/new?a=%7e&b") : null, fetched.MovedTo);
    }

    [Fact]
    public async Task A_permanent_redirect_behind_a_temporary_one_moves_nothing()
    {
        Server.Answer("/a", Reply.Redirect(302, "/b"));
        Server.Answer("/b", Reply.Redirect(301, "/c"));
        Server.Answer("/c", Reply.Text("x"));

        Assert.Null(Assert.IsType<FetchResult.Fetched>(await World.GetAsync(Server.At("/a"))).MovedTo);
    }

    [Fact]
    public async Task Five_redirects_are_followed_and_no_more()
    {
        Server.Answer("/loop", request => Reply.Redirect(302, $"/loop?{Server.Requests.Count}"));

        var bad = Assert.IsType<FetchResult.BadRedirect>(await World.GetAsync(Server.At("/loop")));

        Assert.StartsWith("more than 5 redirects", bad.Reason);
        Assert.Equal(6, Server.Requests.Count);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1:25/")]
    [InlineData("ftp://example.com/")]
    [InlineData("data:text/xml,<rss/>")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://user:word@example.com/")]
    [InlineData("http://")]
    public async Task A_redirect_to_anything_but_the_web_is_bad(string location)
    {
        Server.Answer("/feed", Reply.Redirect(302, location));

        Assert.IsType<FetchResult.BadRedirect>(await World.GetAsync(Server.At("/feed")));
    }

    [Fact]
    public async Task A_redirect_without_a_location_is_bad()
    {
        Server.Answer("/feed", Reply.Of(302));

        Assert.Equal("302 without a Location", Assert.IsType<FetchResult.BadRedirect>(await World.GetAsync(Server.At("/feed"))).Reason);
    }

    [Fact]
    public void Https_is_not_left_for_http()
    {
        var trail = new RedirectTrail(new Uri("https://news.example.com/feed"), 5);

        Assert.Equal("from https to http at news.example.com", trail.Follow(301, "http://news.example.com/feed"));
    }
}
