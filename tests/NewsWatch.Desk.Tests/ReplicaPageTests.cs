using System.Text.Json.Nodes;
using NewsWatch.Desk.Tests.Support;

namespace NewsWatch.Desk.Tests;

/// <summary>Who works on the database, what of the work is whose, and how late each is.</summary>
public sealed class ReplicaPageTests
{
    [Fact]
    public async Task On_a_file_there_is_one_service()
    {
        await using var world = await DeskWorld.EmptyAsync();

        Assert.Contains("One service works on this database.", (await world.AskAsync("replicas")).Body, StringComparison.Ordinal);
        Assert.Empty(JsonNode.Parse((await world.AskAsync("api/v1/replicas")).Body)!["items"]!.AsArray());
    }

    [Fact]
    public async Task Replicas_are_shown_with_their_share_their_lag_and_what_is_wrong()
    {
        await using var world = await DeskWorld.EmptyAsync();
        await world.ShareAsync();

        var page = (await world.AskAsync("replicas")).Body;

        Assert.All(
            ["<bdi>desk-1</bdi></b> leads", "50 % (511)", "no poll cycle ended in the last 60 s", "2 min, 1 source", "They work by 2 different configurations", ">starts<", "1.2.1"],
            words => Assert.Contains(words, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Programs_read_the_same()
    {
        await using var world = await DeskWorld.EmptyAsync();
        await world.ShareAsync();

        var replicas = JsonNode.Parse((await world.AskAsync("api/v1/replicas")).Body)!["items"]!.AsArray();

        Assert.Equal(["desk-1", "desk-2", "desk-3"], replicas.Select(replica => (string?)replica!["name"]));
        Assert.Equal([true, false, false], replicas.Select(replica => (bool)replica!["leads"]!));
        Assert.Equal([0, 95, 0], replicas.Select(replica => (double)replica!["lag_seconds"]!));
        Assert.Equal([511, 513, 0], replicas.Select(replica => (int)replica!["shards"]!));
        Assert.Equal([null, "no poll cycle ended in the last 60 s", null], replicas.Select(replica => (string?)replica!["problem"]));
    }
}
