using System.Data.Common;
using System.Threading.Channels;
using NewsWatch.Storage.Locks;
using NewsWatch.Storage.Shares;

namespace NewsWatch.Storage;

/// <summary>
/// The database, with one writer in this process. Writes that wait for each other share one commit (group commit), each in a savepoint of its own, so that one that fails takes
/// no other along. A write is durable when its task ends. Where other processes write, too, each write says what it is about, and waits for theirs about the same; one that does not say is alone.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private const int MaxWritesPerCommit = 200;

    /// <summary>A commit takes no further write after this time, so that no delivery waits long behind a crowd of decisions.</summary>
    private static readonly TimeSpan MaxBatchDuration = TimeSpan.FromMilliseconds(20);

    /// <summary>The same for a commit that holds a delivery: it is on its way to a server, or its server has just taken it.</summary>
    private static readonly TimeSpan MaxBatchWithDelivery = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan MaxWriteDuration = TimeSpan.FromSeconds(1);

    private readonly IEngine _engine;
    private readonly bool _rehearses;
    private readonly Channel<Write> _writes = Channel.CreateUnboundedPrioritized<Write>(new() { Comparer = Write.InTurn, SingleReader = true });
    private readonly Task _writer;
    private readonly Queue<Write> _putOff = [];
    private long _written;
    private int _isClosed;

    /// <summary>Opens or creates a SQLite file, and its folder, and brings it to this version's schema.</summary>
    /// <exception cref="DbException">The file is not a database or cannot be written.</exception>
    /// <param name="losesCommitsOnPowerFailure">For tests that need thousands of commits a second and no power failure: nothing waits for the disk.</param>
    /// <param name="rehearses">For tests: runs each unit of work twice and undoes the first run, as an engine does that meets a conflict.</param>
    public Database(string path, bool losesCommitsOnPowerFailure = false, bool rehearses = false)
        : this(new SqliteEngine(path, losesCommitsOnPowerFailure), rehearses)
    {
    }

    /// <summary>The database of an engine.</summary>
    internal Database(IEngine engine, bool rehearses = false)
    {
        (_engine, _rehearses) = (engine, rehearses);
        Share = Server?.Replica?.Share ?? WorkShare.All();
        if (!engine.CanWrite)
        {
            _writes.Writer.Complete();
        }

        _writer = Task.Run(WriteLoop);
    }

    /// <summary>The SQLite file; null where another engine keeps the database.</summary>
    internal SqliteEngine? File => _engine as SqliteEngine;

    /// <summary>The PostgreSQL server; null where another engine keeps the database.</summary>
    internal PostgresEngine? Server => _engine as PostgresEngine;

    /// <summary>What of the work on the database is this process's.</summary>
    internal WorkShare Share { get; }

    /// <summary>The clock that all processes on the database share: the machine's for a file, the server's for a service on PostgreSQL.</summary>
    internal TimeProvider Clock => Server?.Replica?.Clock ?? TimeProvider.System;

    /// <summary>The path of the SQLite file.</summary>
    /// <exception cref="NotSupportedException">Another engine keeps the database.</exception>
    public string Path => File?.Path ?? throw new NotSupportedException("PostgreSQL keeps the database: there is no file.");

    /// <summary>False when it was opened for reading alone.</summary>
    internal bool CanWrite => _engine.CanWrite;

    /// <inheritdoc cref="SqliteEngine.ForReading"/>
    public static Database ForReading(string path) => new(SqliteEngine.ForReading(path));

    /// <summary>Hears of every write; null where nobody measures.</summary>
    internal UnitMetrics? Metrics { get; set; }

    /// <summary>Reads from a connection of its own; sees everything committed before.</summary>
    public T Read<T>(Func<Session, T> query)
    {
        using var connection = _engine.OpenForReading();
        return query(new(connection));
    }

    /// <summary>The latest write that took more than a second, while which nothing else could be written; null when there was none.</summary>
    public LongWrite? LastLongWrite { get; private set; }

    /// <summary>
    /// Runs one unit of work on the writer's connection, inside a transaction; ends when it is committed. The unit may run several times, of which all but the last are undone:
    /// it changes nothing outside of the database but by <see cref="Session.AfterCommit"/>. No other process writes meanwhile.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<Session, T> work, CancellationToken cancellation = default) => WriteAsync(work, WritePriority.Usual, cancellation);

    /// <summary>As the other, for work without a result.</summary>
    public Task WriteAsync(Action<Session> work, CancellationToken cancellation = default) => WriteAsync(work, WritePriority.Usual, cancellation);

    /// <summary>As the others, before or after those that wait already.</summary>
    public Task WriteAsync(Action<Session> work, WritePriority priority, CancellationToken cancellation) =>
        WriteAsync(LockSet.Whole, work, priority, cancellation);

    /// <inheritdoc cref="WriteAsync(Action{Session}, WritePriority, CancellationToken)"/>
    public Task<T> WriteAsync<T>(Func<Session, T> work, WritePriority priority, CancellationToken cancellation) => WriteAsync(LockSet.Whole, work, priority, cancellation);

    /// <inheritdoc cref="WriteAsync{T}(LockSet, Func{Session, T}, WritePriority, CancellationToken)"/>
    public Task WriteAsync(LockSet locks, Action<Session> work, WritePriority priority, CancellationToken cancellation) => WriteAsync(locks, WithoutResult(work), work, priority, cancellation);

    /// <inheritdoc cref="WriteAsync{T}(LockSet, Func{Session, T}, WritePriority, CancellationToken)"/>
    public Task WriteAsync(LockSet locks, Action<Session> work, CancellationToken cancellation) => WriteAsync(locks, work, WritePriority.Usual, cancellation);

    /// <inheritdoc cref="WriteAsync{T}(LockSet, Func{Session, T}, WritePriority, CancellationToken)"/>
    public Task<T> WriteAsync<T>(LockSet locks, Func<Session, T> work, CancellationToken cancellation = default) => WriteAsync(locks, work, WritePriority.Usual, cancellation);

    /// <summary>As the others, while other processes write about other things.</summary>
    /// <param name="locks">What the unit of work is about, as far as it is known before; it asks itself for what it comes to (<see cref="Session.Lock"/>).</param>
    public async Task<T> WriteAsync<T>(LockSet locks, Func<Session, T> work, WritePriority priority, CancellationToken cancellation) =>
        (T)(await WriteAsync(locks, db => work(db), work, priority, cancellation))!;

    /// <summary>Waits for the writes that were handed in, then closes; a second time it does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        _writes.Writer.TryComplete();
        await _writer;
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            await _engine.DisposeAsync();
        }
    }

    private async Task<object?> WriteAsync(LockSet locks, Func<Session, object?> work, Delegate whose, WritePriority priority, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var begun = TimeProvider.System.GetTimestamp();
        var write = new Write(work, priority, Interlocked.Increment(ref _written)) { Locks = locks };
        await _writes.Writer.WriteAsync(write, CancellationToken.None);
        var answer = await write.Done.Task;
        Metrics?.Written(whose, begun);
        write.Session!.Committed();
        return answer;
    }

    private static Func<Session, object?> WithoutResult(Action<Session> work) => db =>
    {
        work(db);
        return null;
    };

    private async Task WriteLoop()
    {
        if (!CanWrite)
        {
            return;
        }

        using var writer = _engine.OpenForWriting();
        var batch = new List<Write>();
        while (_putOff.Count > 0 || await _writes.Reader.WaitToReadAsync())
        {
            await CommitAsync(writer, batch);
            batch.Clear();
        }
    }

    private async Task CommitAsync(IWriter writer, List<Write> batch)
    {
        try
        {
            var (begun, longest) = (TimeProvider.System.GetTimestamp(), MaxBatchDuration);
            while (batch.Count < MaxWritesPerCommit && (batch.Count == 0 || TimeProvider.System.GetElapsedTime(begun) < longest) && Next() is { } write)
            {
                longest = write.Priority == WritePriority.Delivery ? MaxBatchWithDelivery : longest;
                if (!await BeginAsync(writer, batch, write) || !await RunAsync(batch, write, writer, () => Run(writer, write)))
                {
                    break;
                }
            }

            if (batch.Count > 0)
            {
                await RunAsync(batch, batch[^1], writer, writer.CommitAsync);
            }

            if (!writer.HasEnded)
            {
                await writer.CommitAsync(); // without a unit of work whose last statements failed
            }
        }
#pragma warning disable CA1031 // a transaction that failed belongs to its callers, not to the writer
        catch (Exception failure)
#pragma warning restore CA1031
        {
            var isBroken = writer.IsBroken(failure);
            writer.RollBack();
            batch.ForEach(write => AgainOrFailed(write, failure, isBroken));
            return;
        }

        batch.ForEach(write => write.End());
    }

    private void AgainOrFailed(Write write, Exception failure, bool isBroken)
    {
        if (isBroken && write.BeginsAgain())
        {
            Metrics?.Retried("connection");
            _putOff.Enqueue(write);
        }
        else
        {
            write.Done.TrySetException(failure);
        }
    }

    /// <summary>What was put off goes first: the next transaction begins with it, and waits for what it needs.</summary>
    private Write? Next() => _putOff.TryDequeue(out var write) || _writes.Reader.TryRead(out write) ? write : null;

    /// <summary>False where another process writes about the same: the unit of work was put off.</summary>
    private async Task<bool> BeginAsync(IWriter writer, List<Write> batch, Write write)
    {
        var before = batch.LastOrDefault();
        batch.Add(write);
        var begins = before is null;
        if (before is null)
        {
            writer.Begin(write.Locks);
        }
        else
        {
            await RunAsync(batch, before, writer, () =>
            {
                begins = writer.BeginNext(write.Locks);
                return Task.CompletedTask;
            });
        }

        if (!begins)
        {
            PutOff(batch, write);
        }

        return begins;
    }

    private void PutOff(List<Write> batch, Write write)
    {
        batch.Remove(write);
        _putOff.Enqueue(write);
    }

    /// <summary>Runs the unit of work.</summary>
    private Task Run(IWriter writer, Write write)
    {
        var begun = TimeProvider.System.GetTimestamp();
        if (_rehearses)
        {
            write.Run(writer);
            writer.Undo();
        }

        write.Run(writer);
        if (TimeProvider.System.GetElapsedTime(begun) is var took && took > MaxWriteDuration)
        {
            LastLongWrite = new(took, TimeProvider.System.GetTimestamp());
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Does a step for the last unit of work that runs or ran. One that fails is undone alone, and its caller gets the failure after the others are safe. False where it met another process's write: it was undone, and runs again
    /// when it holds what was missing, or when nobody else writes.
    /// </summary>
    private async Task<bool> RunAsync(List<Write> batch, Write write, IWriter writer, Func<Task> step)
    {
        try
        {
            await step();
            return true;
        }
        catch (LocksHeldException held) when (!writer.HasEnded)
        {
            writer.Undo();
            Metrics?.Retried("lock");
            write.Again(held.With(write.Locks));
        }
#pragma warning disable CA1031 // whatever the unit of work throws belongs to its caller, not to the writer
        catch (Exception failure) when (!writer.HasEnded)
#pragma warning restore CA1031
        {
            writer.Undo();
            if (write.Locks.IsWhole || !writer.IsConflict(failure))
            {
                write.Failure = failure;
                return true;
            }

            Metrics?.Retried("conflict");
            write.Again(LockSet.Whole);
        }

        PutOff(batch, write);
        return false;
    }
}
