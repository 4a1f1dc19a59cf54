using System.Runtime.InteropServices;

namespace NewsWatch.Cli.Startup;

/// <summary>
/// The operator's wish to stop (SIGTERM, SIGINT, SIGQUIT), from before anything is opened. What has not ended some time
/// after it is left as if the process had been killed, which loses nothing.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly CancellationTokenSource _over = new();
    private readonly List<PosixSignalRegistration> _signals;
    private readonly TimeSpan _patience;

    public StopSignal(TimeSpan patience)
    {
        _patience = patience;
        _signals = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT }.Select(signal => PosixSignalRegistration.Create(signal, Heard))];
    }

    /// <summary>Cancelled when the stop is asked for.</summary>
    public CancellationToken Token => _asked.Token;

    /// <summary>The end of <paramref name="work"/>; null when the patience after a stop is over before.</summary>
    public async Task<int?> WithinPatienceAsync(Task<int> work)
    {
        var patience = Task.Delay(Timeout.Infinite, _over.Token);
        return await Task.WhenAny(work, patience) == work ? await work : null;
    }

    /// <summary>As if a signal had come.</summary>
    internal void Ask()
    {
        _over.CancelAfter(_patience);
        _asked.Cancel();
    }

    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _asked.Dispose();
        _over.Dispose();
    }

    private void Heard(PosixSignalContext signal)
    {
        signal.Cancel = true;
        Ask();
    }
}
