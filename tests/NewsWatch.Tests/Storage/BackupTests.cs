using Dapper;
using Microsoft.Data.Sqlite;
using NewsWatch.Storage;
using NewsWatch.Storage.Upkeep;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Storage;

public sealed class BackupTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Night = new(2025, 8, 6, 3, 0, 0, TimeSpan.Zero);
    private readonly TestDatabase _test = new();

    private string Folder => Path.Combine(Path.GetDirectoryName(_test.Database.Path)!, "copies");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _test.DisposeAsync();

    [Fact]
    public async Task A_copy_holds_all_that_was_committed_while_others_write_on()
    {
        await FactAsync("before");
        var others = Task.WhenAll(Enumerable.Range(0, 200).Select(number => FactAsync($"n{number}")));

        var size = Backup.Write(_test.Database, Path.Combine(Folder, "copy.db"));
        await others;

        Assert.True(size > 0);
        await using var copy = new Database(Path.Combine(Folder, "copy.db"));
        Assert.Equal("1", copy.Read(db => db.ExecuteScalar<string>("SELECT value FROM fact WHERE name = 'before'")));
        Assert.Equal("ok", copy.Read(db => db.ExecuteScalar<string>("PRAGMA integrity_check")));
    }

    [Fact]
    public async Task A_copy_replaces_the_one_that_is_there_and_leaves_nothing_else()
    {
        await FactAsync("first");
        Backup.Write(_test.Database, Path.Combine(Folder, "copy.db"));
        await FactAsync("second");

        Backup.Write(_test.Database, Path.Combine(Folder, "copy.db"));

        Assert.Equal(["copy.db"], Directory.EnumerateFiles(Folder).Select(Path.GetFileName));
        using var copy = new SqliteConnection($"Data Source={Path.Combine(Folder, "copy.db")};Pooling=False");
        Assert.Equal(2, copy.ExecuteScalar<int>("SELECT count(*) FROM fact"));
    }

    [Fact]
    public void Only_the_owner_reads_a_copy()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Backup.Write(_test.Database, Path.Combine(Folder, "copy.db"));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Folder, "copy.db")));
    }

    [Fact]
    public void A_copy_that_cannot_be_written_leaves_the_last_one_alone()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "copy.db"));

        Assert.ThrowsAny<IOException>(() => Backup.Write(_test.Database, Path.Combine(Folder, "copy.db")));

        Assert.Empty(Directory.EnumerateFiles(Folder));
    }

    [Theory]
    [InlineData("newswatch.db")]
    [InlineData("newswatch.db-wal")]
    [InlineData("newswatch.db-shm")]
    [InlineData("copies/../newswatch.db")]
    [InlineData("linked/newswatch.db")]
    [InlineData("link.db")]
    [InlineData("hard.db")]
    [InlineData("notes.json")]
    [InlineData("empty")]
    public async Task A_copy_replaces_neither_the_database_nor_anything_else(string name)
    {
        var folder = Path.GetDirectoryName(_test.Database.Path)!;
        Directory.CreateDirectory(Folder);
        Directory.CreateSymbolicLink(Path.Combine(folder, "linked"), folder);
        File.CreateSymbolicLink(Path.Combine(folder, "link.db"), _test.Database.Path);
        using (var link = System.Diagnostics.Process.Start("ln", [_test.Database.Path, Path.Combine(folder, "hard.db")]))
        {
            await link.WaitForExitAsync();
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "notes.json"), "{}");
        await File.WriteAllTextAsync(Path.Combine(folder, "empty"), "");
        await FactAsync("before");

        Assert.ThrowsAny<IOException>(() => Backup.Write(_test.Database, Path.Combine(folder, name)));

        await FactAsync("after");
        Assert.Equal(2, _test.Database.Read(db => db.ExecuteScalar<int>("SELECT count(*) FROM fact")));
        Assert.Equal("{}", await File.ReadAllTextAsync(Path.Combine(folder, "notes.json")));
    }

    [Fact]
    public void The_folder_deletes_only_its_own_names_oldest_first_by_their_time()
    {
        Directory.CreateDirectory(Folder);
        string[] others = ["newswatch-0000.db", "newswatch-20250101.db", "newswatch-before-upgrade.db", "zz-20240101T000000Z.db"];
        foreach (var other in others)
        {
            File.WriteAllText(Path.Combine(Folder, other), "");
        }

        var folder = new BackupFolder(Folder, Keep: 1);
        folder.Add(_test.Database, Night);
        folder.Add(_test.Database, Night.AddDays(1));

        Assert.Equal([.. others, "newswatch-20250807T030000Z.db"], Directory.EnumerateFiles(Folder).Select(Path.GetFileName).OrderBy(name => !others.Contains(name)).ThenBy(name => name, StringComparer.Ordinal));
    }

    [Fact]
    public void The_folder_keeps_the_newest_copies()
    {
        var folder = new BackupFolder(Folder, Keep: 2);

        for (var night = 0; night < 4; night++)
        {
            folder.Add(_test.Database, Night.AddDays(night));
        }

        Assert.Equal(
            ["newswatch-20250808T030000Z.db", "newswatch-20250809T030000Z.db"],
            Directory.EnumerateFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Without_a_folder_there_is_no_copy() => Assert.Null(new BackupFolder(null, Keep: 7).Add(_test.Database, Night));

    private Task FactAsync(string name) => _test.Database.WriteAsync(db => db.Execute("INSERT INTO fact VALUES (@name, '1')", new { name }));
}
