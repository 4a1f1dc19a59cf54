using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;
using MimeKit;

namespace NewsWatch.Tests.Support;

/// <summary>Where in the dialogue a fault happens.</summary>
internal enum SmtpStage
{
    Greeting,
    StartTls,
    Auth,
    Mail,
    Rcpt,
    Data,

    /// <summary>Within the text, before its final dot.</summary>
    Text,
    Dot,
}

/// <summary>One fault: at its stage the server answers that line, or breaks the connection, after <paramref name="Until"/>.</summary>
/// <param name="Answer">The reply; null breaks the connection.</param>
/// <param name="AfterAccepting">True to take the message first, and then break.</param>
internal sealed record SmtpFault(SmtpStage At, string? Answer = null, Func<Task>? Until = null, bool AfterAccepting = false);

/// <summary>A mail as it came over the wire.</summary>
internal sealed record ReceivedMail(string From, IReadOnlyList<string> To, string Data)
{
    public MimeMessage Message => MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(Data)));
}

/// <summary>
/// A mail server on loopback: EHLO, PIPELINING, SMTPUTF8, STARTTLS with a certificate of its own, AUTH PLAIN and LOGIN, and faults by script. A mail counts
/// as taken when its final dot has been read, which is before the sender can know it: what a crash test needs.
/// </summary>
internal sealed class FakeSmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly ConcurrentQueue<SmtpFault> _faults = new();
    private readonly ConcurrentBag<Task> _sessions = [];
    private readonly ConcurrentQueue<Lazy<MimeMessage>> _accepted = new();
    private readonly Channel<Lazy<MimeMessage>> _arrivals = Channel.CreateUnbounded<Lazy<MimeMessage>>();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private int _connections;
    private int _open;

    public FakeSmtpServer(int port = 0)
    {
        _listener = new(IPAddress.Loopback, port);
        _listener.Start(128);
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ConcurrentQueue<ReceivedMail> Mails { get; } = new();

    public IReadOnlyList<MimeMessage> Accepted => [.. _accepted.Select(mail => mail.Value)];

    public ConcurrentQueue<string> Commands { get; } = new();

    /// <summary>user:password; null wants no login.</summary>
    public string? Login { get; init; }

    public bool OffersTls { get; init; }

    public bool OffersUtf8 { get; init; } = true;

    /// <summary>The largest mail it says that it takes; null says nothing.</summary>
    public int? Size { get; init; }

    /// <summary>One connection more at the same time is greeted with 421.</summary>
    public int MaxConnections { get; init; } = int.MaxValue;

    /// <summary>After so many mails it closes their connection.</summary>
    public int MaxMails { get; init; } = int.MaxValue;

    /// <summary>What it answers to each sender or recipient of its own accord; null is 250.</summary>
    public Func<SmtpStage, string, string?> Policy { get; set; } = (_, _) => null;

    public int Connections => _connections;

    /// <summary>The server's own certificate.</summary>
    public X509Certificate2 Identity { get; init; } = TestCertificate.Create();

    /// <summary>What vouches for the server.</summary>
    public string Certificate => Identity.ExportCertificatePem();

    /// <summary>Lines that ended without the carriage return that RFC 5321 wants.</summary>
    public int BareLineEnds { get; private set; }

    /// <summary>The next time that stage is reached, on whatever connection, this happens.</summary>
    public void Next(SmtpFault fault) => _faults.Enqueue(fault);

    /// <summary>Waits for the next mail.</summary>
    public async Task<MimeMessage> NextAsync(CancellationToken cancellation) => (await _arrivals.Reader.ReadAsync(cancellation)).Value;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_sessions);
        Identity.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                client.NoDelay = true;
                Interlocked.Increment(ref _connections);
                _sessions.Add(ServeAsync(client));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped between two connections: the listener then says that it was never started.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        try
        {
            if (Interlocked.Increment(ref _open) > MaxConnections)
            {
                await client.GetStream().WriteAsync("421 4.7.0 too many connections\r\n"u8.ToArray());
                return;
            }

            await new Session(this, client.GetStream()).RunAsync(_stop.Token);
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private void Take(ReceivedMail mail)
    {
        var message = new Lazy<MimeMessage>(() => mail.Message); // a load test asks for none
        Mails.Enqueue(mail);
        _accepted.Enqueue(message);
        _arrivals.Writer.TryWrite(message);
    }

    private SmtpFault? FaultAt(SmtpStage stage) => _faults.TryPeek(out var fault) && fault.At == stage && _faults.TryDequeue(out fault) ? fault : null;

    private sealed class Session(FakeSmtpServer server, Stream wire)
    {
        private readonly byte[] _buffer = new byte[16 * 1024];
        private Stream _wire = wire;
        private int _start;
        private int _end;
        private bool _secure;
        private int _mails;
        private string _from = "";
        private List<string> _to = [];

        public async Task RunAsync(CancellationToken stop)
        {
            if (!await StageAsync(SmtpStage.Greeting, "220 fake ESMTP", stop))
            {
                return;
            }

            while (await LineAsync(stop) is { } line)
            {
                server.Commands.Enqueue(line);
                if (!await CommandAsync(line, stop))
                {
                    return;
                }
            }
        }

        private async Task<bool> CommandAsync(string line, CancellationToken stop)
        {
            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await SayAsync("250-fake\r\n250-PIPELINING\r\n" + (server.OffersTls && !_secure ? "250-STARTTLS\r\n" : "") + (server.Login is null ? "" : "250-AUTH PLAIN LOGIN\r\n") + (server.OffersUtf8 ? "250-SMTPUTF8\r\n" : "") + (server.Size is { } size ? $"250-SIZE {size}\r\n" : "") + "250 8BITMIME", stop);
                    return true;
                case "STARTTLS":
                    return await StageAsync(SmtpStage.StartTls, "220 go", stop) && await SecureAsync(stop);
                case "AUTH":
                    return await AuthAsync(line, stop);
                case "MAIL":
                    _from = Address(line);
                    _to = [];
                    return await StageAsync(SmtpStage.Mail, server.Policy(SmtpStage.Mail, _from) ?? "250 ok", stop);
                case "RCPT":
                    var refusal = server.Policy(SmtpStage.Rcpt, Address(line));
                    return await StageAsync(SmtpStage.Rcpt, refusal ?? "250 ok", stop, refusal is null ? () => _to.Add(Address(line)) : null);
                case "DATA":
                    return await DataAsync(stop);
                case "QUIT":
                    await SayAsync("221 bye", stop);
                    return false;
                default:
                    await SayAsync("250 ok", stop);
                    return true;
            }
        }

        private async Task<bool> DataAsync(CancellationToken stop)
        {
            if (_to.Count == 0)
            {
                await SayAsync("503 no recipients", stop);
                return true;
            }

            var inData = false;
            var goesOn = await StageAsync(SmtpStage.Data, "354 go", stop, () => inData = true);
            if (!goesOn || !inData)
            {
                return goesOn;
            }

            if (server.FaultAt(SmtpStage.Text) is not null)
            {
                await LineAsync(stop);
                return false;
            }

            var data = new StringBuilder();
            while (await LineAsync(stop) is { } line)
            {
                if (line == ".")
                {
                    var mail = new ReceivedMail(_from, _to, data.ToString());
                    return await StageAsync(SmtpStage.Dot, "250 2.0.0 queued as 42", stop, () => server.Take(mail)) && ++_mails < server.MaxMails;
                }

                data.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            }

            return false;
        }

        private async Task<bool> AuthAsync(string line, CancellationToken stop)
        {
            var words = line.Split(' ');
            string login;
            if (words[1] == "PLAIN")
            {
                login = string.Join(':', Decode(words[2]).Split('\0')[1..]);
            }
            else
            {
                await SayAsync("334 VXNlcm5hbWU6", stop);
                var user = Decode(await LineAsync(stop) ?? "");
                await SayAsync("334 UGFzc3dvcmQ6", stop);
                login = $"{user}:{Decode(await LineAsync(stop) ?? "")}";
            }

            return await StageAsync(SmtpStage.Auth, login == server.Login ? "235 ok" : "535 no", stop);
        }

        private async Task<bool> SecureAsync(CancellationToken stop)
        {
            var tls = new SslStream(_wire);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = server.Identity }, stop);
            _wire = tls;
            _secure = true;
            return true;
        }

        /// <summary>The usual answer, or the fault that is due here; false when the connection is to break.</summary>
        private async Task<bool> StageAsync(SmtpStage stage, string answer, CancellationToken stop, Action? done = null)
        {
            if (server.FaultAt(stage) is not { } fault)
            {
                done?.Invoke();
                await SayAsync(answer, stop);
                return true;
            }

            if (fault.AfterAccepting)
            {
                done?.Invoke();
            }

            await (fault.Until?.Invoke() ?? Task.CompletedTask).WaitAsync(stop);
            if (fault.Answer is null)
            {
                return false;
            }

            await SayAsync(fault.Answer, stop);
            return !fault.Answer.StartsWith("421", StringComparison.Ordinal);
        }

        private async Task<string?> LineAsync(CancellationToken stop)
        {
            var line = new StringBuilder();
            while (true)
            {
                if (_start == _end)
                {
                    (_start, _end) = (0, await _wire.ReadAsync(_buffer, stop));
                    if (_end == 0)
                    {
                        return null;
                    }
                }

                var at = Array.IndexOf(_buffer, (byte)'\n', _start, _end - _start);
                var upTo = at < 0 ? _end : at + 1;
                line.Append(Encoding.Latin1.GetString(_buffer, _start, upTo - _start));
                _start = upTo;
                if (at >= 0)
                {
                    server.BareLineEnds += line.Length > 1 && line[^2] == '\r' ? 0 : 1;
                    return line.ToString(0, line.Length - (line.Length > 1 && line[^2] == '\r' ? 2 : 1));
                }
            }
        }

        private async Task SayAsync(string answer, CancellationToken stop)
        {
            await _wire.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), stop);
            await _wire.FlushAsync(stop);
        }

        private static string Address(string line) => line.Split('<', '>')[1];

        private static string Decode(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));
    }
}
