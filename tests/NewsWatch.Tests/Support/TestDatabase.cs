using NewsWatch.Storage;

namespace NewsWatch.Tests.Support;

/// <summary>A real SQLite file in a folder of its own, gone after the test.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newswatch-test-").FullName;

    public TestDatabase(bool losesCommitsOnPowerFailure = false) =>
        Database = new Database(System.IO.Path.Combine(_folder, "newswatch.db"), losesCommitsOnPowerFailure);

    public Database Database { get; }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
