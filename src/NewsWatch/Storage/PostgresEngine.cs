using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using NewsWatch.Storage.Locks;
using Npgsql;

namespace NewsWatch.Storage;

/// <summary>
/// A database of PostgreSQL. Processes write side by side, and writes about the same thing come one after the other (<see cref="PostgresLocks"/>). Services are
/// replicas: each has a row (<see cref="PostgresReplica"/>), and none writes whose row is gone, because the others have taken over what it held.
/// </summary>
internal sealed class PostgresEngine : IEngine
{
    /// <summary>The oldest server that is known to work.</summary>
    internal const int MinMajorVersion = 15;

    /// <summary>At the beginning of a transaction: whoever stops in the middle of it, with its machine or by a signal, keeps others waiting for 5 seconds: then the server undoes it.</summary>
    internal const string Limit = "SET LOCAL idle_in_transaction_session_timeout = 5000";

    /// <summary>Begins a transaction that no other one writes beside.</summary>
    internal const string BeginAlone = $"BEGIN; {Limit}; {PostgresLocks.Alone}";

    /// <summary>The signal that a replica has joined or left, or that work has become free.</summary>
    internal const string SharesSignal = "r";

    private const string SignalChannel = "newswatch";

    /// <summary>
    /// In seconds, unless the operator's connection string says otherwise. A network that swallows what is sent gives no error: who connects, waits for an answer or listens gives it up by these. An answer takes the
    /// server at most as long as a wait for a lock, with what comes before and after.
    /// </summary>
    private const string Silence = "Timeout=5;Command Timeout=20;Tcp Keepalive Time=5;Tcp Keepalive Interval=1";

    /// <summary>How many seconds a renewal or a signal may take: it is short, and another connection carries the next one. Who listens asks as often whether the server is there.</summary>
    private const int BesideTimeout = 5;

    /// <summary>A statement that has no answer is not cancelled first, which takes a connection and its time.</summary>
    private const int GivenUpAtOnce = -1;

    private readonly NpgsqlDataSource _reading;
    private readonly NpgsqlDataSource _writing;
    private readonly NpgsqlDataSource _beside;
    private readonly CancellationTokenSource _closing = new();
    private NpgsqlDataSource _listening;

    private PostgresEngine(string connectionString, bool canWrite, Func<string?>? again = null)
    {
        CanWrite = canWrite;
        var settings = new NpgsqlConnectionStringBuilder($"Application Name=newswatch;{Silence};{connectionString}") { TcpKeepAlive = true, IncludeErrorDetail = false, NoResetOnClose = true };
        Name = string.Create(CultureInfo.InvariantCulture, $"{settings.Database ?? settings.Username} of PostgreSQL at {settings.Host}:{settings.Port}");
        _reading = Source(settings, again);
        _beside = Source(new(settings.ToString()) { MinPoolSize = 0, MaxPoolSize = 2, CommandTimeout = BesideTimeout, CancellationTimeout = GivenUpAtOnce }, again);
        settings.Pooling = false;
        _writing = Source(settings, again);
        _listening = Listening(settings.ToString(), again);
    }

    /// <summary>Which database, for messages: no user, no password.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public bool CanWrite { get; }

    /// <summary>The service that this process is among those on the database; null for a command beside them.</summary>
    public PostgresReplica? Replica { get; private set; }

    /// <summary>Opens the database beside a service, if there is one, and brings it to this version's schema.</summary>
    /// <exception cref="DbException">The server cannot be reached, or refuses.</exception>
    /// <exception cref="SchemaMismatchException">A newer version wrote it.</exception>
    public static PostgresEngine Open(string connectionString, Func<string?>? again = null)
    {
        var engine = new PostgresEngine(connectionString, canWrite: true, again);
        try
        {
            using var connection = Connect(engine._writing);
            PostgresSchema.Migrate(connection);
            return engine;
        }
        catch
        {
            engine._reading.Dispose();
            engine._writing.Dispose();
            engine._beside.Dispose();
            engine._listening.Dispose();
            throw;
        }
    }

