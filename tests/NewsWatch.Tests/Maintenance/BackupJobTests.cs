using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using NewsWatch.Configuration;
using NewsWatch.Maintenance;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Upkeep;
using NewsWatch.Tests.Processing;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Maintenance;

public sealed class BackupJobTests : IAsyncLifetime
{
    private readonly ArticleDesk _desk = new();

    private string Folder => Path.GetDirectoryName(_desk.Database.Path)!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task The_nightly_copy_is_written()
    {
        await RunAsync(Path.Combine(Folder, "copies"));

        Assert.Equal(["newswatch-20250806T120000Z.db"], Directory.EnumerateFiles(Path.Combine(Folder, "copies")).Select(Path.GetFileName));
        Assert.Empty(Notices());
    }

    [Fact]
    public async Task A_copy_that_cannot_be_written_is_told_once_a_day()
    {
        var blocked = Path.Combine(Folder, "copies");
        await File.WriteAllTextAsync(blocked, "a file where the folder should be");

        await RunAsync(blocked);
        await RunAsync(blocked);
        _desk.Clock.Advance(TimeSpan.FromDays(1));
        await RunAsync(blocked);

        Assert.Equal(["backup/2025-08-06", "backup/2025-08-07"], Notices().Select(notice => notice.Key));
        Assert.All(Notices(), notice =>
        {
            Assert.Equal("The nightly backup failed", notice.Subject);
            Assert.Contains(blocked, notice.Text, StringComparison.Ordinal);
            Assert.Contains("`newswatch backup FILE`", notice.Text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Where_nobody_wants_notices_the_service_goes_on_without_one()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "copies"), "a file where the folder should be");
        _desk.Configuration.Swap(SomeWatch.Default with { Operator = new(), Defaults = new Defaults() });

        await RunAsync(Path.Combine(Folder, "copies"));

        Assert.Empty(Notices());
    }

    private async Task RunAsync(string folder) =>
        await new BackupJob(_desk.Database, new BackupFolder(folder, Keep: 7), _desk.Configuration, Background.NewLoop(_desk.Clock), _desk.Clock, NullLogger<BackupJob>.Instance).Execute(null!);

    private IReadOnlyList<Notice> Notices() => _desk.Database.Read(db =>
        Stored.Column<string>(db, "delivery", "notice", new { kind = "notice" }).Select(text => JsonSerializer.Deserialize<Notice>(text)!).ToList());
}
