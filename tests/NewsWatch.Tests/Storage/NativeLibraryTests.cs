using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Storage;

public sealed class NativeLibraryTests
{
    /// <summary>Before 3.51.3 a write-ahead log that is reset while another connection reads could corrupt the file.</summary>
    [Fact]
    public async Task The_sqlite_library_that_is_loaded_resets_its_log_safely()
    {
        await using var test = new TestDatabase();

        var version = Version.Parse(test.Database.Read(db => db.ExecuteScalar<string>("SELECT sqlite_version()"))!);

        Assert.True(version >= new Version(3, 51, 3), $"{version} is loaded");
    }
}
