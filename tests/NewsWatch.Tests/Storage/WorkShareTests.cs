using Microsoft.Extensions.Time.Testing;
using NewsWatch.Storage.Shares;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Storage;

/// <summary>What of the work is a process's, and for how long.</summary>
public sealed class WorkShareTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_process_without_others_has_all_of_the_work_for_ever()
    {
        var share = WorkShare.All();

        Assert.True(share is { IsWhole: true, IsCurrent: true, Leads: true, Shards: null });
        Assert.True(share.OwnsShard(1_023));
        Assert.Equal(4, share.LanesOf("mail", 4));
    }

    [Fact]
    public void A_replica_has_what_it_holds()
    {
        var share = Background.NewReplica(_clock, OwnedKey.OfShard(7), OwnedKey.OfShard(1_000), OwnedKey.OfLane("mail", 2), OwnedKey.OfLane("mail", 5), OwnedKey.OfLane("hook", 1));

        Assert.Equal([7, 1_000], share.Shards!);
        Assert.True(share.OwnsShard(7));
        Assert.False(share.OwnsShard(8));
        Assert.Equal(1, share.LanesOf("mail", 4));
        Assert.Equal(0, share.LanesOf("sms", 4));
        Assert.False(share.Leads);
    }

    [Fact]
    public void A_replica_that_is_cut_off_begins_nothing_ends_what_is_under_way_and_goes_on_when_it_is_back()
    {
        var share = Background.NewReplica(_clock, OwnedKey.Lead, OwnedKey.OfShard(7), OwnedKey.OfLane("mail", 1));
        using var underWay = share.UntilCut(CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        share.Watch();
        Assert.True(share is { IsCurrent: true, Leads: true });
        Assert.False(underWay.IsCancellationRequested);

        _clock.Advance(TimeSpan.FromSeconds(0.1));
        using var late = share.UntilCut(CancellationToken.None);
        share.Watch();

        Assert.True(share is { IsCurrent: false, Leads: false, Shards: [] });
        Assert.Equal(0, share.LanesOf("mail", 4));
        Assert.False(share.OwnsShard(7));
        Assert.True(underWay.IsCancellationRequested);
        Assert.True(late.IsCancellationRequested);
        share.Renewed(_clock.GetTimestamp());
        using var again = share.UntilCut(CancellationToken.None);
        Assert.True(share.OwnsShard(7));
        Assert.False(again.IsCancellationRequested);
    }

    [Fact]
    public void A_replica_that_stood_still_before_its_renewals_answer_is_silent_since_it_asked()
    {
        var share = Background.NewReplica(_clock, OwnedKey.OfShard(7));
        using var underWay = share.UntilCut(CancellationToken.None);
        var asked = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(12));

        share.Renewed(asked);
        share.Watch();

        Assert.False(share.OwnsShard(7));
        Assert.True(underWay.IsCancellationRequested);
    }

    [Fact]
    public void Every_process_computes_the_same_owner_and_each_gets_its_share()
    {
        long[] replicas = [11, 222, 3_333];
        var owners = Enumerable.Range(0, OwnedKey.Shards).Select(shard => Rendezvous.OwnerOf(OwnedKey.OfShard(shard), replicas)).ToList();

        Assert.Equal(owners, Enumerable.Range(0, OwnedKey.Shards).Select(shard => Rendezvous.OwnerOf(OwnedKey.OfShard(shard), [3_333, 11, 222])));
        Assert.All(replicas, replica => Assert.InRange(owners.Count(owner => owner == replica), 280, 400));
        Assert.All(
            Enumerable.Range(0, OwnedKey.Shards).Where(shard => owners[shard] != 222),
            shard => Assert.Equal(owners[shard], Rendezvous.OwnerOf(OwnedKey.OfShard(shard), [11, 3_333])));
    }

    [Theory]
    [InlineData("news.example.com", 844)]
    [InlineData("xn--bcher-kva.example", 560)]
    public void The_shard_of_a_host_is_the_same_in_every_version(string host, long shard) => Assert.Equal(shard, OwnedKey.ShardOf(host));

    [Fact]
    public void The_databases_clock_counts_on_and_follows_what_the_server_says()
    {
        var machine = new JumpingClock(_clock);
        var clock = new DatabaseClock(machine);
        var server = new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var asked = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromMilliseconds(40));
        clock.Set(server, asked);

        Assert.Equal(server.AddMilliseconds(20), clock.GetUtcNow());
        _clock.Advance(TimeSpan.FromMinutes(1));
        machine.SetBy = TimeSpan.FromHours(-3);
        Assert.Equal(server.AddMilliseconds(60_020), clock.GetUtcNow());
        clock.Set(server.AddMilliseconds(60_000), _clock.GetTimestamp());
        Assert.Equal(server.AddMilliseconds(60_020), clock.GetUtcNow()); // what the network took is no reason to go back
        clock.Set(server.AddHours(-1), _clock.GetTimestamp());
        Assert.Equal(server.AddHours(-1), clock.GetUtcNow());
    }
}
