using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

public sealed class RehearsedPollTests
{
    [Fact]
    public async Task A_claim_that_runs_twice_enters_each_host_once()
    {
        await using var world = await PollWorld.StartRehearsingAsync();
        world.Server.Answer("/feed", _ => Reply.Text(Rss.Of(world.Server.Requests.Count)));
        world.Configure(world.Source("one", host: "one.example.com"), world.Source("two", host: "two.example.com"));

        Assert.Equal(2, await world.PollAsync());
        await world.PollAfterAsync(TimeSpan.FromHours(1));

        Assert.Equal((2, 2), (world.Server.Requests.Count(request => request.Host == "one.example.com"), world.Server.Requests.Count(request => request.Host == "two.example.com")));
    }
}
