using System.Net;
using NewsWatch.Fetching;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Hostile;

/// <summary>What came of polls of a rebinding name.</summary>
/// <param name="Answers">How often the name was looked up.</param>
/// <param name="Trespasses">Connections to the forbidden address.</param>
public sealed record RebindingResult(int Polls, int Answers, int Fetched, int Blocked, int Trespasses);

/// <summary>A name whose answers alternate between an allowed address and 127.0.0.1, asked anew for every connection.</summary>
public static class Rebinding
{
    /// <summary>By a resolver in the guard's seam.</summary>
    public static async Task<RebindingResult> PollAsync(int polls)
    {
        await using var world = await HostileWorld.OpenAsync();
        return await PollAsync(world, polls);
    }

    /// <summary>By a name server on port 53 of 127.0.0.1, which the system's resolver must be set to ask.</summary>
    public static async Task<RebindingResult> OverDnsAsync(int polls)
    {
        await using var world = await HostileWorld.OpenAsync();
        await using var dns = new RebindingDns(HostileWorld.Outside, IPAddress.Loopback);
        world.Resolve = name => Dns.GetHostAddressesAsync(name);
        return await AskAsync(world, polls, () => dns.Answers);
    }

    internal static Task<RebindingResult> PollAsync(HostileWorld world, int polls)
    {
        var answers = 0;
        world.Resolve = _ => Task.FromResult<IPAddress[]>([++answers % 2 == 1 ? HostileWorld.Outside : IPAddress.Loopback]);
        return AskAsync(world, polls, () => answers);
    }

    private static async Task<RebindingResult> AskAsync(HostileWorld world, int polls, Func<int> answers)
    {
        world.Site.Answer("/", Reply.Text(Rss.Of(1), ("Connection", "close")));
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

        return new(polls, answers(), fetched, blocked, world.Trespasses);
    }
}
