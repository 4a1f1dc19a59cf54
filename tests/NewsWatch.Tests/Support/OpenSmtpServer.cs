using System.Collections.Concurrent;
using System.Diagnostics;
using NewsWatch.Configuration;

namespace NewsWatch.Tests.Support;

/// <summary>A test that needs OpenSMTPD: where it cannot run it is skipped, and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenSmtpFactAttribute : FactAttribute
{
    public OpenSmtpFactAttribute() => Skip = OpenSmtpServer.Missing!;
}

/// <summary>
/// A real mail server on loopback: OpenSMTPD, which passes everything on to another server. Its users, its queue and its other fixed
/// paths are its own: it runs in a mount namespace that ends with it. Debian's package cannot be installed beside Postfix, so it is unpacked
/// (tests/run.sh), and NEWSWATCH_OPENSMTPD names the folder.
/// </summary>
internal sealed class OpenSmtpServer : IAsyncDisposable
{
    private const string Folders =
        """
        mount --make-rprivate /
        mount --bind passwd /etc/passwd
        mount --bind group /etc/group
        mount -t tmpfs -o mode=755 tmpfs /var/lib
        mount -t tmpfs -o mode=755 tmpfs /var/spool
        mount -t tmpfs -o mode=755 tmpfs /run
        mkdir -p /var/lib/opensmtpd/empty
        mkdir -m 711 /var/spool/smtpd
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("newswatch-opensmtpd-").FullName;
    private readonly ConcurrentQueue<string> _log = new();
    private Process? _server;

    private OpenSmtpServer()
    {
    }

    /// <summary>Why it cannot run here; null when it can.</summary>
    public static string? Missing { get; } =
        !File.Exists(Program) ? "OpenSMTPD is not there (NEWSWATCH_OPENSMTPD: the folder of Debian's unpacked opensmtpd)"
        : !MayMount() ? "OpenSMTPD starts only as root, with the right to mount"
        : null;

    private static string Folder => Environment.GetEnvironmentVariable("NEWSWATCH_OPENSMTPD") ?? "";

    private static string Program => Path.Combine(Folder, "usr/sbin/smtpd");

    public int Port { get; } = FreePorts.Next();

    /// <summary>What its log says so far.</summary>
    public string Log => string.Join('\n', _log);

    /// <summary>What a channel needs to send over it. Without TLS: Debian's build of it fails each handshake.</summary>
    public Channel.Email Channel => new("mail") { Host = "127.0.0.1", Port = Port, Tls = TlsMode.None, From = "NewsWatch <alerts@news.example.com>" };

    /// <summary>Writes its configuration and starts it.</summary>
    /// <param name="nextHop">The loopback port to which everything is passed on.</param>
    /// <param name="settings">Further lines of smtpd.conf, before the rule that takes every mail.</param>
    public static async Task<OpenSmtpServer> StartAsync(int nextHop, CancellationToken cancellation, params string[] settings)
    {
        var server = new OpenSmtpServer();
        await server.WriteAsync(nextHop, settings, cancellation);
        server.Start();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            server.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private void Start()
    {
        _server = new Process
        {
            StartInfo = new("unshare", ["--mount", "sh", "-ec", $"{Folders}\nexec {Program} -d -f {_folder}/smtpd.conf"])
            {
                WorkingDirectory = _folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["LD_LIBRARY_PATH"] = Path.Combine(Folder, "usr/lib/x86_64-linux-gnu") },
            },
        };
        _server.OutputDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _server.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _server.Start();
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
    }

    private async Task WriteAsync(int nextHop, string[] settings, CancellationToken cancellation)
    {
        await WriteAsync("passwd", await File.ReadAllTextAsync("/etc/passwd", cancellation) + Users(":/var/lib/opensmtpd/empty:/usr/sbin/nologin", "x:{0}:{0}:"), cancellation);
        await WriteAsync("group", await File.ReadAllTextAsync("/etc/group", cancellation) + Users("", "x:{0}:"), cancellation);
        await WriteAsync(
            "smtpd.conf",
            $"""
            listen on lo port {Port} hostname relay.example.com
            {string.Join('\n', settings)}
            action "on" relay host smtp://127.0.0.1:{nextHop}
            match from any for any action "on"

            """,
            cancellation);
    }

    /// <summary>The two users that the program runs as, in the form of /etc/passwd or /etc/group.</summary>
    private static string Users(string end, string form) => string.Concat(
        new[] { ("opensmtpd", 64_990), ("opensmtpq", 64_991) }.Select(user => $"{user.Item1}:{form.Replace("{0}", $"{user.Item2}", StringComparison.Ordinal)}{end}\n"));

    private async Task WriteAsync(string name, string text, CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(At(name), text, cancellation);
        if (!OperatingSystem.IsWindows())
        {
            // It may not be writable by others.
            File.SetUnixFileMode(At(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
    }

    private string At(string name) => Path.Combine(_folder, name);

    private static bool MayMount()
    {
        if (!File.Exists("/usr/bin/unshare"))
        {
            return false;
        }

        using var attempt = Process.Start(new ProcessStartInfo("unshare", ["--mount", "mount", "--make-rprivate", "/"]) { RedirectStandardError = true, UseShellExecute = false });
        attempt?.WaitForExit();
        return attempt?.ExitCode == 0;
    }
}
