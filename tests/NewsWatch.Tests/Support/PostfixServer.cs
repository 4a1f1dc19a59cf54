using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using NewsWatch.Configuration;

namespace NewsWatch.Tests.Support;

/// <summary>A test that needs Postfix: where it cannot run it is skipped, and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostfixFactAttribute : FactAttribute
{
    public PostfixFactAttribute() => Skip = PostfixServer.Missing!;
}

/// <summary>
/// A real mail server on loopback: Postfix with a queue, a configuration, a certificate and a user of its own in a folder that is gone afterwards.
/// It wants STARTTLS and a login, and passes everything on to another server.
/// </summary>
internal sealed class PostfixServer : IAsyncDisposable
{
    private const string Daemons = "/usr/lib/postfix/sbin";
    private const string Name = "relay.example.com";
    private readonly string _folder = Folder().FullName;
    private readonly ConcurrentQueue<string> _log = new();
    private Process? _master;

    private PostfixServer()
    {
    }

    /// <summary>Why it cannot run here; null when it can.</summary>
    public static string? Missing =>
        !File.Exists($"{Daemons}/master") ? "Postfix is not installed (Debian: postfix)"
        : !File.Exists("/usr/sbin/saslpasswd2") ? "Postfix cannot check a login (Debian: sasl2-bin, libsasl2-modules)"
        : !MayActForOthers() ? "Postfix starts only as root, with the right to change users and owners"
        : null;

    public int Port { get; } = FreePorts.Next();

    /// <summary>What its log says so far.</summary>
    public string Log => string.Join('\n', _log);

    /// <summary>What a channel needs to send over it: TLS, its certificate, the login.</summary>
    public Channel.Email Channel { get; private set; } = new("mail")
    {
        Host = "127.0.0.1",
        Tls = TlsMode.Required,
        User = "newswatch",
        Password = "secret-4711",
        From = "NewsWatch <alerts@news.example.com>",
    };

    /// <summary>Writes its configuration and starts it.</summary>
    /// <param name="nextHop">The loopback port to which everything is passed on.</param>
    /// <param name="settings">Further lines of main.cf; the last of a name counts.</param>
    public static async Task<PostfixServer> StartAsync(int nextHop, CancellationToken cancellation, params string[] settings)
    {
        var server = new PostfixServer();
        await server.WriteAsync(nextHop, settings, cancellation);
        await server.StartAsync(cancellation);
        return server;
    }

    public async Task StartAsync(CancellationToken cancellation)
    {
        _master = new Process
        {
            StartInfo = new($"{Daemons}/master", ["-c", _folder, "-d"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _master.OutputDataReceived += (_, line) => Heard(line.Data, started);
        _master.ErrorDataReceived += (_, line) => Heard(line.Data, started);
        _master.Start();
        _master.BeginOutputReadLine();
        _master.BeginErrorReadLine();
        await started.Task.WaitAsync(cancellation);
    }

    /// <summary>Kills all its processes without any warning (SIGKILL).</summary>
    public async Task KillAsync()
    {
        if (_master is { } master)
        {
            _master = null;
            master.Kill(entireProcessTree: true);
            await master.WaitForExitAsync();
            master.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void Heard(string? line, TaskCompletionSource started)
    {
        if (line is null)
        {
            started.TrySetException(new IOException($"Postfix ended:\n{Log}"));
            return;
        }

        _log.Enqueue(line);
        if (line.Contains("daemon started", StringComparison.Ordinal))
        {
            started.TrySetResult();
        }
    }

    private async Task WriteAsync(int nextHop, string[] settings, CancellationToken cancellation)
    {
        await RunAsync("chmod", $"755 {_folder}", "", cancellation); // its daemons are another user
        using var certificate = TestCertificate.Create();
        var pem = certificate.ExportCertificatePem();
        Channel = Channel with { Port = Port, TrustedCertificate = pem };
        using var key = System.Security.Cryptography.X509Certificates.RSACertificateExtensions.GetRSAPrivateKey(certificate)!;
        await File.WriteAllTextAsync(At("tls.pem"), $"{key.ExportPkcs8PrivateKeyPem()}\n{pem}\n", cancellation);
        await File.WriteAllTextAsync(At("main.cf"), Main(nextHop) + string.Concat(settings.Select(setting => setting + "\n")), cancellation);
        await File.WriteAllTextAsync(At("master.cf"), Services(), cancellation);
        Directory.CreateDirectory(At("sasl"));
        await File.WriteAllTextAsync(At("sasl/smtpd.conf"), $"pwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path: {At("users")}\nmech_list: PLAIN LOGIN\n", cancellation);
        Directory.CreateDirectory(At("queue"));
        Directory.CreateDirectory(At("data"));
        await RunAsync("saslpasswd2", $"-p -c -u {Name} -f {At("users")} {Channel.User}", Channel.Password!, cancellation);
        await RunAsync("chown", $"postfix {At("users")} {At("data")}", "", cancellation);
        await RunAsync("postfix", $"-c {_folder} check", "", cancellation); // makes the queue's folders
    }

    private string Main(int nextHop) =>
        $"""
        compatibility_level = 3.6
        queue_directory = {At("queue")}
        data_directory = {At("data")}
        daemon_directory = {Daemons}
        myhostname = {Name}
        mydestination =
        alias_maps =
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        relayhost = [127.0.0.1]:{nextHop}
        enable_long_queue_ids = yes
        maillog_file = /dev/stdout
        smtpd_tls_security_level = encrypt
        smtpd_tls_chain_files = {At("tls.pem")}
        smtpd_tls_auth_only = yes
        smtpd_sasl_auth_enable = yes
        smtpd_relay_restrictions = permit_sasl_authenticated, reject

        """;

    private string Services() =>
        $"""
        127.0.0.1:{Port} inet n - n - - smtpd
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        tlsmgr unix - - n 1000? 1 tlsmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        proxymap unix - - n - - proxymap
        smtp unix - - n - - smtp
        error unix - - n - - error
        retry unix - - n - - error
        anvil unix - - n - 1 anvil
        scache unix - - n - 1 scache
        postlog unix-dgram n - n - 1 postlogd

        """;

    private string At(string name) => Path.Combine(_folder, name);

    private static async Task RunAsync(string program, string arguments, string input, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellation);
        process.StandardInput.Close();
        var said = await Task.WhenAll(process.StandardError.ReadToEndAsync(cancellation), process.StandardOutput.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        Assert.True(process.ExitCode == 0, $"{program}: {string.Concat(said)}");
    }

    /// <summary>In memory where that can be: what a kill leaves stays there too, and nothing waits for a disk.</summary>
    private static DirectoryInfo Folder() => Directory.Exists("/dev/shm")
        ? Directory.CreateDirectory($"/dev/shm/newswatch-postfix-{Guid.NewGuid():n}")
        : Directory.CreateTempSubdirectory("newswatch-postfix-");

    /// <summary>A container may leave root without these capabilities.</summary>
    private static bool MayActForOthers()
    {
        const ulong Needed = 1 << 0 | 1 << 1 | 1 << 5 | 1 << 6 | 1 << 7; // chown, dac_override, kill, setgid, setuid
        var line = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("CapEff:", StringComparison.Ordinal)) : null;
        return line is not null && (ulong.Parse(line["CapEff:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & Needed) == Needed;
    }
}
