using System.Collections.Concurrent;

namespace NewsWatch.WebSub;

/// <summary>What a hub may send for one source: one body at a time, and so many bodies and bytes an hour. A busy wire pushes a few documents a minute.</summary>
internal sealed class PushTurns(TimeProvider clock)
{
    /// <summary>Bodies for one source in an hour.</summary>
    public const int MaxBodies = 360;

    /// <summary>Bytes for one source in an hour.</summary>
    public const long MaxBytes = 64 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, PushAccount> _accounts = new();

    /// <summary>Gives the source its turn, or says why not.</summary>
    /// <param name="source">The source's id.</param>
    /// <param name="length">What the body's length is said to be; null for unknown.</param>
    public PushTurn Begin(string source, long? length) => _accounts.GetOrAdd(source, _ => new PushAccount(clock)).Begin(length ?? 0);
}

/// <summary>Whether a body may be sent now.</summary>
internal abstract record PushTurn
{
    /// <summary>It may; the turn is to be ended.</summary>
    public sealed record Given(PushAccount Account) : PushTurn, IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => Account.End();
    }

    /// <summary>Another body of the source is coming in.</summary>
    public sealed record Busy : PushTurn;

    /// <summary>The hour is used up.</summary>
    /// <param name="Again">After this time there is another one.</param>
    /// <param name="First">True for the first refusal of the hour.</param>
    public sealed record UsedUp(TimeSpan Again, bool First) : PushTurn;
}

/// <summary>What one source has used of its hour.</summary>
internal sealed class PushAccount(TimeProvider clock)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly Lock _lock = new();
    private long _since = clock.GetTimestamp();
    private int _bodies;
    private long _bytes;
    private bool _taken;
    private bool _refused;

    /// <summary>Takes the source's turn.</summary>
    public PushTurn Begin(long length)
    {
        lock (_lock)
        {
            if (_taken)
            {
                return new PushTurn.Busy();
            }

            var again = Hour - clock.GetElapsedTime(_since);
            if (again <= TimeSpan.Zero)
            {
                (_since, _bodies, _bytes, _refused) = (clock.GetTimestamp(), 0, 0, false);
            }

            if (_bodies >= PushTurns.MaxBodies || _bytes + length > PushTurns.MaxBytes)
            {
                return new PushTurn.UsedUp(again, First: !Interlocked.Exchange(ref _refused, true));
            }

            (_bodies, _taken) = (_bodies + 1, true);
            return new PushTurn.Given(this);
        }
    }

    /// <summary>Counts bytes that came in.</summary>
    public void Count(int bytes) => Interlocked.Add(ref _bytes, bytes);

    /// <summary>Ends the turn.</summary>
    public void End()
    {
        lock (_lock)
        {
            _taken = false;
        }
    }
}
