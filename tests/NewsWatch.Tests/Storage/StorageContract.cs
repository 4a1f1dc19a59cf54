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
}

/// <summary>
/// What a store does, whatever engine it speaks to. The tests of a store are an abstract class with a sealed heir for each engine; another engine is one more
/// heir.
/// </summary>
public abstract class StorageContract(StorageEngine engine) : IAsyncLifetime
{
    private readonly TestDatabase _test = new(losesCommitsOnPowerFailure: true, rehearses: engine is StorageEngine.Rehearsed);

    protected Database Database => _test.Database;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _test.DisposeAsync().AsTask();
}
