namespace NewsWatch.Fetching.Documents;

/// <summary>One document that waits for a thread, or is read by one.</summary>
/// <param name="caller">Cancelled when nobody waits for the result any more.</param>
internal abstract class ReaderJob(CancellationToken caller) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _over = CancellationTokenSource.CreateLinkedTokenSource(caller);
    private TimeSpan? _begun;
    private bool _ended;

    /// <summary>Cancelled when the processor time for the document is used up, or the caller has gone.</summary>
    protected CancellationToken Over => _over.Token;

    /// <summary>True once the caller has gone.</summary>
    protected bool IsLeft => caller.IsCancellationRequested;

    /// <summary>Reads the document; never throws.</summary>
    public abstract void Run();

    /// <summary>Looks at the processor time of the thread that reads the document: from the first look on it has <paramref name="most"/>.</summary>
    public void Check(TimeSpan used, TimeSpan most)
    {
        lock (_lock)
        {
            _begun ??= used;
            if (!_ended && used - _begun > most)
            {
                _over.Cancel();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _ended = true;
            _over.Dispose();
        }
    }
}

/// <inheritdoc/>
/// <param name="read">Reads the document, and looks at the token now and then.</param>
/// <param name="caller">Cancelled when nobody waits for the result any more.</param>
internal sealed class ReaderJob<T>(Func<CancellationToken, T> read, CancellationToken caller) : ReaderJob(caller)
    where T : class
{
    private readonly TaskCompletionSource<T?> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was read; null when the processor time was used up before.</summary>
    public Task<T?> Result => _result.Task;

    /// <inheritdoc/>
    public override void Run()
    {
        try
        {
            Over.ThrowIfCancellationRequested();
            _result.SetResult(read(Over));
        }
        catch (OperationCanceledException) when (IsLeft)
        {
            _result.SetCanceled(Over);
        }
        catch (OperationCanceledException) when (Over.IsCancellationRequested)
        {
            _result.SetResult(null);
        }
#pragma warning disable CA1031 // whatever it is belongs to the caller, who waits for it
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _result.SetException(failure);
        }
    }
}
