namespace NewsWatch.Fetching.Documents;

/// <summary>One document, waiting for a thread or being read.</summary>
/// <param name="caller">Cancelled when the caller no longer waits for the result.</param>
internal abstract class ReaderJob(CancellationToken caller) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _over = CancellationTokenSource.CreateLinkedTokenSource(caller);
    private TimeSpan? _begun;
    private bool _ended;

    /// <summary>Cancelled when the document has used up its processor time, or the caller has gone.</summary>
    protected CancellationToken Over => _over.Token;

    /// <summary>True once the caller has gone.</summary>
    protected bool IsLeft => caller.IsCancellationRequested;

    /// <summary>Reads the document; never throws.</summary>
    public abstract void Run();

    /// <summary>Checks the processor time of the reading thread: from the first check on, the document has <paramref name="most"/>.</summary>
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
/// <param name="caller">Cancelled when the caller no longer waits for the result.</param>
internal sealed class ReaderJob<T>(Func<CancellationToken, T> read, CancellationToken caller) : ReaderJob(caller)
    where T : class
{
    private Func<CancellationToken, T>? _read = read;
    private TaskCompletionSource<T?>? _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The result; null if the processor time ran out first. To be taken before the job runs.</summary>
    public Task<T?> Result => _result!.Task;

    /// <inheritdoc/>
    public override void Run()
    {
        // A thread without work still holds its last job: document and result must not stay with it.
        var (read, result) = (_read!, _result!);
        (_read, _result) = (null, null);
        try
        {
            Over.ThrowIfCancellationRequested();
            result.SetResult(read(Over));
        }
        catch (OperationCanceledException) when (IsLeft)
        {
            result.SetCanceled(Over);
        }
        catch (OperationCanceledException) when (Over.IsCancellationRequested)
        {
            result.SetResult(null);
        }
#pragma warning disable CA1031 // every failure goes to the waiting caller
        catch (Exception failure)
#pragma warning restore CA1031
        {
            result.SetException(failure);
        }
    }
}
