using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Fetching;

/// <summary>The real fetcher before a loopback server.</summary>
public abstract class FetchTests : IAsyncLifetime
{
    private protected FeedServer Server { get; private set; } = null!;

    private protected FetchWorld World { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await FeedServer.StartAsync();
        World = new FetchWorld(WatchConfigurations.Of([], Server.Port));
    }

    public async Task DisposeAsync()
    {
        World.Dispose();
        await Server.DisposeAsync();
    }
}
