using NewsWatch.Health;

namespace NewsWatch.Web;

/// <summary>
/// Whether the service makes progress, without the reasons, for requests that may not see them. It checks the health no more than once a second, so that
/// requests from outside cost the database nothing.
/// </summary>
internal sealed class BareReadiness(HealthCheck health, TimeProvider clock)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private long? _looked;
    private bool _ready;

    /// <summary>True when there was no problem within the last second.</summary>
    public bool IsReady()
    {
        lock (_lock)
        {
            if (_looked is not { } looked || clock.GetElapsedTime(looked) >= GoodFor)
            {
                (_looked, _ready) = (clock.GetTimestamp(), health.Look().Ready);
            }

            return _ready;
        }
    }
}
