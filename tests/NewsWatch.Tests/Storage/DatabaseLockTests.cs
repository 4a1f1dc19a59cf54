using NewsWatch.Storage;

namespace NewsWatch.Tests.Storage;

/// <summary>One service runs on one database, and on the one that was there before.</summary>
public sealed class DatabaseLockTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2025, 8, 6, 12, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("newswatch-test-").FullName;

    private string File => Path.Combine(_folder, "newswatch.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_second_service_is_refused_in_one_line_until_the_first_has_ended()
    {
        using (DatabaseLock.Take(File, newDatabase: false))
        {
            var refused = Assert.Throws<DatabaseLockException>(() => DatabaseLock.Take(File, newDatabase: false));
            Assert.True(refused.IsTaken);
            Assert.StartsWith($"Another NewsWatch runs on {File}", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refused.Message);
        }

        DatabaseLock.Take(File, newDatabase: false).Dispose();
    }

    [Fact]
    public async Task The_second_service_says_which_process_holds_the_database()
    {
        using var first = DatabaseLock.Take(File, newDatabase: false);
        await using var database = new Database(File);
        await first.MarkAsync(database, Now);

        var refused = Assert.Throws<DatabaseLockException>(() => DatabaseLock.Take(File, newDatabase: false));

        Assert.Contains($"(process {Environment.ProcessId} on {Environment.MachineName}, since 2025-08-06 12:00:00Z)", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_database_that_was_deleted_or_emptied_is_no_first_start(bool deleted)
    {
        await RunOnceAsync();
        foreach (var file in Directory.EnumerateFiles(_folder, "newswatch.db*").Where(file => !file.EndsWith(".service", StringComparison.Ordinal)))
        {
            System.IO.File.Delete(file);
        }

        if (!deleted)
        {
            await System.IO.File.WriteAllBytesAsync(File, []);
        }

        var refused = Assert.Throws<DatabaseLockException>(() => DatabaseLock.Take(File, newDatabase: false));

        Assert.False(refused.IsTaken);
        Assert.Contains("--new-database", refused.Message, StringComparison.Ordinal);
        DatabaseLock.Take(File, newDatabase: true).Dispose();
    }

    [Fact]
    public async Task The_same_database_is_taken_again_and_again()
    {
        await RunOnceAsync();
        await RunOnceAsync();

        Assert.True(System.IO.File.Exists(File + ".service"));
    }

    private async Task RunOnceAsync()
    {
        using var taken = DatabaseLock.Take(File, newDatabase: false);
        await using var database = new Database(File);
        await taken.MarkAsync(database, Now);
    }
}
