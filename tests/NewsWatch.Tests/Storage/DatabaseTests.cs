using Dapper;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Storage;

public sealed class DatabaseTests
{
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

        var scripts = typeof(NewsWatch.Storage.Database).Assembly.GetManifestResourceNames().Count(name => name.EndsWith(".sql", StringComparison.Ordinal));
        Assert.Equal(scripts, again.Read(db => db.ExecuteScalar<int>("PRAGMA user_version")));
    }
}
