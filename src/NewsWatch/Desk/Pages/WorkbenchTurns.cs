namespace NewsWatch.Desk.Pages;

/// <summary>At most two queries are tried at a time, so that the workbench takes little from the service.</summary>
internal sealed class WorkbenchTurns : IDisposable
{
    private readonly SemaphoreSlim _free = new(2);

    /// <summary>A turn, to be given back; null while both are taken.</summary>
    public IDisposable? Take() => _free.Wait(0) ? new Turn(_free) : null;

    /// <inheritdoc/>
    public void Dispose() => _free.Dispose();

    private sealed class Turn(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
