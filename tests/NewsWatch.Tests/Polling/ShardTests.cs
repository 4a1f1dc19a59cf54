using NewsWatch.Polling;
using NewsWatch.Storage.Replicas;
using NewsWatch.Storage.Shares;
using NewsWatch.Storage.Sources;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

/// <summary>A replica asks the hosts of its own shards, one request at a time for each, and no other replica asks them.</summary>
public sealed class ShardTests : IAsyncLifetime
{
    private static readonly OwnedKey Own = OwnedKey.OfShard(OwnedKey.ShardOf("own.example.com"));
    private PollWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await PollWorld.StartAsync();
        _world.Configure(_world.Source("own", "/own", "own.example.com"), _world.Source("other", "/other", "other.example.com"));
        _world.Server.Answer("/own", Reply.Text(Rss.Document("", [])));
        _world.Server.Answer("/other", Reply.Text(Rss.Document("", [])));
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task A_replica_polls_its_own_hosts_and_says_whose_the_others_are()
    {
        var share = Background.NewReplica(_world.Clock, Own, OwnedKey.OfShard(0));
        _world.Restart(share: share);

        for (var look = 0; look < 3; look++)
        {
            await _world.PollAfterAsync(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["/own"], _world.Server.Requests.Select(request => request.Target));
        Assert.Equal(
            [$"other {OwnedKey.ShardOf("other.example.com")}", $"own {OwnedKey.ShardOf("own.example.com")}"],
            _world.Database.Read(db => Stored.Texts(db, "due", "source", "shard")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_replica_that_is_cut_off_claims_nothing()
    {
        _world.Restart(share: Background.NewReplica(_world.Clock, [Own, OwnedKey.OfShard(0)]));
        await _world.PollAfterAsync(TimeSpan.FromSeconds(10));

        Assert.Empty(_world.Server.Requests);
    }

    [Fact]
    public async Task A_shard_is_in_use_from_the_claim_to_the_end_of_the_gap()
    {
        _world.Restart(share: Background.NewReplica(_world.Clock, Own, OwnedKey.OfShard(0)));
        var shards = new HostShards(_world.Poller, _world.Clock);
        await _world.PollAsync();
        await _world.PollAfterAsync(TimeSpan.FromSeconds(1));
        Assert.Single(_world.Server.Requests);

        Assert.Equal([Own], shards.InUse);
        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(shards.InUse);
    }

    [Fact]
    public async Task What_a_living_replica_holds_is_free_when_its_row_is_gone()
    {
        var (mine, other) = (Background.NewProcess(), Background.NewProcess());
        await _world.PollAsync();
        await _world.Database.WriteAsync(db => PollQueue.SetAllDue(db, _world.Now));
        await _world.Database.WriteAsync(db => Stored.Add(db, "replica", new { id = other.Replica, name = "other", version = "1", alone = 0, started = 0, seen = 0 }));
        await _world.Database.WriteAsync(db => PollQueue.Claim(db, other, SourceStore.All(db)));

        Assert.Empty(Due(mine));
        await _world.Database.WriteAsync(db => ReplicaStore.RemoveSilent(db, _world.Now));
        Assert.Equal(2, Due(mine).Count);
    }

    private IReadOnlyList<DueSource> Due(Leases leases) => _world.Database.Read(db => PollQueue.Due(db, leases, _world.Now.AddMinutes(1), failing: false, 10));
}
