using System.Diagnostics;
using NewsWatch.Storage.Shares;

namespace NewsWatch.Bench.Replicas;

/// <summary>
/// How soon what a dead replica owned is another's. A shard, lane or role is waited for from the death of its owner; where the replica that is to take it is killed or stopped meanwhile, or the
/// server of the database is, the wait begins again. Both are kept: the last wait of each, which is what one death costs, and all of it since the first death.
/// </summary>
internal sealed class TakeOvers : IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);
    private readonly ReplicaLoad _load;
    private readonly Lock _lock = new();
    private readonly HashSet<long> _dead = [];
    private readonly Dictionary<OwnedKey, Wait> _waits = [];
    private readonly List<Death> _deaths = [];
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _watch;
    private int _again;

    public TakeOvers(ReplicaLoad load) => (_load, _watch) = (load, Task.Run(WatchAsync));

    /// <summary>Waits that began again.</summary>
    public int Again => _again;

    /// <summary>The longest last wait of each death, in seconds, in rising order.</summary>
    public IReadOnlyList<double> Seconds => Sorted(death => death.Last);

    /// <summary>The longest time until all that a replica had owned was owned again, whatever happened meanwhile.</summary>
    public IReadOnlyList<double> SecondsInAll => Sorted(death => death.InAll);

    /// <summary>The replica of this name is about to be killed.</summary>
    public async Task DiesAsync(string name)
    {
        if (await ReplicasAsync() is not { } replicas || replicas.Find(replica => replica.Name == name) is not { Id: > 0 } dying || await OwnedAsync() is not { } owned)
        {
            return;
        }

        lock (_lock)
        {
            var death = new Death();
            _deaths.Add(death);
            BeginAgain(replicas, dying.Id);
            _dead.Add(dying.Id);
            var now = Stopwatch.GetTimestamp();
            foreach (var (key, _) in owned.Where(own => own.Replica == dying.Id))
            {
                _waits[key] = new(death, now, now);
            }
        }
    }

    /// <summary>The replica of this name stands still from now on, or goes on.</summary>
    public async Task StandsStillAsync(string name)
    {
        if (await ReplicasAsync() is { } replicas && replicas.Find(replica => replica.Name == name) is { Id: > 0 } still)
        {
            lock (_lock)
            {
                BeginAgain(replicas, still.Id);
            }
        }
    }

    /// <summary>The server of the database was killed, and is back.</summary>
    public void ServerIsBack()
    {
        lock (_lock)
        {
            BeginAgain([.. _waits.Keys]);
        }
    }

    /// <summary>Waits until all are over, at most so long; those that are not count with the time so far.</summary>
    public async Task EndedAsync(TimeSpan patience)
    {
        var begun = Stopwatch.StartNew();
        while (begun.Elapsed < patience && Count() > 0)
        {
            await Task.Delay(Between);
        }

        lock (_lock)
        {
            End([.. _waits.Keys]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
    }

    private int Count()
    {
        lock (_lock)
        {
            return _waits.Count;
        }
    }

    private async Task WatchAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            await Task.Delay(Between, _ended.Token);
            if (Count() > 0 && await OwnedAsync() is { } owned)
            {
                lock (_lock)
                {
                    End([.. owned.Where(own => !_dead.Contains(own.Replica) && _waits.ContainsKey(own.Key)).Select(own => own.Key)]);
                }
            }
        }
    }

    /// <summary>What this replica is to take is waited for anew.</summary>
    private void BeginAgain(List<(long Id, string Name)> replicas, long taker)
    {
        long[] living = [.. replicas.Select(replica => replica.Id).Where(id => !_dead.Contains(id))];
        BeginAgain(living.Length == 0 ? [] : [.. _waits.Keys.Where(key => Rendezvous.OwnerOf(key, living) == taker)]);
    }

    private void BeginAgain(IReadOnlyList<OwnedKey> keys)
    {
        _again += keys.Count > 0 ? 1 : 0;
        foreach (var key in keys)
        {
            _waits[key] = _waits[key] with { Since = Stopwatch.GetTimestamp() };
        }
    }

    private void End(IReadOnlyList<OwnedKey> keys)
    {
        foreach (var key in keys)
        {
            _waits.Remove(key, out var wait);
            wait!.Of.Last = Math.Max(wait.Of.Last, Stopwatch.GetElapsedTime(wait.Since).TotalSeconds);
            wait.Of.InAll = Math.Max(wait.Of.InAll, Stopwatch.GetElapsedTime(wait.First).TotalSeconds);
        }
    }

    private IReadOnlyList<double> Sorted(Func<Death, double> time)
    {
        lock (_lock)
        {
            return [.. _deaths.Select(time).Where(seconds => seconds > 0).Order()];
        }
    }

    /// <summary>Who is at work; null while the server does not answer.</summary>
    private async Task<List<(long Id, string Name)>?> ReplicasAsync() =>
        (await _load.AskAsync("SELECT id || ' ' || name FROM replica WHERE works = 1"))?.Select(row => row.Split(' ')).Select(row => (long.Parse(row[0], null), row[1])).ToList();

    private async Task<List<(OwnedKey Key, long Replica)>?> OwnedAsync() =>
        (await _load.AskAsync("SELECT kind || ' ' || key || ' ' || replica FROM owned WHERE replica IS NOT NULL"))
            ?.Select(row => row.Split(' ')).Select(row => (new OwnedKey(row[0], row[1]), long.Parse(row[2], null))).ToList();

    private sealed class Death
    {
        public double Last { get; set; }

        public double InAll { get; set; }
    }

    private sealed record Wait(Death Of, long First, long Since);
}
