using System.Net;
using System.Net.Sockets;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.EndToEnd;

/// <summary>The real program where it cannot start: one line, no stack, an honest exit code.</summary>
public sealed class StartUpTests
{
    [Theory]
    [InlineData("run")]
    [InlineData("status")]
    public async Task A_damaged_database_is_named_with_what_to_do(string command)
    {
        await using var desk = await Newsroom.OpenAsync();
        Directory.CreateDirectory(Path.Combine(desk.Folder, "data"));
        await File.WriteAllBytesAsync(Path.Combine(desk.Folder, "data", "newswatch.db"), Enumerable.Repeat((byte)'x', 8192).ToArray());

        var line = await FailsAsync(desk, command, 74);

        Assert.Contains("newswatch.db is damaged (file is not a database)", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_ends_with_78()
    {
        await using var desk = await Newsroom.OpenAsync();
        Directory.CreateDirectory(Path.Combine(desk.Folder, "data"));
        desk.Change("PRAGMA user_version = 999");

        Assert.Contains("a newer version wrote it", await FailsAsync(desk, "run", 78), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_ends_with_69_and_one_line()
    {
        await using var desk = await Newsroom.OpenAsync();
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();

        var line = await FailsAsync(desk, "run", 69, ("Kestrel__Endpoints__Public__Url", $"http://{holder.LocalEndpoint}"));

        Assert.Contains($"Failed to bind to address http://{holder.LocalEndpoint}: address already in use.", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_in_a_folder_that_cannot_be_made_ends_with_73()
    {
        await using var desk = await Newsroom.OpenAsync();

        var line = await FailsAsync(desk, "run", 73, ("Storage__Path", Path.Combine(desk.ConfigurationFile, "in", "newswatch.db")));

        Assert.Contains("cannot be created", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_a_folder_ends_with_73()
    {
        await using var desk = await Newsroom.OpenAsync();

        Assert.Contains("which is a folder", await FailsAsync(desk, "run", 73, ("Storage__Path", desk.Folder)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_without_icu_ends_with_78()
    {
        await using var desk = await Newsroom.OpenAsync();

        Assert.Contains("lacks ICU", await FailsAsync(desk, "run", 78, ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_that_read_leave_no_database_and_nothing_beside_one()
    {
        await using var desk = await Newsroom.OpenAsync();
        await FailsAsync(desk, "status", 66);
        Assert.False(Directory.Exists(Path.Combine(desk.Folder, "data")));
        desk.Show("/one", "A cease-fire begins");
        await using (var round = desk.Start(command: "run --once"))
        {
            Assert.Equal(0, await EndAsync(round));
        }

        var before = await File.ReadAllBytesAsync(Path.Combine(desk.Folder, "data", "newswatch.db"));
        foreach (var command in new[] { "status", "alerts", "deliveries", "unsubscribed", "why --article 1 --subscriber anna" })
        {
            await using var process = desk.Start(command: command);
            Assert.True(await EndAsync(process) == 0, process.Output);
        }

        Assert.Equal(
            ["newswatch.db", "newswatch.db.lock", "newswatch.db.service"],
            Directory.EnumerateFileSystemEntries(Path.Combine(desk.Folder, "data")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(desk.Folder, "data", "newswatch.db")));
    }

    private static async Task<string> FailsAsync(Newsroom desk, string command, int exit, params (string Name, string Value)[] environment)
    {
        await using var process = ServiceProcess.Start(desk.Folder, command, environment: environment);
        Assert.True(await EndAsync(process) == exit, process.Output);
        var said = process.Output.Split('\n').Where(line => !line.StartsWith('{') && !line.Contains("(warning)", StringComparison.Ordinal));
        return Assert.Single(said);
    }

    private static async Task<int> EndAsync(ServiceProcess process)
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        return await process.EndAsync(patience.Token);
    }
}
