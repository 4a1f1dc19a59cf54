using System.Data;
using System.Data.Common;
using Dapper;
using NewsWatch.Storage.Locks;
using Npgsql;
using NpgsqlTypes;

namespace NewsWatch.Storage;

/// <summary>The connection that writes to PostgreSQL; a broken one is replaced with the next transaction.</summary>
/// <param name="closing">Ends the wait for a server that does not come back.</param>
internal sealed class PostgresWriter(PostgresEngine engine, CancellationToken closing) : IWriter
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private readonly PostgresLocks _locks = new();
    private PostgresConnection? _connection;
    private LockSet _first = LockSet.None;
    private string _transaction = "";
    private Phase _phase = Phase.Ended;
    private int _beginning;

    private enum Phase
    {
        /// <summary>BEGIN goes with the first statement.</summary>
        Waiting,

        /// <summary>The server has answered.</summary>
        Begun,

        /// <summary>There is no transaction, or nobody knows whether there is one.</summary>
        Ended,
    }

    /// <inheritdoc/>
    public DbConnection Connection => _connection ?? throw new InvalidOperationException("There is no transaction.");

    /// <inheritdoc/>
    public PostgresLocks? Locks => _locks;

    /// <inheritdoc/>
    public bool HasEnded => !IsConnected || _phase == Phase.Ended || (_phase == Phase.Waiting && Waiting.Count == 0);

    private bool IsConnected => _connection is { State: ConnectionState.Open };

    private PostgresBatch Waiting => _connection!.Waiting;

    /// <inheritdoc/>
    public void Begin(LockSet locks)
    {
        if (!IsConnected)
        {
            _connection?.Dispose();
            _connection = null;
            _connection = engine.ConnectForWriting();
        }

        _first = locks;
        Begin();
    }

    /// <inheritdoc/>
    public bool BeginNext(LockSet locks)
    {
        if (_locks.TryFor(locks) is not { } more)
        {
            return false;
        }

        if (_phase == Phase.Waiting)
        {
            Waiting.Send();
        }

        var hasAll = true;
        if (more.Sql.Length > 0)
        {
            Waiting.Add(more.Sql, more.Numbers, answer => hasAll = answer.Read() && answer.GetBoolean(0));
        }

        // The unit before is kept last: whatever fails until then undoes it, as its caller is told.
        Waiting.Add("RELEASE SAVEPOINT work", []);
        Waiting.Add("SAVEPOINT work", []);
        Waiting.Send();
        if (!hasAll)
        {
            return false;
        }

        _locks.Got(locks);
        return true;
    }

    /// <inheritdoc/>
    public void Undo()
    {
        if (_phase == Phase.Waiting)
        {
            Begin();
            return;
        }

        Waiting.Clear();
        Statement.Execute(Connection, "ROLLBACK TO SAVEPOINT work");
        _locks.Undone();
    }

    /// <inheritdoc/>
    public bool IsConflict(Exception failure) => failure is PostgresException
    {
        SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.OutOfMemory
    };

    /// <inheritdoc/>
    public bool IsBroken(Exception failure) => failure is DbException && _connection is not null && !IsConnected;

    /// <inheritdoc/>
    public async Task CommitAsync()
    {
        if (_phase == Phase.Waiting && Waiting.Count > _beginning)
        {
            Waiting.Send(); // whoever has no answer to a COMMIT asks by the transaction's number
        }

        if (_phase == Phase.Waiting)
        {
            _phase = Phase.Ended; // nothing was asked of the server
            return;
        }

        try
        {
            Statement.Execute(Connection, "COMMIT");
            _phase = Phase.Ended;
        }
        catch (DbException) when (!IsConnected)
        {
            if (!await IsCommittedAsync())
            {
                throw;
            }
        }
        catch (PostgresException) when (Waiting.CameToLast)
        {
            _phase = Phase.Ended;
            throw;
        }
    }

    /// <inheritdoc/>
    public void RollBack()
    {
        try
        {
            if (IsConnected)
            {
                Waiting.Clear();
                Statement.Execute(Connection, "ROLLBACK");
            }
        }
        catch (DbException)
        {
            _connection?.Dispose(); // the server undoes what a connection leaves behind
        }

        _phase = Phase.Ended;
    }

    /// <inheritdoc/>
    public void Dispose() => _connection?.Dispose();

    /// <summary>
    /// The answer to a COMMIT was lost: the server knows whether it was carried out. It is asked until it answers, because to guess would lose or repeat what the
    /// transaction decided; and while nobody writes, so that a server that is still at it has ended.
    /// </summary>
    private async Task<bool> IsCommittedAsync()
    {
        while (true)
        {
            try
            {
                using var connection = engine.OpenForReading();
                Statement.Execute(connection, PostgresEngine.BeginAlone);
                var status = connection.ExecuteScalar<string>("SELECT pg_xact_status(@transaction::xid8)", new { transaction = _transaction });
                Statement.Execute(connection, "COMMIT");
                return status == "committed";
            }
            catch (DbException)
            {
                await Task.Delay(BetweenTries, TimeProvider.System, closing);
            }
        }
    }

    /// <summary>BEGIN and what belongs to it wait for the unit's first statement. Who this replica is is asked when the locks are there: whoever removes a replica writes alone.</summary>
    private void Begin()
    {
        Waiting.Clear();
        _phase = Phase.Waiting;
        Waiting.Add("BEGIN", []);
        Waiting.Add(PostgresEngine.Limit, []);
        foreach (var (sql, numbers) in _locks.Begin(_first))
        {
            Waiting.Add(sql, numbers, _ => { });
        }

        Waiting.Add("SAVEPOINT work", []);
        Waiting.Add(
            "SELECT pg_current_xact_id()::text, @replica IS NULL OR EXISTS (SELECT 1 FROM replica WHERE id = @replica)",
            [new("replica", NpgsqlDbType.Bigint) { Value = engine.Replica?.Share.Id is { } id ? id : DBNull.Value }],
            Begun);
        _beginning = Waiting.Count;
    }

    private void Begun(DbDataReader answer)
    {
        answer.Read();
        _transaction = answer.GetBoolean(1) ? answer.GetString(0) : throw engine.Replica!.Gone();
        _phase = Phase.Begun;
    }
}
