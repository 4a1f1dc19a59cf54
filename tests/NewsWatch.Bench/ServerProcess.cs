using System.Diagnostics;
using System.Globalization;

namespace NewsWatch.Bench;

/// <summary>The other side of a verb, in a process of its own, so that what is measured is ours alone. It prints its port first and ends with its standard input.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="verb">The verb of this program that serves, with its arguments.</param>
    public static async Task<ServerProcess> StartAsync(string verb)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "NewsWatch.Bench"), verb) { UseShellExecute = false, WorkingDirectory = Path.GetTempPath(), RedirectStandardInput = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        return new(process, int.Parse((await process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
