namespace NewsWatch.Fetching;

/// <summary>
/// An amount of memory that jobs share: a weighted semaphore that serves its waiters in order. Small shares never wait, and one share at a time may go
/// beyond the capacity, so that a document larger than the capacity is still read and the holder of that share can always end.
/// </summary>
/// <param name="capacity">In bytes.</param>
/// <param name="small">Shares up to this many bytes are granted at once; they count like the others.</param>
internal sealed class BudgetPool(long capacity, long small)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiting = [];
    private long _used;
    private BudgetShare? _beyond;

    /// <summary>Bytes held by all shares.</summary>
    public long Used => Interlocked.Read(ref _used);

    /// <summary>Shares that wait to grow.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Returns a share of nothing.</summary>
    public BudgetShare Open() => new(this);

    /// <summary>Raises the share to a total of <paramref name="bytes"/>; waits while there is no room.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; the share is unchanged.</exception>
    internal Task GrowAsync(BudgetShare share, long bytes, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (bytes <= small || share == _beyond || (_waiting.Count == 0 && Fits(share, bytes)))
            {
                Take(share, bytes);
                return Task.CompletedTask;
            }

            var waiter = new Waiter(share, bytes, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            return WaitAsync(_waiting.AddLast(waiter), cancellationToken);
        }
    }

    /// <summary>Lowers the share to <paramref name="bytes"/> and lets in the waiters that fit now.</summary>
    internal void Shrink(BudgetShare share, long bytes)
    {
        lock (_lock)
        {
            Interlocked.Add(ref _used, bytes - share.Held);
            share.Held = bytes;
            if (_used <= capacity || _beyond?.Held <= small)
            {
                _beyond = null;
            }

            Admit();
        }
    }

    private async Task WaitAsync(LinkedListNode<Waiter> place, CancellationToken cancellationToken)
    {
        await using var givenUp = cancellationToken.Register(() => GiveUp(place, cancellationToken));
        await place.Value.Granted.Task;
    }

    private void GiveUp(LinkedListNode<Waiter> place, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (place.List is null)
            {
                return;
            }

            _waiting.Remove(place);
            place.Value.Share.GaveUp = true;
            place.Value.Granted.SetCanceled(cancellationToken);
            Admit();
        }
    }

    private void Admit()
    {
        while (_waiting.First is { Value: var next } && Fits(next.Share, next.Bytes))
        {
            _waiting.RemoveFirst();
            Take(next.Share, next.Bytes);
            next.Granted.SetResult();
        }
    }

    private bool Fits(BudgetShare share, long bytes) => _beyond is null || _used - share.Held + bytes <= capacity;

    private void Take(BudgetShare share, long bytes)
    {
        Interlocked.Add(ref _used, bytes - share.Held);
        share.Held = bytes;
        if (_used > capacity && bytes > small)
        {
            _beyond ??= share;
        }
    }

    private sealed record Waiter(BudgetShare Share, long Bytes, TaskCompletionSource Granted);
}

/// <summary>One job's share of a pool; used by one task at a time.</summary>
internal sealed class BudgetShare(BudgetPool pool)
{
    /// <summary>In bytes.</summary>
    public long Held { get; internal set; }

    /// <summary>True once the job's time ended while it waited to grow.</summary>
    public bool GaveUp { get; internal set; }

    /// <summary>Raises the share to <paramref name="bytes"/> in all, or leaves it when it is larger; waits while there is no room.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Task GrowAsync(long bytes, CancellationToken cancellationToken) =>
        bytes > Held ? pool.GrowAsync(this, bytes, cancellationToken) : Task.CompletedTask;

    /// <summary>Lowers the share to <paramref name="bytes"/>, or leaves it when it is smaller.</summary>
    public void Shrink(long bytes)
    {
        if (bytes < Held)
        {
            pool.Shrink(this, bytes);
        }
    }
}
