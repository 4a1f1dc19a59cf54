using Microsoft.Extensions.Logging.Abstractions;
using NewsWatch.Health;
using NewsWatch.Storage;
using NewsWatch.Tests.Processing;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Health;

public sealed class DatabaseWatchTests : IAsyncLifetime
{
    private readonly ArticleDesk _desk = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task A_database_file_that_stays_where_it_is_is_no_trouble()
    {
        await Watch().LookAsync(CancellationToken.None);

        Assert.Empty(_desk.Deliveries());
    }

    [Fact]
    public async Task A_database_file_that_was_deleted_under_the_service_is_told()
    {
        await Watch().LookAsync(CancellationToken.None);
        File.Delete(_desk.Database.Path);

        var trouble = await Assert.ThrowsAsync<IOException>(() => Watch().LookAsync(CancellationToken.None));

        Assert.Contains("deleted or replaced", trouble.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_file_that_was_replaced_under_the_service_is_told()
    {
        var other = _desk.Database.Path + ".other";
        await using (var database = new Database(other))
        {
            await database.WriteAsync(db => InstallationSettings.Set(db, "probe", "of another database"));
        }

        File.Move(other, _desk.Database.Path, overwrite: true);

        await Assert.ThrowsAsync<IOException>(() => Watch().LookAsync(CancellationToken.None));
    }

    private DatabaseWatch Watch() => new(_desk.Database, _desk.Configuration, Background.NewLoop(_desk.Clock), _desk.Clock, NullLogger<DatabaseWatch>.Instance);
}
