using NewsWatch.Storage;

namespace NewsWatch.Tests.Storage;

/// <summary>File modes, where there are such: who else is on the machine reads no articles and no addresses.</summary>
public sealed class OwnerOnlyTests : IDisposable
{
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string _folder = Directory.CreateTempSubdirectory("newswatch-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_new_database_its_log_and_its_folder_are_the_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var database = new Database(Path.Combine(_folder, "data", "newswatch.db"));
        await database.WriteAsync(db => InstallationSettings.Set(db, "a", "1"));

        Assert.Equal(OwnerReadsAndWrites | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_folder, "data")));
        var files = Directory.EnumerateFiles(Path.Combine(_folder, "data")).ToList();
        Assert.Contains(files, file => file.EndsWith("-wal", StringComparison.Ordinal));
        foreach (var file in files)
        {
            Assert.Equal(OwnerReadsAndWrites, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task A_database_that_others_could_read_is_taken_from_them()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var path = Path.Combine(_folder, "newswatch.db");
        await using (new Database(path))
        {
            File.SetUnixFileMode(path, OwnerReadsAndWrites | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        await using var database = new Database(path);

        Assert.Equal(OwnerReadsAndWrites, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_file_that_is_written_again_is_the_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var path = Path.Combine(_folder, "mail.eml.part");
        File.WriteAllText(path, "an earlier attempt");
        File.SetUnixFileMode(path, OwnerReadsAndWrites | UnixFileMode.OtherRead);

        OwnerOnly.Create(path).Dispose();

        Assert.Equal((0L, OwnerReadsAndWrites), (new FileInfo(path).Length, File.GetUnixFileMode(path)));
    }
}
