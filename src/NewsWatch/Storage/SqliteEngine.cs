using System.Data.Common;
using Microsoft.Data.Sqlite;
using NewsWatch.Storage.Locks;
using SQLitePCL;

namespace NewsWatch.Storage;

/// <summary>A SQLite file: WAL, synchronous=FULL.</summary>
internal sealed class SqliteEngine : IEngine
{
    /// <summary>Pages that the writer keeps in memory: what a burst of news touches, so that it is not read from the file at each statement.</summary>
    private const int CacheKiB = 16 * 1024;

    /// <summary>Pages of 4 KiB in the log before they are copied into the file: a page that a burst of news changes again and again is copied once.</summary>
    private const int PagesBeforeCheckpoint = 4_000;

    private readonly SqliteReaders _readers;
    private readonly string _forWriting;
    private readonly string _synchronous;

    /// <summary>Opens or creates the file, and its folder, and brings it to this version's schema.</summary>
    /// <param name="losesCommitsOnPowerFailure">Nothing waits for the disk.</param>
    /// <param name="tell">Takes a line for each step that brings a file with rows to this version's schema; null for nobody.</param>
    /// <exception cref="SqliteException">The file is not a database or cannot be written.</exception>
    public SqliteEngine(string path, bool losesCommitsOnPowerFailure, Action<string>? tell = null)
    {
        _synchronous = losesCommitsOnPowerFailure ? "OFF" : "FULL";
        Path = System.IO.Path.GetFullPath(path);
        OwnerOnly.CreateFolder(System.IO.Path.GetDirectoryName(Path)!);
        OwnerOnly.Touch(Path); // SQLite gives its log the mode that the file has
        OwnerOnly.Tighten(Path + "-wal");
        OwnerOnly.Tighten(Path + "-shm");
        _readers = new(new SqliteConnectionStringBuilder { DataSource = Path, DefaultTimeout = 30, Pooling = false }.ToString());
        _forWriting = new SqliteConnectionStringBuilder { DataSource = Path, DefaultTimeout = 30, ForeignKeys = true }.ToString();
        using var connection = Open();
        Schema.Migrate(connection, tell: tell);
    }

    private SqliteEngine(string path, string forReading) => (Path, _readers, _forWriting, _synchronous) = (path, new(forReading), "", "");

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public bool CanWrite => _forWriting.Length > 0;

    /// <summary>Opens a file that is there for reading alone: it is not created, not brought to another schema, and nothing is left beside it.</summary>
    /// <exception cref="NoDatabaseException">There is no such file.</exception>
    /// <exception cref="SchemaMismatchException">Another version wrote it.</exception>
    public static SqliteEngine ForReading(string path)
    {
        var file = System.IO.Path.GetFullPath(path);
        if (!File.Exists(file))
        {
            throw new NoDatabaseException($"There is no database {file} yet: `newswatch run` creates it. If it lies elsewhere, set Storage__Path.");
        }

        // Without a log beside it nobody has it open and the file holds everything. A plain connection would create a log, in its own user's name.
        var source = File.Exists(file + "-wal") ? file : new UriBuilder(Uri.UriSchemeFile, "") { Path = file, Query = "immutable=1" }.Uri.AbsoluteUri;
        var engine = new SqliteEngine(file, new SqliteConnectionStringBuilder { DataSource = source, Mode = SqliteOpenMode.ReadOnly, DefaultTimeout = 30, Pooling = false }.ToString());
        using var connection = (SqliteConnection)engine.OpenForReading();
        Schema.Expect(connection);
        return engine;
    }

    /// <inheritdoc/>
    public DbConnection OpenForReading() => _readers.Open();

    /// <summary>Reads from the file that is at the path now; returns the default of <typeparamref name="T"/> if there is none, or it is not a database.</summary>
    public T? ReadAtPath<T>(Func<Session, T> query)
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

    /// <inheritdoc/>
    public IWriter OpenForWriting() => new Writer(Open());

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _readers.Dispose();
        SqliteConnection.ClearAllPools();
        return default;
    }

    private PreparedConnection Open()
    {
        var connection = new PreparedConnection(_forWriting);
        connection.Open();
        using var pragmas = connection.CreateCommand();
        pragmas.CommandText = $"PRAGMA journal_mode=WAL; PRAGMA synchronous={_synchronous}; PRAGMA busy_timeout=30000; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-{CacheKiB}; PRAGMA wal_autocheckpoint={PagesBeforeCheckpoint};";
        pragmas.ExecuteNonQuery();
        return connection;
    }

    private sealed class Writer(PreparedConnection connection) : IWriter
    {
        public DbConnection Connection => connection;

        /// <summary>After some errors (disk full, I/O error) SQLite has rolled back by itself: the whole batch failed.</summary>
        public bool HasEnded => raw.sqlite3_get_autocommit(connection.Handle) != 0;

        public PostgresLocks? Locks => null;

        public void Begin(LockSet locks) => Statement.Execute(connection, "BEGIN IMMEDIATE; SAVEPOINT work");

        public bool BeginNext(LockSet locks)
        {
            Statement.Execute(connection, "RELEASE work; SAVEPOINT work");
            return true;
        }

        public void Undo() => Statement.Execute(connection, "ROLLBACK TO work");

        public bool IsConflict(Exception failure) => false;

        public bool IsBroken(Exception failure) => false;

        public Task CommitAsync()
        {
            Statement.Execute(connection, "COMMIT");
            return Task.CompletedTask;
        }

        public void RollBack()
        {
            if (!HasEnded)
            {
                Statement.Execute(connection, "ROLLBACK");
            }
        }

        public void Dispose() => connection.Dispose();
    }
}
