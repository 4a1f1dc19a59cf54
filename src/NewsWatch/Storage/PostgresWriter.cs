using System.Data;
using System.Data.Common;
using Dapper;

namespace NewsWatch.Storage;

/// <summary>The connection that writes to PostgreSQL; a broken one is replaced with the next transaction.</summary>
/// <param name="closing">Ends the wait for a server that does not come back.</param>
internal sealed class PostgresWriter(PostgresEngine engine, CancellationToken closing) : IWriter
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private PostgresConnection? _connection;
    private string _transaction = "";

    /// <inheritdoc/>
    public DbConnection Connection => _connection ?? throw new InvalidOperationException("There is no transaction.");

    /// <inheritdoc/>
    public bool HasUndoneAll => _connection is not { State: ConnectionState.Open };

    /// <inheritdoc/>
    public void Begin()
    {
        if (HasUndoneAll)
        {
            _connection?.Dispose();
            _connection = null;
            _connection = engine.ConnectForWriting();
        }

        Statement.Execute(Connection, PostgresEngine.BeginWriting);
        var (transaction, lives) = Connection.QuerySingle<(string, bool)>(
            "SELECT pg_current_xact_id()::text, @replica IS NULL OR EXISTS (SELECT 1 FROM replica WHERE id = @replica)", new { replica = engine.Replica?.Share.Id });
        _transaction = lives ? transaction : throw engine.Replica!.Gone();
    }

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
    /// transaction decided; and under the lock, so that a server that is still at it has ended.
    /// </summary>
    private async Task<bool> IsCommittedAsync()
    {
        while (true)
        {
            try
            {
                using var connection = engine.OpenForReading();
                Statement.Execute(connection, PostgresEngine.BeginWriting);
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
}
