using Microsoft.Data.Sqlite;

namespace NewsWatch.Storage.Transfer;

/// <summary>The SQLite file that is moved. No other process can read or write it until this is disposed.</summary>
internal sealed class TransferSource : IDisposable
{
    private readonly SqliteConnection _connection;

    private TransferSource(SqliteConnection connection) => _connection = connection;

    /// <summary>Which database it is; a copy of it has the same id.</summary>
    public string Id { get; private init; } = "";

    /// <summary>Opens the file, brought to this version's schema.</summary>
    /// <exception cref="SqliteException">It is no database, or another process has it open.</exception>
    public static async Task<TransferSource> OpenAsync(string path)
    {
        await using (new SqliteEngine(path, losesCommitsOnPowerFailure: false))
        {
            // brings it to the schema
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 5 }.ToString());
        try
        {
            await connection.OpenAsync();
            Statement.Execute(connection, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
            return new(connection) { Id = InstallationSettings.GetOrAdd(new(connection), DatabaseLock.IdFact, Guid.NewGuid().ToString("N")) };
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>True when the file has such a table.</summary>
    public bool Has(string table) => new Session(_connection).ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = @table)", new { table });

    /// <summary>The rows of a table, in the order of its keys.</summary>
    public IEnumerable<object?[]> Rows(TransferTable table) => table.Read(_connection, [.. Enumerable.Range(0, table.Columns.Count)]);

    /// <summary>The rows of a table: the columns of its keys, the others null.</summary>
    public IEnumerable<object?[]> Keys(TransferTable table) => table.Read(_connection, table.Keys);

    /// <summary>Ends its log, so that the file alone holds everything.</summary>
    public void Dispose()
    {
        Statement.Execute(_connection, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
        _connection.Dispose();
    }
}
