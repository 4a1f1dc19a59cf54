using Dapper;
using Microsoft.Data.Sqlite;
using NewsWatch.Storage;
using SQLitePCL;

namespace NewsWatch.Tests.Support;

/// <summary>A real database, gone after the test: a SQLite file in a folder of its own, or one of a PostgreSQL server.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>A server of PostgreSQL, as Npgsql writes it: the databases of all tests are there then, but for those that need a file.</summary>
    private static readonly string? Server = Environment.GetEnvironmentVariable("NEWSWATCH_TEST_POSTGRES");

    private readonly string _folder = Directory.CreateTempSubdirectory("newswatch-test-").FullName;

    /// <summary>An empty database.</summary>
    /// <param name="losesCommitsOnPowerFailure">Nothing waits for the disk.</param>
    /// <param name="rehearses">Each unit of work runs twice, the first time to be undone. NEWSWATCH_REHEARSE=1 does that in all tests.</param>
    public TestDatabase(bool losesCommitsOnPowerFailure = false, bool rehearses = false)
    {
        rehearses |= Environment.GetEnvironmentVariable("NEWSWATCH_REHEARSE") == "1";
        Database = Server is { } server
            ? new Database(PostgresEngine.Open(PostgresServer.Create(server)), rehearses)
            : new Database(System.IO.Path.Combine(_folder, "newswatch.db"), losesCommitsOnPowerFailure, rehearses);
    }

    /// <summary>An empty database of a PostgreSQL server, on which each unit of work runs twice.</summary>
    /// <param name="postgres">Its connection string.</param>
    public TestDatabase(string postgres) => Database = new Database(PostgresEngine.Open(postgres), rehearses: true);

    /// <summary>A database that is closed afterwards.</summary>
    public TestDatabase(Database database) => Database = database;

    public Database Database { get; }

    /// <summary>Asks a database file of another process.</summary>
    public static IReadOnlyList<string> Read(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return [.. connection.Query<string>(sql)];
    }

    /// <summary>Changes a database file beside its service; creates it if there is none.</summary>
    public static void Change(string path, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        connection.Execute(sql);
    }

    /// <summary>Writes down what the connection to a SQLite file executes from now on, statement by statement, with the values of the parameters.</summary>
    public static void Trace(Session db, List<string> statements) =>
        raw.sqlite3_trace(((SqliteConnection)db.Connection).Handle, (_, statement) => statements.Add(statement), null!);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
