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
    private const string NextUnit = "RELEASE SAVEPOINT work; SAVEPOINT work";

    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private readonly PostgresLocks _locks = new();
    private PostgresConnection? _connection;
    private string _transaction = "";

    /// <inheritdoc/>
    public DbConnection Connection => _connection ?? throw new InvalidOperationException("There is no transaction.");

    /// <inheritdoc/>
    public PostgresLocks? Locks => _locks;

    /// <inheritdoc/>
    public bool HasUndoneAll => _connection is not { State: ConnectionState.Open };

    /// <inheritdoc/>
    public void Begin(LockSet locks)
    {
        if (HasUndoneAll)
        {
            _connection?.Dispose();
            _connection = null;
            _connection = engine.ConnectForWriting();
        }

        // Who this replica is is asked when the locks are there: whoever removes a replica writes alone.
        var (waiting, numbers) = _locks.Begin(locks);
        var begun = Last(
            $"{PostgresEngine.Begin}; {waiting}; SAVEPOINT work; SELECT pg_current_xact_id()::text, @replica IS NULL OR EXISTS (SELECT 1 FROM replica WHERE id = @replica)",
            numbers,
            new NpgsqlParameter("replica", NpgsqlDbType.Bigint) { Value = engine.Replica?.Share.Id is { } id ? id : DBNull.Value });
        _transaction = begun is [string transaction, true] ? transaction : throw engine.Replica!.Gone();
    }

    /// <inheritdoc/>
    public bool BeginNext(LockSet locks)
    {
        if (_locks.TryFor(locks) is not { } more)
        {
            return false;
        }

        if (more.Sql.Length == 0)
        {
            Statement.Execute(Connection, NextUnit);
        }
        else if (Last($"{NextUnit}; {more.Sql}", more.Numbers) is not [true])
        {
            return false;
        }

        _locks.Got(locks);
        return true;
    }

    /// <inheritdoc/>
    public void Undo()
    {
        Statement.Execute(Connection, "ROLLBACK TO SAVEPOINT work");
        _locks.Undone();
    }

    /// <inheritdoc/>
    public bool IsConflict(Exception failure) => failure is PostgresException
    {
        SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.OutOfMemory
    };

    /// <inheritdoc/>
    public async Task CommitAsync()
    {
        try
        {
            Statement.Execute(Connection, "COMMIT");
        }
        catch (DbException) when (HasUndoneAll)
        {
            if (!await IsCommittedAsync())
            {
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public void RollBack()
    {
        try
        {
            if (!HasUndoneAll)
            {
                Statement.Execute(Connection, "ROLLBACK");
            }
        }
        catch (DbException)
        {
            _connection?.Dispose(); // the server undoes what a connection leaves behind
        }
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

    /// <summary>Runs statements in one command; returns the row of the last one that has any.</summary>
    private object[] Last(string sql, params DbParameter[] parameters)
    {
        using var command = Connection.CreateCommand();
#pragma warning disable CA2100 // the statements are ours
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.AddRange(parameters);
        using var reader = command.ExecuteReader();
        object[] row = [];
        do
        {
            while (reader.Read())
            {
                row = new object[reader.FieldCount];
                reader.GetValues(row);
            }
        }
        while (reader.NextResult());
        return row;
    }
}
