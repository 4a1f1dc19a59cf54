using NewsWatch.Storage;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

/// <summary>F09, F10, F22: where a source moves to, and what ends it.</summary>
public sealed class MovesAndEndsTests : PollTests
{
    [Fact]
    public async Task F09_a_permanent_move_is_believed_the_second_time()
    {
        Server.Answer("/feed", Reply.Redirect(301, "/moved"));
        Server.Answer("/moved", request => Reply.Text(Rss.Of(3 + Server.Requests.Count)));

        await World.PollAsync();
        await World.PollWhenDueAsync();
        await World.PollWhenDueAsync();

        Assert.Equal(["/feed", "/moved", "/feed", "/moved", "/moved"], Server.Requests.Select(request => request.Target));
    }

    [Fact]
    public async Task F09_a_temporary_redirect_is_never_believed()
    {
        Server.Answer("/feed", Reply.Redirect(302, "/moved"));
        Server.Answer("/moved", Reply.Text(Rss.Of(3)));

        await World.PollAsync();
        await World.PollWhenDueAsync();
        await World.PollWhenDueAsync();

        Assert.Equal(3, Server.Requests.Count(request => request.Target == "/feed"));
    }

    [Fact]
    public async Task F09_a_move_that_leads_nowhere_is_undone()
    {
        Server.Answer("/feed", Reply.Redirect(308, "/moved"));
        Server.Answer("/moved", Reply.Text(Rss.Of(3)));
        await World.PollAsync();
        await World.PollWhenDueAsync();
        Server.Answer("/feed", Reply.Text(Rss.Of(4)));
        Server.Answer("/moved", Reply.Of(410));

        await World.PollWhenDueAsync();
        var row = await World.PollWhenDueAsync();

        Assert.Equal((SourceState.Ok, "/feed"), (row.State, Server.Requests[^1].Target));
    }

    [Fact]
    public async Task F10_a_410_stops_the_source_and_tells_the_operator_once()
    {
        Server.Answer("/feed", Reply.Of(410));
        await World.PollAsync();

        Assert.Equal(0, await World.PollAfterAsync(TimeSpan.FromDays(30)));

        Assert.Equal(SourceState.Gone, World.Row().State);
        Assert.Equal(["Source bbc is gone"], World.Notices());
    }

    [Fact]
    public async Task F10_another_address_brings_a_gone_source_back()
    {
        Server.Answer("/feed", Reply.Of(410));
        await World.PollAsync();
        Server.Answer("/new", Reply.Text(Rss.Of(3)));

        World.Configure(World.Source(path: "/new"));
        await World.PollAsync();

        Assert.Equal(SourceState.Ok, World.Row().State);
    }

    [Fact]
    public async Task F10_nothing_but_410_ever_stops_a_source()
    {
        Server.Answer("/feed", Reply.Of(404));
        await World.PollAsync();
        for (var poll = 0; poll < 20; poll++)
        {
            await World.PollWhenDueAsync();
        }

        Assert.Equal((SourceState.Failing, 21), (World.Row().State, World.Row().Failures));
        Assert.InRange(World.Row().NextDue - World.Now, TimeSpan.FromHours(24), TimeSpan.FromHours(30));
        Assert.Equal(["Source bbc is failing"], World.Notices());
    }

    [Fact]
    public async Task F22_a_feed_that_says_it_is_finished_is_gone()
    {
        Server.Answer("/feed", Reply.Text("""{"version":"https://jsonfeed.org/version/1.1","title":"News","expired":true,"items":[{"id":"1","url":"https://news.example.com/1","title":"The last one","content_text":"Good bye."}]}""", ("Content-Type", "application/feed+json")));

        await World.PollAsync();

        Assert.Equal((SourceState.Gone, "the feed says that it is finished"), (World.Row().State, World.Row().StateReason));
    }
}