    /// <summary>Opens the database for a service, and joins those that run on it already.</summary>
    /// <param name="name">The replica's name, unlike those of all others; null for the machine's.</param>
    /// <param name="alone">True for one round beside which no other service runs.</param>
    /// <param name="stopwatch">What the replica's silence is measured by; null for the system's.</param>
    /// <param name="again">Reads the connection string again, for its password; null where it does not change.</param>
    /// <exception cref="DatabaseLockException">Another service has that name, or this one or another one is to be alone.</exception>
    public static async Task<PostgresEngine> TakeAsync(string connectionString, string? name = null, bool alone = false, TimeProvider? stopwatch = null, Func<string?>? again = null)
    {
        var engine = Open(connectionString, again);
        try
        {
            engine.Replica = await PostgresReplica.JoinAsync(engine, name ?? Environment.MachineName, alone, stopwatch ?? TimeProvider.System);
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens the database for reading alone.</summary>
    /// <exception cref="SchemaMismatchException">Another version wrote it, or none did yet.</exception>
    public static PostgresEngine ForReading(string connectionString)
    {
        var engine = new PostgresEngine(connectionString, canWrite: false);
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
        if (Replica is { } replica)
        {
            await replica.DisposeAsync();
        }

        await _reading.DisposeAsync();
        await _writing.DisposeAsync();
        await _beside.DisposeAsync();
        await _listening.DisposeAsync();
        _closing.Dispose();
    }

    /// <summary>Signals are heard by a connection of its own kind, which passes through no pooler.</summary>
    /// <param name="again">Reads the connection string again, for its password; null where it does not change.</param>
    public void ListenBy(string connectionString, Func<string?>? again) => _listening = Listening($"{Silence};{connectionString}", again);

    /// <summary>Passes on what other processes signal, until the connection breaks.</summary>
    /// <exception cref="DbException">The server cannot be reached, or no more.</exception>
    public async Task ListenAsync(Action<string> heard, CancellationToken cancellation)
    {
        await using var connection = await _listening.OpenConnectionAsync(cancellation);
        connection.Notification += (_, signal) => heard(signal.Payload);
        await using var listen = new NpgsqlCommand($"LISTEN {SignalChannel}", connection);
        await listen.ExecuteNonQueryAsync(cancellation);
        while (!cancellation.IsCancellationRequested)
        {
            await connection.WaitAsync(cancellation);
        }
    }

    /// <summary>Signals to all processes that listen, this one too. It is no part of a write: inside of transactions it would make their commits wait for each other.</summary>
    /// <exception cref="DbException">The server cannot be reached, or refuses.</exception>
    public async Task SignalAsync(string signal, CancellationToken cancellation)
    {
        await using var notify = Beside($"SELECT pg_notify('{SignalChannel}', @signal)");
        notify.Parameters.Add(new NpgsqlParameter("signal", signal));
        await notify.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>A statement that signals when its transaction is committed: for what is rare.</summary>
    internal static string Signals(string signal, long by) => string.Create(CultureInfo.InvariantCulture, $"SELECT pg_notify('{SignalChannel}', '{signal}{by}')");

    /// <summary>Opens a connection of its own, which may write.</summary>
    internal PostgresConnection ConnectForWriting() => Connect(_writing);

    /// <summary>A statement on a connection that no other work keeps waiting; given up after 5 seconds without an answer.</summary>
    internal NpgsqlCommand Beside(string sql) => _beside.CreateCommand(sql);

    private static PostgresConnection Connect(NpgsqlDataSource source)
    {
        try
        {
            return new(source.OpenConnection());
        }
        catch (SocketException unknown)
        {
            throw new NpgsqlException(unknown.Message, unknown); // the host's name does not resolve, which Npgsql leaves as it is
        }
    }

    /// <summary>Who listens asks now and then whether the server is there: it may have nothing to say for long.</summary>
    private static NpgsqlDataSource Listening(string connectionString, Func<string?>? again) =>
        Source(new(connectionString) { Pooling = false, TcpKeepAlive = true, KeepAlive = BesideTimeout, CommandTimeout = BesideTimeout }, again);

    private static NpgsqlDataSource Source(NpgsqlConnectionStringBuilder settings, Func<string?>? again)
    {
        var source = new NpgsqlDataSourceBuilder(settings.ToString());
        if (settings.Password is { Length: > 0 } first)
        {
            var password = new PostgresPassword(first, again);
            source.ConnectionStringBuilder.Password = null;
            source.UsePasswordProvider(_ => password.Now, (_, _) => ValueTask.FromResult(password.Now));
        }

        return source.Build();
    }
}
