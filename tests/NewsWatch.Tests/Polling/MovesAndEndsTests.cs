using NewsWatch.Storage.Sources;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

/// <summary>Where a source moves to, and what ends it.</summary>
public sealed class MovesAndEndsTests : PollTests
{
    [Fact]
    public async Task A_permanent_move_is_believed_the_second_time()
    {
        Server.Answer("/feed", Reply.Redirect(301, "/moved"));
        Server.Answer("/moved", request => Reply.Text(Rss.Of(3 + Server.Requests.Count)));

        await World.PollAsync();
        await World.PollWhenDueAsync();
        await World.PollWhenDueAsync();

        Assert.Equal(["/feed", "/moved", "/feed", "/moved", "/moved"], Server.Requests.Select(request => request.Target));
    }

    [Fact]
    public async Task A_temporary_redirect_is_never_believed()
    {
        Server.Answer("/feed", Reply.Redirect(302, "/moved"));
        Server.Answer("/moved", Reply.Text(Rss.Of(3)));

        await World.PollAsync();
        await World.PollWhenDueAsync();
        await World.PollWhenDueAsync();

        Assert.Equal(3, Server.Requests.Count(request => request.Target == "/feed"));
    }

    [Fact]
    public async Task A_move_that_leads_nowhere_is_undone()
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
    public async Task A_move_is_told_with_both_addresses_once()
    {
        await MoveAsync();

        await World.PollWhenDueAsync();

        Assert.Equal(["Source bbc has moved"], World.Notices());
        var text = Assert.Single(World.Database.Read(Stored.Notices)).Text;
        Assert.Contains(Server.At("/feed"), text, StringComparison.Ordinal);
        Assert.Contains(Server.At("/moved"), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_configured_address_of_a_source_that_moved_is_asked_once_a_day()
    {
        await MoveAsync();
        var before = Server.Requests.Count;
        for (var poll = 0; poll < 100; poll++)
        {
            await World.PollAfterAsync(TimeSpan.FromMinutes(30));
        }

        Assert.Equal(2, Server.Requests.Skip(before).Count(request => request.Target == "/feed"));
        Assert.Equal(["Source bbc has moved"], World.Notices());
        Server.Answer("/feed", Reply.Text(Rss.Of(9)));
        await World.PollAfterAsync(TimeSpan.FromDays(1));

        Assert.Equal(Server.At("/feed"), World.Row().Address);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(500)]
    public async Task A_configured_address_that_is_dead_keeps_nobody_from_the_new_one(int status)
    {
        await MoveAsync();
        Server.Answer("/feed", Reply.Of(status));
        Server.Answer("/moved", Reply.Text(Rss.Of(20)));

        await World.PollAfterAsync(TimeSpan.FromDays(1));
        await World.PollAfterAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(("/moved", SourceState.Ok, 0), (Server.Requests[^1].Target, World.Row().State, World.Row().Failures));
        Assert.Equal(World.Now, World.Row().LastSuccess);
    }

    [Fact]
    public async Task A_move_to_another_site_is_followed_and_told_but_not_believed()
    {
        Server.Answer("/feed", Reply.Redirect(301, Server.At("/casino", "casino.example.org")));
        Server.Answer("/casino", Reply.Text(Rss.Of(3)));
        for (var poll = 0; poll < 5; poll++)
        {
            await World.PollAfterAsync(TimeSpan.FromMinutes(30));
        }

        Assert.Equal(Server.At("/feed"), World.Row().Address);
        Assert.Equal(5, Server.Requests.Count(request => request.Target == "/feed"));
        Assert.Equal(["Source bbc says that it has moved to another site"], World.Notices());
    }

    private async Task MoveAsync()
    {
        Server.Answer("/feed", Reply.Redirect(301, "/moved"));
        Server.Answer("/moved", Reply.Text(Rss.Of(3)));
        await World.PollAsync();
        await World.PollWhenDueAsync();
        Assert.Equal(Server.At("/moved"), World.Row().Address);
    }

    [Fact]
    public async Task A_410_stops_the_source_and_tells_the_operator_once()
    {
        Server.Answer("/feed", Reply.Of(410));
        await World.PollAsync();

        Assert.Equal(0, await World.PollAfterAsync(TimeSpan.FromDays(30)));

        Assert.Equal(SourceState.Gone, World.Row().State);
        Assert.Equal(["Source bbc is gone"], World.Notices());
    }

    [Fact]
    public async Task Another_address_brings_a_gone_source_back()
    {
        Server.Answer("/feed", Reply.Of(410));
        await World.PollAsync();
        Server.Answer("/new", Reply.Text(Rss.Of(3)));

        World.Configure(World.Source(path: "/new"));
        await World.PollAsync();

        Assert.Equal(SourceState.Ok, World.Row().State);
    }

    [Fact]
    public async Task Nothing_but_410_ever_stops_a_source()
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
    public async Task A_feed_that_says_it_is_finished_is_gone()
    {
        Server.Answer("/feed", Reply.Text("""{"version":"https://jsonfeed.org/version/1.1","title":"News","expired":true,"items":[{"id":"1","url":"https://news.example.com/1","title":"The last one","content_text":"Good bye."}]}""", ("Content-Type", "application/feed+json")));

        await World.PollAsync();

        Assert.Equal((SourceState.Gone, "the feed says that it is finished"), (World.Row().State, World.Row().StateReason));
    }
}
