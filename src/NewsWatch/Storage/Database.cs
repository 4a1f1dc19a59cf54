using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace NewsWatch.Storage;

/// <summary>
/// The SQLite file: WAL, synchronous=FULL, one writer. Writes that wait for each other share one commit
/// (group commit), each in a savepoint of its own, so that one that fails takes no other along.
/// A write is durable when its task ends.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private const int MaxWritesPerCommit = 200;

    /// <summary>Pages that the writer keeps in memory: what a burst of news touches, so that it is not read from the file at each statement.</summary>
    private const int CacheKiB = 32 * 1024;

    /// <summary>Pages of 4 KiB in the log before they are copied into the file: a page that a burst of news changes again and again is copied once.</summary>
    private const int PagesBeforeCheckpoint = 4_000;

    /// <summary>A commit takes no further write after this time, so that no delivery waits long behind a crowd of decisions.</summary>
    private static readonly TimeSpan MaxBatchDuration = TimeSpan.FromMilliseconds(20);

    /// <summary>The same for a commit that holds a delivery: it is on its way to a server, or its server has just taken it.</summary>
    private static readonly TimeSpan MaxBatchWithDelivery = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan MaxWriteDuration = TimeSpan.FromSeconds(1);

    private readonly string _forReading;
    private readonly string _forWriting;
    private readonly string _synchronous;
    private readonly bool _rehearses;
    private readonly Channel<Write> _writes = Channel.CreateUnboundedPrioritized<Write>(new() { Comparer = Write.InTurn, SingleReader = true });
    private readonly Task _writer;
    private long _written;

    /// <summary>Opens or creates the file, and its folder, and brings it to this version's schema.</summary>
    /// <exception cref="SqliteException">The file is not a database or cannot be written.</exception>
    /// <param name="losesCommitsOnPowerFailure">For tests that need thousands of commits a second and no power failure: nothing waits for the disk.</param>
    /// <param name="rehearses">For tests: runs each unit of work twice and undoes the first run, as an engine does that meets a conflict.</param>
    public Database(string path, bool losesCommitsOnPowerFailure = false, bool rehearses = false)
    {
        _rehearses = rehearses;
        _synchronous = losesCommitsOnPowerFailure ? "OFF" : "FULL";
        Path = System.IO.Path.GetFullPath(path);
        OwnerOnly.CreateFolder(System.IO.Path.GetDirectoryName(Path)!);
        OwnerOnly.Touch(Path); // SQLite gives its log the mode that the file has
        OwnerOnly.Tighten(Path + "-wal");
        OwnerOnly.Tighten(Path + "-shm");
        _forReading = new SqliteConnectionStringBuilder { DataSource = Path, DefaultTimeout = 30 }.ToString();
        _forWriting = new SqliteConnectionStringBuilder { DataSource = Path, DefaultTimeout = 30, ForeignKeys = true }.ToString();
        using (var connection = OpenForWriting())
        {
            Schema.Migrate(connection);
        }

        _writer = Task.Run(WriteLoop);
    }

    private Database(string path, string forReading)
    {
        (Path, _forReading, _forWriting, _synchronous) = (path, forReading, "", "");
        _writes.Writer.Complete();
        _writer = Task.CompletedTask;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>False when it was opened for reading alone.</summary>
    internal bool CanWrite => _forWriting.Length > 0;

    /// <summary>Opens a file that is there for reading alone: it is not created, not brought to another schema, and nothing is left beside it.</summary>
    /// <exception cref="NoDatabaseException">There is no such file.</exception>
    /// <exception cref="SchemaMismatchException">Another version wrote it.</exception>
    public static Database ForReading(string path)
    {
        var file = System.IO.Path.GetFullPath(path);
        if (!File.Exists(file))
        {
            throw new NoDatabaseException($"There is no database {file} yet: `newswatch run` creates it. If it lies elsewhere, set Storage__Path.");
        }

        // Without a log beside it nobody has it open and the file holds everything. A plain connection would create a log, in its own user's name.
        var source = File.Exists(file + "-wal") ? file : new UriBuilder(Uri.UriSchemeFile, "") { Path = file, Query = "immutable=1" }.Uri.AbsoluteUri;
        var database = new Database(file, new SqliteConnectionStringBuilder { DataSource = source, Mode = SqliteOpenMode.ReadOnly, DefaultTimeout = 30, Pooling = false }.ToString());
        database.Read(db =>
        {
            Schema.Expect((SqliteConnection)db.Connection);
            return 0;
        });
        return database;
    }

    /// <summary>Reads from a connection of its own; sees everything committed before.</summary>
    public T Read<T>(Func<Session, T> query)
    {
        using var connection = new SqliteConnection(_forReading);
        connection.Open();
        return query(new(connection));
    }

    /// <summary>Reads from the file that is at the path now; returns the default of <typeparamref name="T"/> if there is none, or it is not a database.</summary>
    internal T? ReadAtPath<T>(Func<Session, T> query)
    {
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            connection.Open();
            return query(new(connection));
        }
        catch (SqliteException)
        {
            return default;
        }
    }

    /// <summary>The latest write that took more than a second, while which nothing else could be written; null when there was none.</summary>
    public LongWrite? LastLongWrite { get; private set; }

    /// <summary>
    /// Runs one unit of work on the writer's connection, inside a transaction; ends when it is committed. The unit may run twice, the first time to be undone:
    /// it changes nothing outside of the database but by <see cref="Session.AfterCommit"/>.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<Session, T> work, CancellationToken cancellation = default) => WriteAsync(work, WritePriority.Usual, cancellation);

    /// <summary>As the other, for work without a result.</summary>
    public Task WriteAsync(Action<Session> work, CancellationToken cancellation = default) => WriteAsync(work, WritePriority.Usual, cancellation);

    /// <summary>As the others, before or after those that wait already.</summary>
    public Task WriteAsync(Action<Session> work, WritePriority priority, CancellationToken cancellation) =>
        WriteAsync<object?>(
            db =>
            {
                work(db);
                return null;
            },
            priority,
            cancellation);

    /// <inheritdoc cref="WriteAsync(Action{Session}, WritePriority, CancellationToken)"/>
    public async Task<T> WriteAsync<T>(Func<Session, T> work, WritePriority priority, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var done = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var write = new Write(db => work(db), done, priority, Interlocked.Increment(ref _written));
        await _writes.Writer.WriteAsync(write, CancellationToken.None);
        var answer = (T)(await done.Task)!;
        write.Session!.Committed();
        return answer;
    }

    /// <summary>Waits for the writes that were handed in, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _writes.Writer.TryComplete();
        await _writer;
        SqliteConnection.ClearAllPools();
    }

    private PreparedConnection OpenForWriting()
    {
        var connection = new PreparedConnection(_forWriting);
        connection.Open();
        using var pragmas = connection.CreateCommand();
        pragmas.CommandText = $"PRAGMA journal_mode=WAL; PRAGMA synchronous={_synchronous}; PRAGMA busy_timeout=30000; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-{CacheKiB}; PRAGMA wal_autocheckpoint={PagesBeforeCheckpoint};";
        pragmas.ExecuteNonQuery();
        return connection;
    }

    private async Task WriteLoop()
    {
        using var connection = OpenForWriting();
        var batch = new List<Write>();
        while (await _writes.Reader.WaitToReadAsync())
        {
            Commit(connection, batch);
            batch.Clear();
        }
    }

    private void Commit(SqliteConnection connection, List<Write> batch)
    {
        try
        {
            var (begun, longest) = (TimeProvider.System.GetTimestamp(), MaxBatchDuration);
            while (batch.Count < MaxWritesPerCommit && TimeProvider.System.GetElapsedTime(begun) < longest && _writes.Reader.TryRead(out var write))
            {
                longest = write.Priority == WritePriority.Delivery ? MaxBatchWithDelivery : longest;
                batch.Add(write);
                if (batch.Count == 1)
                {
                    Execute(connection, "BEGIN IMMEDIATE");
                }

                Attempt(connection, write);
            }

            Execute(connection, "COMMIT");
        }
        catch (SqliteException failure)
        {
            RollBack(connection);
            batch.ForEach(write => write.Done.TrySetException(failure));
            return;
        }

        batch.ForEach(write => write.End());
    }

    /// <summary>A failing unit of work is rolled back alone, and its caller gets the failure after the others are safe.</summary>
    private void Attempt(SqliteConnection connection, Write write)
    {
        var begun = TimeProvider.System.GetTimestamp();
        Execute(connection, "SAVEPOINT work");
        try
        {
            if (_rehearses)
            {
                write.Run(connection);
                Execute(connection, "ROLLBACK TO work");
            }

            write.Run(connection);
            Execute(connection, "RELEASE work");
        }
#pragma warning disable CA1031 // whatever the unit of work throws belongs to its caller, not to the writer
        catch (Exception failure) when (!(failure is SqliteException && HasUndoneAll(connection)))
#pragma warning restore CA1031
        {
            Execute(connection, "ROLLBACK TO work; RELEASE work");
            write.Failure = failure;
        }

        if (TimeProvider.System.GetElapsedTime(begun) is var took && took > MaxWriteDuration)
        {
            LastLongWrite = new(took, TimeProvider.System.GetTimestamp());
        }
    }

    /// <summary>After some errors (disk full, I/O error) SQLite has rolled back by itself: the whole batch failed.</summary>
    private static bool HasUndoneAll(SqliteConnection connection) => raw.sqlite3_get_autocommit(connection.Handle) != 0;

    private static void RollBack(SqliteConnection connection)
    {
        if (!HasUndoneAll(connection))
        {
            Execute(connection, "ROLLBACK");
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = ((System.Data.Common.DbConnection)connection).CreateCommand();
#pragma warning disable CA2100 // the statements are this class's own
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private sealed class Write(Func<Session, object?> work, TaskCompletionSource<object?> done, WritePriority priority, long number)
    {
        /// <summary>Deliveries first, then in the order they came.</summary>
        public static readonly IComparer<Write> InTurn = Comparer<Write>.Create((one, other) => one.Turn.CompareTo(other.Turn));

        public WritePriority Priority => priority;

        private (WritePriority Priority, long Number) Turn => (priority, number);

        public TaskCompletionSource<object?> Done { get; } = done;

        /// <summary>Of the run that counts.</summary>
        public Session? Session { get; private set; }

        public object? Answer { get; private set; }

        public Exception? Failure { get; set; }

        public void Run(SqliteConnection connection)
        {
            Session = new(connection);
            Answer = work(Session);
        }

        public void End()
        {
            if (Failure is null)
            {
                Done.TrySetResult(Answer);
            }
            else
            {
                Done.TrySetException(Failure);
            }
        }
    }
}

/// <summary>Which writes go first when several wait.</summary>
public enum WritePriority
{
    /// <summary>Commits 3 and 4: a decided alert leaves at once, however many items wait to be decided on.</summary>
    Delivery,

    /// <summary>All others, in the order they came.</summary>
    Usual,

    /// <summary>What nobody waits for: it goes when nothing else waits.</summary>
    Spare,
}

/// <summary>A write that kept all others waiting.</summary>
/// <param name="Took">How long.</param>
/// <param name="Timestamp">When it ended, by the stopwatch of <see cref="TimeProvider.System"/>.</param>
public sealed record LongWrite(TimeSpan Took, long Timestamp);
