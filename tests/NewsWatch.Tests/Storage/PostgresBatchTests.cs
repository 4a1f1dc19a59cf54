using NewsWatch.Storage;
using NewsWatch.Storage.Locks;
using NewsWatch.Tests.Support;
using Npgsql;

namespace NewsWatch.Tests.Storage;

/// <summary>Statements whose answers nobody waits for.</summary>
[Collection(SharedPostgres.Name)]
public sealed class PostgresBatchTests(PostgresServer server)
{
    private static readonly LockSet Anna = LockSet.Of(LockKey.Subscriber("anna"));

    [PostgresTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_fails_undoes_its_own_unit_of_work_alone(bool isFollowed)
    {
        await using var database = new Database(PostgresEngine.Open(await server.CreateAsync()));
        using var areHandedIn = new ManualResetEventSlim();
        var first = WriteAsync("first", areHandedIn.Wait);
        var before = WriteAsync("before");
        var failing = database.WriteAsync(
            Anna,
            db =>
            {
                InstallationSettings.Set(db, "failing", "1");
                db.Write("SELECT 1 / 0");
            },
            CancellationToken.None);
        var after = isFollowed ? WriteAsync("after") : Task.CompletedTask;
        areHandedIn.Set();

        await Task.WhenAll(first, before, after);
        var failure = await Assert.ThrowsAsync<PostgresException>(() => failing);

        Assert.Equal(PostgresErrorCodes.DivisionByZero, failure.SqlState);
        Assert.Equal(isFollowed ? "after before first" : "before first", string.Join(' ', database.Read(db => db.Query<string>("SELECT name FROM fact WHERE value = '1' ORDER BY name"))));

        Task WriteAsync(string name, Action? meanwhile = null) => database.WriteAsync(
            Anna,
            db =>
            {
                meanwhile?.Invoke();
                InstallationSettings.Set(db, name, "1");
            },
            CancellationToken.None);
    }

    [PostgresFact]
    public async Task One_that_fails_undoes_what_was_put_off_before_it()
    {
        await using var database = new Database(PostgresEngine.Open(await server.CreateAsync()));

        await Assert.ThrowsAsync<PostgresException>(() => database.WriteAsync(
            Anna,
            db =>
            {
                db.Write("INSERT INTO fact (name, value) VALUES ('kept', '1')");
                db.Write("SELECT 1 / 0");
                InstallationSettings.Get(db, "kept");
            },
            CancellationToken.None));
        await database.WriteAsync(Anna, db => db.Write("INSERT INTO fact (name, value) VALUES ('next', '1')"), CancellationToken.None);

        Assert.Equal((null, "1"), database.Read(db => (InstallationSettings.Get(db, "kept"), InstallationSettings.Get(db, "next"))));
    }
}
