using NewsWatch.Storage;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Storage;

/// <summary>The databases that keep the stores' contract.</summary>
public enum StorageEngine
{
    /// <summary>A SQLite file.</summary>
    Sqlite,

    /// <summary>A SQLite file on which each unit of work runs twice, the first time to be undone.</summary>
    Rehearsed,

    /// <summary>A database of a PostgreSQL server, on which each unit of work runs twice.</summary>
    Postgres,

    /// <summary>The same through a PgBouncer that pools by transaction.</summary>
    Pooled,
}

/// <summary>
/// What a store does, whatever engine it speaks to. The tests of a store are an abstract class with a sealed heir for each engine; another engine is one more
/// heir.
/// </summary>
public abstract class StorageContract(StorageEngine engine, PostgresServer? server = null) : IAsyncLifetime
{
    private TestDatabase? _test;

    protected Database Database => _test!.Database;

    public async Task InitializeAsync() => _test = engine switch
    {
        StorageEngine.Postgres => new(await server!.CreateAsync()),
        StorageEngine.Pooled => new(await server!.CreatePooledAsync()),
        _ => new(losesCommitsOnPowerFailure: true, rehearses: engine is StorageEngine.Rehearsed),
    };

    public Task DisposeAsync() => _test!.DisposeAsync().AsTask();
}
