using System.Diagnostics;
using System.Globalization;

namespace NewsWatch.Tests.Support;

/// <summary>A real PgBouncer on loopback before a PostgreSQL server: each transaction may run on another of the server's connections (transaction pooling).</summary>
public sealed class PgBouncer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/pgbouncer";
    private readonly Process _process;

    private PgBouncer(int port, Process process) => (Port, _process) = (port, process);

    /// <summary>Why it cannot run here; null when it can.</summary>
    public static string? Missing => File.Exists(Program) ? PostgresServer.Missing : "PgBouncer is not installed (Debian: pgbouncer)";

    /// <summary>Its port.</summary>
    public int Port { get; }

    /// <summary>Starts it.</summary>
    /// <param name="server">The server's port.</param>
    /// <param name="folder">Where its configuration may lie.</param>
    public static async Task<PgBouncer> StartAsync(int server, string folder)
    {
        var (port, configuration) = (FreePorts.Next(), Path.Combine(folder, "pgbouncer.ini"));
        await File.WriteAllTextAsync(configuration, string.Create(CultureInfo.InvariantCulture, $"""
            [databases]
            * = host=127.0.0.1 port={server} user={PostgresServer.Account}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = 4
            server_idle_timeout = 1
            max_client_conn = 200
            """));
        string[] command = PostgresServer.As(Program);
        var process = Process.Start(new ProcessStartInfo(command[0], [.. command[1..], configuration]) { UseShellExecute = false, RedirectStandardError = true, WorkingDirectory = "/" })!;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null || line.Data.Contains("process up", StringComparison.Ordinal))
            {
                started.TrySetResult();
            }
        };
        process.BeginErrorReadLine();
        await started.Task;
        return new(port, process);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
