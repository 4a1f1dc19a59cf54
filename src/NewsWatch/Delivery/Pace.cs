namespace NewsWatch.Delivery;

/// <summary>
/// How many messages a second a channel sends. Nothing limits it until the server says that it is too much (4xx for the sender, the text or the whole
/// session). Then the pace halves, to one a second at first, and grows again by a tenth of a message a second with each that is accepted, as TCP does (additive increase,
/// multiplicative decrease). One message in eight seconds goes always, so that the server's "yes" is heard soon.
/// </summary>
internal sealed class Pace(TimeProvider clock)
{
    private const double Slowest = 1 / 8.0;
    private const double SlowestAtFirst = 1;
    private const double Free = 1000;
    private const double Growth = 0.1;

    private readonly Lock _lock = new();
    private double? _perSecond;
    private double _tokens;
    private long _filled;
    private long _slowed;
    private double _recent;
    private long _counted = clock.GetTimestamp();

    /// <summary>True when a message may start now; each true is one message.</summary>
    public bool TryTake()
    {
        lock (_lock)
        {
            if (_perSecond is not { } perSecond)
            {
                return true;
            }

            _tokens = Math.Min(Math.Max(1, perSecond), _tokens + perSecond * clock.GetElapsedTime(_filled).TotalSeconds);
            _filled = clock.GetTimestamp();
            if (_tokens < 1 - 1e-6)
            {
                return false;
            }

            _tokens--;
            return true;
        }
    }

    /// <summary>There was no message to start.</summary>
    public void GiveBack()
    {
        lock (_lock)
        {
            _tokens++;
        }
    }

    /// <summary>The server took a message.</summary>
    public void Accepted()
    {
        lock (_lock)
        {
            _recent = Recent() + 1;
            _counted = clock.GetTimestamp();
            _perSecond = _perSecond + Growth < Free ? _perSecond + Growth : null;
        }
    }

    /// <summary>The server asked for less. What began before the last halving asks for nothing new.</summary>
    /// <param name="begun">The clock's timestamp when the message began.</param>
    public void SlowDown(long begun)
    {
        lock (_lock)
        {
            if (_perSecond is not null && begun < _slowed)
            {
                return;
            }

            _perSecond = _perSecond is { } perSecond ? Math.Max(Slowest, perSecond / 2) : Math.Max(SlowestAtFirst, Recent() / 2);
            _slowed = _filled = clock.GetTimestamp();
            _tokens = 0;
        }
    }

    /// <summary>Messages accepted in about the last second.</summary>
    private double Recent() => _recent * Math.Exp(-clock.GetElapsedTime(_counted).TotalSeconds);
}
