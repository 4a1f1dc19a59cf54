using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;

namespace NewsWatch.Storage.Shares;

/// <summary>
/// What of the work is this process's. All of it, where one service runs on a database. Beside other replicas it is what the table <c>owned</c> gives it, and only as
/// long as this process is heard of: after 15 s of silence the others divide its work among themselves, so after 10 s by its own stopwatch it begins nothing more.
/// </summary>
#pragma warning disable CA1001 // a source of cancellation that no timer and no wait handle belongs to holds nothing that must be given back
public sealed class WorkShare
#pragma warning restore CA1001
{
    /// <summary>A replica that could not renew its row for so long begins nothing.</summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(10);

    /// <summary>A replica that was not heard of for so long is gone: the others take its work.</summary>
    public static readonly TimeSpan GoneAfter = TimeSpan.FromSeconds(15);

    private readonly TimeProvider _stopwatch;
    private readonly bool _renews;
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<Exception> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Stamp? _renewed;
    private volatile Holding _held = Holding.Nothing;
    private CancellationTokenSource _cut = new();
    private volatile int _joined;

    private WorkShare(bool isWhole, bool renews, TimeProvider stopwatch) => (IsWhole, _renews, _stopwatch) = (isWhole, renews, stopwatch);

    /// <summary>All of the work, of a process that has no others beside it.</summary>
    public static WorkShare All() => new(isWhole: true, renews: false, TimeProvider.System);

    /// <summary>What the table says, as long as <see cref="Renewed"/> is called.</summary>
    /// <param name="isWhole">True for one round, beside which no service runs: everything is its own.</param>
    /// <param name="stopwatch">Only its timestamps are used.</param>
    public static WorkShare OfReplica(bool isWhole, TimeProvider stopwatch) => new(isWhole, renews: true, stopwatch);

    /// <summary>The id of this start, unlike every other.</summary>
    public long Id { get; } = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;

    /// <summary>True when no other process may have a part of the work.</summary>
    public bool IsWhole { get; }

    /// <summary>True while work may be begun.</summary>
    public bool IsCurrent => !_renews || (_renewed is { } last && _stopwatch.GetElapsedTime(last.At) < MaxSilence);

    /// <summary>True when this process does what one does for all.</summary>
    public bool Leads => IsCurrent && (IsWhole || _held.Keys.Contains(OwnedKey.Lead));

    /// <summary>The shards whose hosts this process may ask; null for all.</summary>
    public IReadOnlyList<long>? Shards => IsWhole ? null : IsCurrent ? _held.Shards : [];

    /// <summary>True when no other process worked on the database when this one began.</summary>
    public bool BeganAlone { get; internal set; } = true;

    /// <summary>Ends when this process must not go on, with the reason; as a rule never.</summary>
    public Task<Exception> Ended => _ended.Task;

    /// <summary>This process must not go on: it ends in peace.</summary>
    public void End(Exception why) => _ended.TrySetResult(why);

    /// <summary>Is cancelled with <paramref name="stopping"/>, or when this process is cut off from the database for too long, or is now.</summary>
    public CancellationTokenSource UntilCut(CancellationToken stopping)
    {
        lock (_lock)
        {
            var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, _cut.Token);
            if (!IsCurrent)
            {
                either.Cancel();
            }

            return either;
        }
    }

    /// <summary>True when this process may ask the shard's hosts.</summary>
    public bool OwnsShard(long shard) => IsWhole || (IsCurrent && _held.Keys.Contains(OwnedKey.OfShard(shard)));

    /// <summary>How many messages this process may have under way over a channel.</summary>
    /// <param name="most">How many all replicas together may.</param>
    public int LanesOf(string channel, int most) =>
        IsWhole ? most : IsCurrent ? Enumerable.Range(1, most).Count(number => _held.Keys.Contains(OwnedKey.OfLane(channel, number))) : 0;

    /// <summary>What this process holds and is to keep.</summary>
    internal IReadOnlySet<OwnedKey> Held => _held.Keys;

    /// <summary>How often this process has joined the others.</summary>
    internal int Joined => _joined;

    /// <summary>From now on these are this process's.</summary>
    /// <param name="keys">What the table said.</param>
    /// <param name="joined">The value of <see cref="Joined"/> before it was read: where this process was held for dead since then, what it read means nothing.</param>
    internal void Hold(IEnumerable<OwnedKey> keys, int joined)
    {
        lock (_lock)
        {
            if (joined == _joined)
            {
                _held = Holding.Of(keys);
            }
        }
    }

    /// <summary>The row of this process was renewed.</summary>
    /// <param name="asked">The timestamp at which that was asked for: a process that stood still until it read the reply was not heard of meanwhile.</param>
    internal void Renewed(long asked)
    {
        _renewed = new(asked);
        lock (_lock)
        {
            if (_cut.IsCancellationRequested && IsCurrent)
            {
                _cut.Dispose();
                _cut = new();
            }
        }
    }

    /// <summary>Ends what is under way when the last renewal is too long ago.</summary>
    internal void Watch()
    {
        if (!IsCurrent && _renewed is not null)
        {
            lock (_lock)
            {
                _cut.Cancel();
            }
        }
    }

    /// <summary>The others hold this process for dead: nothing is its own until it has joined anew.</summary>
    internal void Forget()
    {
        lock (_lock)
        {
            (_joined, _held, _renewed) = (_joined + 1, Holding.Nothing, null);
            _cut.Cancel();
        }
    }

    private sealed record Stamp(long At);

    private sealed record Holding(FrozenSet<OwnedKey> Keys, IReadOnlyList<long> Shards)
    {
        public static Holding Nothing { get; } = new([], []);

        public static Holding Of(IEnumerable<OwnedKey> keys)
        {
            var set = keys.ToFrozenSet();
            return new(set, [.. set.Where(key => key.Kind == OwnedKey.Shard).Select(key => long.Parse(key.Key, CultureInfo.InvariantCulture)).Order()]);
        }
    }
}
