using NewsWatch.Fetching;

namespace NewsWatch.Tests.Fetching;

/// <summary>The memory that jobs share: what waits, in which order, and what may go beyond.</summary>
public sealed class BudgetPoolTests
{
    private readonly BudgetPool _pool = new(capacity: 100, small: 5);

    [Fact]
    public async Task What_does_not_fit_waits_until_others_give_back()
    {
        var (first, beyond, waiting) = (Held(60), Held(60), _pool.Open());

        var grown = waiting.GrowAsync(30, CancellationToken.None);
        Assert.Equal((false, 120L, 1), (grown.IsCompleted, _pool.Used, _pool.Waiting));

        beyond.Shrink(0);
        Assert.Equal((90L, 0), (_pool.Used, _pool.Waiting));
        await grown;
        first.Shrink(0);
        waiting.Shrink(0);
        Assert.Equal(0, _pool.Used);
    }

    [Fact]
    public void One_share_may_go_beyond_the_capacity_and_grow_there_so_that_it_can_end()
    {
        var (large, other) = (Held(90), _pool.Open());

        Assert.True(large.GrowAsync(150, CancellationToken.None).IsCompleted);
        Assert.False(other.GrowAsync(60, CancellationToken.None).IsCompleted);
        Assert.True(large.GrowAsync(500, CancellationToken.None).IsCompleted);
        Assert.Equal(500, _pool.Used);
    }

    [Fact]
    public void Waiters_are_served_in_order()
    {
        var (_, beyond) = (Held(60), Held(60));
        var (large, little) = (_pool.Open(), _pool.Open());
        Assert.False(large.GrowAsync(80, CancellationToken.None).IsCompleted);
        Assert.False(little.GrowAsync(30, CancellationToken.None).IsCompleted);

        beyond.Shrink(0);
        Assert.Equal((80L, 0L, 1), (large.Held, little.Held, _pool.Waiting));
        large.Shrink(0);

        Assert.Equal((30L, 90L), (little.Held, _pool.Used));
    }

    [Fact]
    public void Small_shares_never_wait_but_count()
    {
        Held(60);
        Held(60);
        Assert.False(_pool.Open().GrowAsync(30, CancellationToken.None).IsCompleted);

        Assert.True(_pool.Open().GrowAsync(5, CancellationToken.None).IsCompleted);
        Assert.Equal(125, _pool.Used);
    }

    [Fact]
    public async Task A_waiter_that_gives_up_holds_nobody_up()
    {
        using var patience = new CancellationTokenSource();
        var (_, beyond) = (Held(60), Held(60));
        var (large, little) = (_pool.Open(), _pool.Open());
        var waits = large.GrowAsync(100, patience.Token);
        var behind = little.GrowAsync(20, CancellationToken.None);

        await patience.CancelAsync();
        beyond.Shrink(0);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits);
        await behind;
        Assert.Equal((true, false, 80L), (large.GaveUp, little.GaveUp, _pool.Used));
    }

    [Fact]
    public void Nothing_is_left_when_a_job_ends()
    {
        var budget = new MemoryBudget(1024 * 1024 * 1024);
        using (var job = budget.Open())
        {
            Assert.True(job.Received.GrowAsync(1_000, CancellationToken.None).IsCompleted);
            Assert.True(job.Read.GrowAsync(2_000, CancellationToken.None).IsCompleted);
            Assert.Equal((1_000L, 2_000L), (budget.Received.Used, budget.Read.Used));
        }

        Assert.Equal((0L, 0L), (budget.Received.Used, budget.Read.Used));
    }

    private BudgetShare Held(long bytes)
    {
        var share = _pool.Open();
        Assert.True(share.GrowAsync(bytes, CancellationToken.None).IsCompleted);
        return share;
    }
}
