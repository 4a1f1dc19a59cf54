using NewsWatch.Storage;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Views;
using NewsWatch.Web;

namespace NewsWatch.Desk.Frames;

/// <summary>How the service does, read no more than once a second, however many pages and streams ask.</summary>
internal sealed class PulseReader(Database database, BareReadiness readiness, TimeProvider clock)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private long _looked;
    private Pulse? _pulse;

    /// <summary>Somebody acted: the next page shows what came of it.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _pulse = null;
        }
    }

    /// <summary>The state within the last second.</summary>
    public Pulse Read()
    {
        lock (_lock)
        {
            if (_pulse is null || clock.GetElapsedTime(_looked) >= GoodFor)
            {
                (_looked, _pulse) = (clock.GetTimestamp(), database.Read(db => new Pulse(readiness.IsReady(), SourceViews.Count(db), SilenceStore.On(db, clock.GetUtcNow()))));
            }

            return _pulse;
        }
    }
}
