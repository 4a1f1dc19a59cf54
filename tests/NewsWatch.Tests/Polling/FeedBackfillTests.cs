using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

public sealed class FeedBackfillTests : IAsyncLifetime
{
    private PollWorld _world = null!;

    private FeedServer Server => _world.Server;

    public async Task InitializeAsync()
    {
        _world = await PollWorld.StartAsync();
        _world.Configure(_world.Source());
    }

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    private static string Page(int last, int first, string? older, string rel = "prev-archive") =>
        Rss.Of(last, first, older is null ? "" : $"<atom:link rel=\"{rel}\" href=\"{older}\"/>");

    [Theory]
    [InlineData("prev-archive")]
    [InlineData("next")]
    public async Task After_an_outage_older_pages_are_read_back_to_what_was_seen(string rel)
    {
        Server.Answer("/feed", Reply.Text(Page(10, 1, null)));
        await _world.PollAsync();
        Server.Answer("/feed", Reply.Text(Page(40, 31, "/older/3", rel)));
        Server.Answer("/older/3", Reply.Text(Page(30, 21, "/older/2", rel)));
        Server.Answer("/older/2", Reply.Text(Page(20, 9, "/older/1", rel)));
        Server.Answer("/older/1", Reply.Text(Page(8, 1, null)));

        await _world.PollWhenDueAsync();

        Assert.Equal(30, _world.States()["new"]);
        Assert.Equal(["/feed", "/feed", "/older/3", "/older/2"], Server.Requests.Select(request => request.Target));
    }

    [Fact]
    public async Task Without_a_gap_no_older_page_is_read()
    {
        Server.Answer("/feed", Reply.Text(Page(10, 1, "/older")));
        await _world.PollAsync();
        Server.Answer("/feed", Reply.Text(Page(12, 3, "/older")));

        await _world.PollWhenDueAsync();

        Assert.Equal(2, _world.States()["new"]);
        Assert.DoesNotContain(Server.Requests, request => request.Target == "/older");
    }

    [Fact]
    public async Task Endless_and_circular_pages_end()
    {
        Server.Answer("/feed", Reply.Text(Page(10, 1, null)));
        await _world.PollAsync();
        Server.Answer("/feed", Reply.Text(Page(10_001, 10_000, "/older?0")));
        Server.Answer("/older", request => Reply.Text(Page(20_000 + Server.Requests.Count, 20_000 + Server.Requests.Count, $"/older?{Server.Requests.Count}")));

        await _world.PollWhenDueAsync();

        Assert.Equal(12, Server.Requests.Count);
    }

    [Fact]
    public async Task The_next_url_of_a_json_feed_is_followed_too()
    {
        Server.Answer("/feed", Reply.Text(Json("1")));
        await _world.PollAsync();
        Server.Answer("/feed", Reply.Text(Json("3", Server.At("/page2"))));
        Server.Answer("/page2", Reply.Text(Json("2", Server.At("/page3"))));
        Server.Answer("/page3", Reply.Text(Json("1")));

        await _world.PollWhenDueAsync();

        Assert.Equal(2, _world.States()["new"]);
    }

    private static string Json(string id, string? next = null) =>
        $$"""{"version":"https://jsonfeed.org/version/1.1","title":"News",{{(next is null ? "" : $"\"next_url\":\"{next}\",")}}"items":[{"id":"{{id}}","url":"https://news.example.com/{{id}}","title":"Story {{id}}","content_text":"What happened in {{id}}."}]}""";
}
