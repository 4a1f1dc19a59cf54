using NewsWatch.Polling;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

public sealed class DiscoveryTests : IAsyncLifetime
{
    private FeedServer _server = null!;
    private FetchWorld _world = null!;

    public async Task InitializeAsync()
    {
        _server = await FeedServer.StartAsync();
        _world = new FetchWorld(WatchConfigurations.Of([], _server.Port));
        _server.Answer("/world.xml", Reply.Text(Rss.Of(3)));
    }

    public async Task DisposeAsync()
    {
        _world.Dispose();
        await _server.DisposeAsync();
    }

    private Task<DiscoveryResult> FindAsync(string path) => new Discovery(_world.Fetcher, _world.Readers).FindAsync(_server.At(path), CancellationToken.None);

    private void Page(string head, string body = "") =>
        _server.Answer("/", Reply.Text($"<!doctype html><html><head><title>News</title>{head}</head><body>{body}</body></html>", ("Content-Type", "text/html")));

    private FoundFeed World => new(_server.At("/world.xml"), "rss20", "News", 3, new DateTimeOffset(2025, 8, 6, 12, 3, 0, TimeSpan.Zero));

    [Fact]
    public async Task The_feeds_that_a_page_names_are_read_and_told()
    {
        Page("<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/world.xml\"><link rel=\"alternate\" hreflang=\"de\" href=\"/de\"><link rel=\"alternate\" type=\"application/atom+xml\" href=\"/broken.xml\">");

        Assert.Equal([World], Assert.IsType<DiscoveryResult.Found>(await FindAsync("/")).Feeds);
    }

    [Fact]
    public async Task A_feed_finds_itself() => Assert.Equal([World], Assert.IsType<DiscoveryResult.Found>(await FindAsync("/world.xml")).Feeds);

    [Fact]
    public async Task Without_a_name_the_usual_paths_are_tried()
    {
        Page("");
        _server.Answer("/rss.xml", Reply.Text(Rss.Of(1)));

        Assert.Equal(_server.At("/rss.xml"), Assert.Single(Assert.IsType<DiscoveryResult.Found>(await FindAsync("/")).Feeds).Url);
    }

    [Fact]
    public async Task A_site_without_feeds_is_told_so()
    {
        Page("", "<a href=\"http://10.0.0.1/secret.rss\">feed</a>");

        Assert.StartsWith("the page names no feed", Assert.IsType<DiscoveryResult.Nothing>(await FindAsync("/")).Reason);
        Assert.Equal("the server answered 404 Not Found", Assert.IsType<DiscoveryResult.Nothing>(await FindAsync("/none")).Reason);
    }
}
