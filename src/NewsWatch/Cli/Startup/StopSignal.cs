using System.Runtime.InteropServices;

namespace NewsWatch.Cli.Startup;

/// <summary>
/// The operator's stop signal (SIGTERM, SIGINT, SIGQUIT), handled before anything is opened. Work that has not ended some time
/// later is abandoned as if the process had been killed, which loses nothing.
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

    /// <summary>Cancelled at the stop signal.</summary>
    public CancellationToken Token => _asked.Token;

    /// <summary>Waits for <paramref name="work"/>; returns null if it takes too long after a stop.</summary>
    public async Task<int?> WithinPatienceAsync(Task<int> work)
    {
        var patience = Task.Delay(Timeout.Infinite, _over.Token);
        return await Task.WhenAny(work, patience) == work ? await work : null;
    }

    /// <summary>Acts as if a signal had come.</summary>
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
