using Dapper;
using Microsoft.Data.Sqlite;
using NewsWatch.Storage;

namespace NewsWatch.Tests.Support;

/// <summary>A real SQLite file in a folder of its own, gone after the test.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newswatch-test-").FullName;

    public TestDatabase(bool losesCommitsOnPowerFailure = false) =>
        Database = new Database(System.IO.Path.Combine(_folder, "newswatch.db"), losesCommitsOnPowerFailure);

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

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
