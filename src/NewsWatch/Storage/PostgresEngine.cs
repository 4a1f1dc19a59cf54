using System.Data.Common;
using System.Globalization;
using Dapper;
using Npgsql;

namespace NewsWatch.Storage;

/// <summary>
/// A database of PostgreSQL. Writes of all processes come one after the other, as with SQLite: each transaction begins with the same advisory lock. The service
/// holds another one as long as its writing connection lives, so that one service runs on a database, and none writes that has lost it.
/// </summary>
internal sealed class PostgresEngine : IEngine
{
    /// <summary>The oldest server that is known to work.</summary>
    internal const int MinMajorVersion = 15;

    /// <summary>Waits until no other transaction writes.</summary>
    internal const string WriteLock = "SELECT pg_advisory_xact_lock(7809653610)";

    private const string ServiceLock = "SELECT pg_try_advisory_lock(7809653611)";

    /// <summary>The start that holds the service's lock, or held it last.</summary>
    private const string Holder = "service-start";

    private readonly NpgsqlDataSource _reading;
    private readonly NpgsqlDataSource _writing;
    private readonly string _start = Guid.NewGuid().ToString("N");
    private readonly bool _isService;
    private readonly CancellationTokenSource _closing = new();
    private PostgresConnection? _taken;

    private PostgresEngine(string connectionString, bool canWrite, bool isService)
    {
        (CanWrite, _isService) = (canWrite, isService);
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "newswatch", TcpKeepAlive = true, IncludeErrorDetail = false };
        Name = string.Create(CultureInfo.InvariantCulture, $"{settings.Database ?? settings.Username} of PostgreSQL at {settings.Host}:{settings.Port}");
        _reading = NpgsqlDataSource.Create(settings);
        settings.Pooling = false; // a lock of the session ends with its connection
        _writing = NpgsqlDataSource.Create(settings);
    }

    /// <summary>Which database, for messages: no user, no password.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public bool CanWrite { get; }

    /// <summary>What is wrong with a connection string, without any value in it; null for a good one.</summary>
    public static string? Problem(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString) is { Host.Length: > 0, Database.Length: > 0 }
                ? null
                : "the connection string names no Host or no Database. Write e.g. Host=db.example.com;Database=newswatch;Username=newswatch;Password=...;SSL Mode=VerifyFull";
        }
        catch (ArgumentException)
        {
            return "the connection string has a keyword that Npgsql does not know, or a value that does not fit it. Write e.g. Host=db.example.com;Database=newswatch;Username=newswatch;Password=...;SSL Mode=VerifyFull";
        }
    }

    /// <summary>Opens the database beside a service, if there is one, and brings it to this version's schema.</summary>
    /// <exception cref="DbException">The server cannot be reached, or refuses.</exception>
    /// <exception cref="SchemaMismatchException">A newer version wrote it.</exception>
    public static PostgresEngine Open(string connectionString)
    {
        var engine = new PostgresEngine(connectionString, canWrite: true, isService: false);
        using var connection = Connect(engine._writing);
        PostgresSchema.Migrate(connection);
        return engine;
    }

    /// <summary>Opens the database for the one service that runs on it.</summary>
    /// <exception cref="DatabaseLockException">Another service runs on it.</exception>
    public static PostgresEngine Take(string connectionString)
    {
        var engine = new PostgresEngine(connectionString, canWrite: true, isService: true);
        var connection = Connect(engine._writing);
        try
        {
            engine.TakeLock(connection);
            PostgresSchema.Migrate(connection);
            InstallationSettings.Set(new(connection), Holder, engine._start);
            engine._taken = connection;
            return engine;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens the database for reading alone.</summary>
    /// <exception cref="SchemaMismatchException">Another version wrote it, or none did yet.</exception>
    public static PostgresEngine ForReading(string connectionString)
    {
        var engine = new PostgresEngine(connectionString, canWrite: false, isService: false);
        using var connection = Connect(engine._reading);
        PostgresSchema.Expect(connection);
        return engine;
    }

    /// <inheritdoc/>
    public DbConnection OpenForReading() => Connect(_reading);

    /// <inheritdoc/>
    public IWriter OpenForWriting() => new PostgresWriter(this, _closing.Token);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _reading.DisposeAsync();
        await _writing.DisposeAsync();
        _taken?.Dispose();
        _closing.Dispose();
    }

    /// <summary>Opens a connection that may write: for the service, one that holds its lock.</summary>
    /// <exception cref="DatabaseLockException">Another service runs on the database, or ran meanwhile: what this one holds is not its own any more.</exception>
    internal PostgresConnection ConnectForWriting()
    {
        if (Interlocked.Exchange(ref _taken, null) is { } taken)
        {
            return taken;
        }

        var connection = Connect(_writing);
        try
        {
            if (_isService)
            {
                TakeLock(connection);
                if (InstallationSettings.Get(new(connection), Holder) != _start)
                {
                    throw new DatabaseLockException($"Another NewsWatch has taken over the database {Name} while this one was cut off from it. This one writes no more; start it again.", isTaken: true);
                }
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static PostgresConnection Connect(NpgsqlDataSource source) => new(source.OpenConnection());

    /// <summary>A connection that was cut without a word ends at the server within half a minute, and its lock with it.</summary>
    private void TakeLock(PostgresConnection connection)
    {
        Statement.Execute(connection, "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3");
        if (!connection.ExecuteScalar<bool>(ServiceLock))
        {
            throw new DatabaseLockException($"Another NewsWatch runs on the database {Name}. Stop it first; one service runs on one database.", isTaken: true);
        }
    }
}
