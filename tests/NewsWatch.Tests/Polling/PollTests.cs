using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

/// <summary>The real poller with one source, <c>bbc</c>, whose feed has three items at first.</summary>
public abstract class PollTests : IAsyncLifetime
{
    private protected PollWorld World { get; private set; } = null!;

    private protected FeedServer Server => World.Server;

    public async Task InitializeAsync()
    {
        World = await PollWorld.StartAsync();
        World.Configure(World.Source());
        Server.Answer("/feed", Reply.Text(Rss.Of(3)));
    }

    public Task DisposeAsync() => World.DisposeAsync().AsTask();
}
