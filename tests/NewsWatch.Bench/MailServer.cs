using System.Diagnostics;
using System.Globalization;
using NewsWatch.Tests.Support;

namespace NewsWatch.Bench;

/// <summary>The other side of the `deliver` verb, in a process of its own, so that a mail's cost is the sender's alone.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly Process _process;

    private MailServer(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <summary>Starts the server.</summary>
    public static async Task<MailServer> StartAsync()
    {
        var process = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "NewsWatch.Bench"), "mail-server") { UseShellExecute = false, WorkingDirectory = Path.GetTempPath(), RedirectStandardInput = true, RedirectStandardOutput = true })!;
        return new(process, int.Parse((await process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture));
    }

    /// <summary>Serves until its standard input ends; prints its port first.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        await using var server = new FakeSmtpServer();
        Console.WriteLine(server.Port);
        await Console.In.ReadToEndAsync();
        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
