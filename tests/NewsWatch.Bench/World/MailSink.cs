using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;

namespace NewsWatch.Bench.World;

/// <summary>How a mail server behaves. A function that returns null lets the usual answer be given.</summary>
internal sealed record MailPolicy
{
    /// <summary>A connection beyond so many is refused with 421.</summary>
    public int Connections { get; init; } = int.MaxValue;

    /// <summary>A connection is closed after so many messages.</summary>
    public int MessagesAConnection { get; init; } = int.MaxValue;

    /// <summary>The answer to MAIL FROM.</summary>
    public Func<string?> Mail { get; init; } = () => null;

    /// <summary>The answer to RCPT TO, by the address.</summary>
    public Func<string, string?> Recipient { get; init; } = _ => null;

    /// <summary>What the answer to the final dot waits for.</summary>
    public Func<Task> Dot { get; init; } = () => Task.CompletedTask;
}

/// <summary>A mail that the server took: it counts once its final dot was read.</summary>
/// <param name="At">A timestamp of <see cref="Stopwatch"/>.</param>
/// <param name="Id">Its Message-ID.</param>
/// <param name="Data">As it came, in Latin-1.</param>
internal sealed record SunkMail(long At, string Id, string To, string Data)
{
    private readonly Lazy<MimeMessage> _message = new(() => MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(Data))));
    private IReadOnlyList<string>? _keys;

    public string Subject => _message.Value.Subject ?? "";

    /// <summary>The news that it names with their links, for those who read plain text.</summary>
    public IReadOnlyList<string> Keys => _keys ??= [.. WorldDesk.KeysIn(_message.Value.TextBody ?? "")];
}

/// <summary>A mail server on loopback that behaves as a policy says, can go away and come back, and keeps what it took.</summary>
internal sealed partial class MailSink : IAsyncDisposable
{
    private readonly ConcurrentDictionary<TcpClient, Task> _sessions = new();
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private int _atDot;

    public MailSink() => Open();

    public int Port { get; private set; }

    public MailPolicy Policy { get; set; } = new();

    public ConcurrentQueue<SunkMail> Mails { get; } = new();

    /// <summary>Messages whose final dot was read and not answered.</summary>
    public int AtDot => _atDot;

    /// <summary>Copies beyond the first of each message.</summary>
    public int Repeated => Mails.Count - Mails.Select(mail => mail.Id).Distinct().Count();

    /// <summary>Listens (again), always on the same port.</summary>
    public void Open()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Start(256);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>Stops listening and breaks all connections.</summary>
    public async Task CloseAsync()
    {
        _listener?.Stop();
        await _accepting;
        foreach (var (client, _) in _sessions)
        {
            client.Close();
        }

        await Task.WhenAll(_sessions.Values);
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                client.NoDelay = true;
                _sessions[client] = ServeAsync(client, _sessions.Count);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The server has gone.
        }
    }

    private async Task ServeAsync(TcpClient client, int others)
    {
        await Task.Yield();
        try
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
            await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
            if (others >= Policy.Connections)
            {
                await writer.WriteLineAsync("421 4.7.0 too many connections from you");
                return;
            }

            await writer.WriteLineAsync("220 sink ESMTP");
            await TalkAsync(reader, writer);
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The other side has gone, or this server has.
        }
        finally
        {
            _sessions.TryRemove(client, out _);
            client.Dispose();
        }
    }

    private async Task TalkAsync(StreamReader reader, StreamWriter writer)
    {
        var (to, taken) = ("", 0);
        while (taken < Policy.MessagesAConnection && await reader.ReadLineAsync() is { } line)
        {
            var answer = line.Split(' ', ':')[0].ToUpperInvariant() switch
            {
                "EHLO" => "250-sink\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE 10000000",
                "MAIL" => Policy.Mail() ?? "250 ok",
                "RCPT" => Policy.Recipient(to = line.Split('<', '>')[1]) ?? "250 ok",
                "DATA" => "354 go",
                "QUIT" => "221 bye",
                _ => "250 ok",
            };
            await writer.WriteLineAsync(answer);
            if (answer.StartsWith("354", StringComparison.Ordinal))
            {
                await TakeAsync(reader, to);
                taken++;
                await writer.WriteLineAsync("250 2.0.0 queued");
            }
            else if (answer.StartsWith('2') && answer.Contains("bye", StringComparison.Ordinal))
            {
                return;
            }
        }
    }

    private async Task TakeAsync(StreamReader reader, string to)
    {
        var data = new StringBuilder();
        while (await reader.ReadLineAsync() is var line && line != ".")
        {
            data.Append(line ?? throw new IOException("broken inside a message")).Append('\n');
        }

        var text = data.ToString();
        Mails.Enqueue(new(Stopwatch.GetTimestamp(), MessageId().Match(text).Groups[1].Value, to, text));
        Interlocked.Increment(ref _atDot);
        try
        {
            await Policy.Dot();
        }
        finally
        {
            Interlocked.Decrement(ref _atDot);
        }
    }

    [GeneratedRegex(@"^message-id:\s*(?<id>\S+)", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 30_000)]
    private static partial Regex MessageId();
}
