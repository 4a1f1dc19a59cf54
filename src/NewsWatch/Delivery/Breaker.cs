using NewsWatch.Delivery.Sending;

namespace NewsWatch.Delivery;

/// <summary>
/// Stops using an endpoint after four failures in a row, and probes it every five seconds by a connection without a message.
/// When the endpoint is back, everything goes on at once; the next failure opens the breaker again.
/// </summary>
internal sealed class Breaker(TimeProvider clock)
{
    private const int BreakAfter = 4;
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(5);

    private int _troubles;
    private int _probing;
    private volatile Break? _break;

    /// <summary>True when a message may be tried; while the endpoint is left alone one caller at a time looks whether it is there again.</summary>
    /// <param name="probe">Connects and sends nothing; returns null if the endpoint is up.</param>
    public async Task<bool> AllowsAsync(Func<Task<SendResult.NoConnection?>> probe)
    {
        if (_break is not { } pause)
        {
            return true;
        }

        if (clock.GetElapsedTime(pause.Since) < pause.Length || Interlocked.Exchange(ref _probing, 1) == 1)
        {
            return false;
        }

        try
        {
            var begun = clock.GetTimestamp();
            if (await probe() is { } down)
            {
                _break = new(begun, down.Pause ?? Usual);
                return false;
            }

            Interlocked.Exchange(ref _troubles, BreakAfter - 1);
            _break = null;
            return true;
        }
        finally
        {
            Interlocked.Exchange(ref _probing, 0);
        }
    }

    /// <summary>The endpoint as a whole failed.</summary>
    /// <param name="pause">How long it is left alone when it was one failure too many; null for the usual 5 s.</param>
    public void Trouble(TimeSpan? pause = null)
    {
        if (Interlocked.Increment(ref _troubles) >= BreakAfter)
        {
            _break = new(clock.GetTimestamp(), pause ?? Usual);
        }
    }

    /// <summary>Notes that the endpoint works.</summary>
    public void Well()
    {
        Interlocked.Exchange(ref _troubles, 0);
        _break = null;
    }

    private sealed record Break(long Since, TimeSpan Length);
}
