using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using MimeKit;

namespace NewsWatch.Tests.Support;

/// <summary>
/// A mail server on loopback without TLS that takes everything. A message counts as accepted when its final dot has been read,
/// which is before the sender can know it: what a crash test needs.
/// </summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<MimeMessage> _accepted = new();
    private readonly Channel<MimeMessage> _arrivals = Channel.CreateUnbounded<MimeMessage>();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private int _connections;

    public SmtpSink()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Taken so far.</summary>
    public int Connections => _connections;

    public IReadOnlyList<MimeMessage> Accepted => [.. _accepted];

    /// <summary>Waits for the next message.</summary>
    public ValueTask<MimeMessage> NextAsync(CancellationToken cancellation) => _arrivals.Reader.ReadAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        Interlocked.Increment(ref _connections);
        using var connection = client;
        client.NoDelay = true;
        try
        {
            await TalkAsync(client.GetStream());
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // the other side was killed, or the test is over
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await SayAsync(stream, "220 sink.example.com ESMTP");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            var answer = line.Split(' ')[0].ToUpperInvariant() switch
            {
                "EHLO" => "250-sink.example.com\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8",
                "DATA" => await TakeAsync(stream, reader),
                "QUIT" => "221 bye",
                _ => "250 ok",
            };
            await SayAsync(stream, answer);
        }
    }

    private async Task<string> TakeAsync(NetworkStream stream, StreamReader reader)
    {
        await SayAsync(stream, "354 go on");
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            if (line == ".")
            {
                using var bytes = new MemoryStream(Encoding.Latin1.GetBytes(text.ToString()));
                var message = await MimeMessage.LoadAsync(bytes, _stop.Token);
                _accepted.Enqueue(message);
                await _arrivals.Writer.WriteAsync(message, _stop.Token);
                return "250 2.0.0 queued";
            }

            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        throw new IOException("cut inside DATA");
    }

    private static async Task SayAsync(NetworkStream stream, string answer) => await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"));
}
