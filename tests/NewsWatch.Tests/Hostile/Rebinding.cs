using System.Net;
using NewsWatch.Fetching;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Hostile;

/// <summary>A name whose answers alternate between an allowed address and 127.0.0.1, asked anew for every connection.</summary>
public static class Rebinding
{
    /// <summary>Asks for it so often, and sees that only the allowed address was ever connected to.</summary>
    public static async Task PollAsync(int polls)
    {
        await using var world = await HostileWorld.OpenAsync();
        await PollAsync(world, polls);
    }

    internal static async Task PollAsync(HostileWorld world, int polls)
    {
        var answers = 0;
        world.Resolve = _ => Task.FromResult<IPAddress[]>([++answers % 2 == 1 ? HostileWorld.Outside : IPAddress.Loopback]);
        world.Site.Answer("/", request => Reply.Text(Rss.Of(1), ("Connection", "close")));
        var (fetched, blocked) = (0, 0);
        for (var poll = 0; poll < polls; poll++)
        {
            switch (await world.Get<Fetcher>().FetchAsync(new FetchRequest { Url = world.Site.At("/", "rebind.example.com") }, CancellationToken.None))
            {
                case FetchResult.Fetched:
                    fetched++;
                    break;
                case FetchResult.Blocked:
                    blocked++;
                    break;
            }
        }

        Assert.Equal((0, polls), (world.Trespasses, answers));
        Assert.Equal((polls - (polls / 2), polls / 2), (fetched, blocked));
    }
}
