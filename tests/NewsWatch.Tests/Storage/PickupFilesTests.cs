using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Tests.Storage;

public sealed class PickupFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newswatch-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Old_mails_of_our_own_are_deleted_and_nothing_else()
    {
        var now = new DateTimeOffset(2025, 8, 6, 3, 0, 0, TimeSpan.Zero);
        var (old, young) = (new string('a', 32) + ".eml", new string('b', 32) + ".eml");
        foreach (var name in new[] { old, young, "letter.eml", new string('c', 32) + ".txt", new string('d', 32) + ".eml.part" })
        {
            File.WriteAllText(Path.Combine(_folder, name), "");
            File.SetLastWriteTimeUtc(Path.Combine(_folder, name), now.UtcDateTime.AddDays(name == young ? -1 : -40));
        }

        Assert.Equal(1, PickupFiles.DeleteOlder(_folder, now.AddDays(-30)));

        Assert.False(File.Exists(Path.Combine(_folder, old)));
        Assert.Equal(4, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void A_folder_that_is_not_there_holds_no_mails() => Assert.Equal(0, PickupFiles.DeleteOlder(Path.Combine(_folder, "none"), DateTimeOffset.MaxValue));
}
