using Microsoft.Data.Sqlite;
using NewsWatch.Storage;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Storage;

public sealed class DatabaseTests
{
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task What_follows_a_commit_is_done_once_and_not_after_a_failure(bool rehearses, int runs)
    {
        await using var test = new TestDatabase(rehearses: rehearses);
        var (ran, done) = (0, new List<string>());
        await test.Database.WriteAsync(db =>
        {
            ran++;
            InstallationSettings.Set(db, "one", "1");
            db.AfterCommit(() => done.Add($"committed {test.Database.Read(other => InstallationSettings.Get(other, "one"))}"));
            Assert.Empty(done);
        });
        await Assert.ThrowsAsync<InvalidOperationException>(() => test.Database.WriteAsync(db =>
        {
            db.AfterCommit(() => done.Add("failed"));
            throw new InvalidOperationException();
        }));

        Assert.Equal(runs, ran);
        Assert.Equal(["committed 1"], done);
    }

    [Fact]
    public async Task A_write_that_fails_is_undone_alone()
    {
        await using var test = new TestDatabase();
        var good = test.Database.WriteAsync(db => db.Execute("INSERT INTO fact VALUES ('good', '1')"));
        var bad = test.Database.WriteAsync(db =>
        {
            db.Execute("INSERT INTO fact VALUES ('bad', '1')");
            throw new InvalidOperationException("no");
        });

        await good;
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);

        Assert.Equal(["good"], test.Database.Read(db => db.Query<string>("SELECT name FROM fact")));
    }

    [Fact]
    public async Task What_a_full_disk_refuses_is_told_to_its_writer_and_the_next_write_goes_on()
    {
        await using var test = new TestDatabase();
        await test.Database.WriteAsync(db => db.Execute($"PRAGMA max_page_count = {db.ExecuteScalar<long>("PRAGMA page_count") + 10}"));
        var writes = Enumerable.Range(0, 50).Select(number => (Name: $"n{number}", Write: test.Database.WriteAsync(db =>
            db.Execute("INSERT INTO fact VALUES (@name, hex(zeroblob(@size)))", new { name = $"n{number}", size = number == 20 ? 1_000_000 : 10 })))).ToList();

        await Task.WhenAll(writes.Select(one => one.Write.ContinueWith(_ => { }, TaskScheduler.Default)));

        var refused = writes.Where(one => one.Write.IsFaulted).ToList();
        Assert.Contains(refused, one => one.Name == "n20");
        Assert.All(refused, one => Assert.Equal(13, Assert.IsType<SqliteException>(one.Write.Exception!.InnerException).SqliteErrorCode)); // SQLITE_FULL
        Assert.Equal(
            writes.Except(refused).Select(one => one.Name).Order(StringComparer.Ordinal),
            test.Database.Read(db => db.Query<string>("SELECT name FROM fact WHERE name LIKE 'n%' ORDER BY name").ToList()));

        await test.Database.WriteAsync(db => db.Execute("PRAGMA max_page_count = 1000000"));
        Assert.Equal(1, await test.Database.WriteAsync(db => db.Execute("INSERT INTO fact VALUES ('after', hex(zeroblob(1000000)))")));
    }

    [Fact]
    public async Task A_commit_is_as_durable_as_sqlite_can_make_it()
    {
        await using var test = new TestDatabase();

        var (journal, synchronous) = await test.Database.WriteAsync(db =>
            (db.ExecuteScalar<string>("PRAGMA journal_mode"), db.ExecuteScalar<int>("PRAGMA synchronous")));

        Assert.Equal(("wal", 2), (journal, synchronous));
    }

    [Fact]
    public async Task Opening_the_same_file_again_migrates_nothing_twice()
    {
        await using var test = new TestDatabase();

        await using var again = new NewsWatch.Storage.Database(test.Database.Path);

        Assert.Equal(Schema.Scripts.Select(script => script.Name), again.Read(db => db.Query<string>("SELECT name FROM schema_script ORDER BY name")));
    }
}
