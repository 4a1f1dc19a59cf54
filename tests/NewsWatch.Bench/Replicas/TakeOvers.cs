using System.Collections.Concurrent;
using System.Diagnostics;

namespace NewsWatch.Bench.Replicas;

/// <summary>How long after each kill everything that the dead replica owned was owned by another one: each key for itself, so that a later kill counts for itself, too.</summary>
internal sealed class TakeOvers : IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);
    private readonly ReplicaLoad _load;
    private readonly ConcurrentDictionary<string, TakeOver> _open = [];
    private readonly ConcurrentBag<double> _seconds = [];
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _watch;

    public TakeOvers(ReplicaLoad load) => (_load, _watch) = (load, Task.Run(WatchAsync));

    /// <summary>Of each kill, in rising order.</summary>
    public IReadOnlyList<double> Seconds => [.. _seconds.Order()];

    /// <summary>The replica of this name is about to be killed.</summary>
    public async Task BeginAsync(string name)
    {
        var own = await _load.AskAsync($"SELECT replica || ' ' || kind || '/' || key FROM owned WHERE replica = (SELECT id FROM replica WHERE name = '{name}')");
        if (own is { Count: > 0 })
        {
            _open[own[0].Split(' ')[0]] = new(Stopwatch.StartNew(), [.. own.Select(row => row.Split(' ')[1])]);
        }
    }

    /// <summary>Waits until all are over, at most so long; those that are not count with the time so far.</summary>
    public async Task EndedAsync(TimeSpan patience)
    {
        var begun = Stopwatch.StartNew();
        while (!_open.IsEmpty && begun.Elapsed < patience)
        {
            await Task.Delay(Between);
        }

        foreach (var (_, left) in _open)
        {
            _seconds.Add(left.Clock.Elapsed.TotalSeconds);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            await Task.Delay(Between, _ended.Token);
            if (!_open.IsEmpty && await _load.AskAsync("SELECT replica || ' ' || kind || '/' || key FROM owned WHERE replica IS NOT NULL") is { } rows)
            {
                Look(rows.Select(row => row.Split(' ')).ToLookup(row => row[0], row => row[1]));
            }
        }
    }

    private void Look(ILookup<string, string> owned)
    {
        foreach (var (dead, takeOver) in _open)
        {
            takeOver.Keys.ExceptWith(owned.Where(own => own.Key != dead).SelectMany(own => own));
            if (takeOver.Keys.Count == 0 && _open.TryRemove(dead, out _))
            {
                _seconds.Add(takeOver.Clock.Elapsed.TotalSeconds);
            }
        }
    }

    private sealed record TakeOver(Stopwatch Clock, HashSet<string> Keys);
}
