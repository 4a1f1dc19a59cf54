using System.Diagnostics;
using NewsWatch.Configuration;
using NewsWatch.Storage.Sources;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

/// <summary>What a source of Kind file does not open, or does not read to its end.</summary>
public sealed class FileSourceTests : IAsyncLifetime
{
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("newswatch-test-");
    private string _folder = "";
    private PollWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await PollWorld.StartAsync();
        _folder = _place.CreateSubdirectory("news").FullName;
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        _place.Delete(recursive: true);
    }

    [Fact]
    public async Task A_pipe_holds_up_no_poll()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // it has no named pipes in folders
        }

        var pipe = Path.Combine(_folder, "pipe");
        using (var made = Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync();
        }

        Assert.Equal("it is empty, or a pipe or device: only regular files are read", await PollAsync(pipe));

        await File.WriteAllTextAsync(Path.Combine(_folder, "a.xml"), Rss.Of(2));
        Assert.Null(await PollAsync(_folder));
        Assert.Equal(2, _world.States().Values.Sum());
    }

    [Fact]
    public async Task A_link_leads_to_no_file_elsewhere_but_may_lead_to_one_beside_it()
    {
        var secret = Path.Combine(_place.FullName, "secret.xml");
        await File.WriteAllTextAsync(secret, Rss.Of(2));
        File.CreateSymbolicLink(Path.Combine(_folder, "out.xml"), secret);
        Assert.StartsWith("it is a link that leads out of ", await PollAsync(_folder), StringComparison.Ordinal);

        await File.WriteAllTextAsync(Path.Combine(_folder, "real.xml"), Rss.Of(3));
        File.CreateSymbolicLink(Path.Combine(_folder, "in.xml"), Path.Combine(_folder, "real.xml"));
        Assert.Null(await PollAsync(Path.Combine(_folder, "in.xml")));
        Assert.Equal(3, _world.States().Values.Sum());
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_not_read()
    {
        var large = Path.Combine(_folder, "large.xml");
        await using (var file = File.Create(large))
        {
            file.SetLength(16 * 1024 * 1024);
        }

        Assert.Equal("the file is too large: more than 15 MiB", await PollAsync(large));
    }

    [Fact]
    public async Task Files_that_are_too_large_together_are_told_so()
    {
        foreach (var name in new[] { "a", "b", "c", "d", "e" })
        {
            await using var file = File.Create(Path.Combine(_folder, name));
            file.SetLength(14 * 1024 * 1024);
        }

        Assert.Equal("the files are too large: more than 60 MiB together", await PollAsync(_folder));
    }

    /// <summary>Why the poll failed; null when it did not.</summary>
    private async Task<string?> PollAsync(string path)
    {
        var source = new Source { Id = $"file-{Guid.NewGuid():N}", Url = path, Kind = SourceKind.File };
        _world.Configure(source);
        await _world.PollAsync();
        var row = _world.Row(source.Id);
        return row.State == SourceState.Failing ? row.LastError : null;
    }
}
