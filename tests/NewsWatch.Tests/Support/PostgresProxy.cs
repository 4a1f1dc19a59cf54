using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace NewsWatch.Tests.Support;

/// <summary>
/// Stands between a service and its PostgreSQL: counts the commands that cross it, and cuts the connection at the next COMMIT, either before the server hears of it or when the server has carried it
/// out and its answer is on the way. One of the two is what a network does, and nobody who sent the COMMIT can tell which. It can also swallow everything, as a network does whose firewall has forgotten a connection:
/// nobody gets an error.
/// </summary>
internal sealed class PostgresProxy : IAsyncDisposable
{
    private static readonly byte[] Commit = Encoding.ASCII.GetBytes("COMMIT\0");
    private readonly RawServer _server;
    private readonly int _port;
    private int _commands;
    private int _left;
    private volatile Cut _cut = Cut.None;
    private volatile TaskCompletionSource _silence = new();
    private volatile bool _isSilent;

    /// <summary>Listens before a database.</summary>
    /// <param name="place">The connection string of the database.</param>
    public PostgresProxy(string place)
    {
        _port = new NpgsqlConnectionStringBuilder(place).Port;
        _server = new(TalkAsync);
        Place = new NpgsqlConnectionStringBuilder(place) { Port = _server.Port, SslMode = SslMode.Disable, GssEncryptionMode = GssEncryptionMode.Disable }.ToString();
    }

    private enum Cut
    {
        None,
        BeforeIt,
        BehindIt,
    }

    /// <summary>The connection string of the database through here.</summary>
    public string Place { get; }

    /// <summary>Commands that were sent so far, each of which waited for an answer; several statements may be one.</summary>
    public int Commands => Volatile.Read(ref _commands);

    /// <summary>How long each command takes before the server hears of it.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>True when the connection was cut.</summary>
    public bool HasCut => _cut == Cut.None;

    /// <summary>The next COMMIT, or one behind it, has no answer.</summary>
    /// <param name="arrives">Whether the server carries it out.</param>
    public void CutAtCommit(bool arrives, int commit = 1) => (_left, _cut) = (commit, arrives ? Cut.BehindIt : Cut.BeforeIt);

    /// <summary>From now on nothing passes: connections that are open, and those that are opened, stay open and bring no answer.</summary>
    public void Swallow()
    {
        _isSilent = true;
        Interlocked.Exchange(ref _silence, new()).SetResult();
    }

    /// <summary>Connections that are opened from now on work; the older ones stay silent.</summary>
    public void Pass() => _isSilent = false;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TalkAsync(NetworkStream client, CancellationToken cancellation)
    {
        var silence = _silence.Task;
        if (_isSilent)
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _port, cancellation);
        var server = socket.GetStream();
        var talks = new[] { AskAsync(client, server, ending), AnswerAsync(server, client, ending.Token) };
        if (await Task.WhenAny([.. talks, silence]) == silence)
        {
            await ending.CancelAsync();
            await ((Task)Task.WhenAll(talks)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(Timeout.Infinite, cancellation);
        }

        await ending.CancelAsync();
        socket.Close();
        client.Close();
        await ((Task)Task.WhenAll(talks)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Message by message: a type, but for the first one, the length of what follows with itself, and that.</summary>
    private async Task AskAsync(NetworkStream client, NetworkStream server, CancellationTokenSource ending)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var head = new byte[isFirst ? 4 : 5];
            await client.ReadExactlyAsync(head, ending.Token);
            var body = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(head.Length - 4)) - 4];
            await client.ReadExactlyAsync(body, ending.Token);
            if (!isFirst && body.AsSpan().IndexOf(Commit) >= 0 && _cut == Cut.BeforeIt && --_left == 0)
            {
                _cut = Cut.None;
                return;
            }

            if (!isFirst && head[0] is (byte)'S' or (byte)'Q')
            {
                _commands++;
                await Task.Delay(Delay, ending.Token);
            }

            await server.WriteAsync((byte[])[.. head, .. body], ending.Token);
        }
    }

    private async Task AnswerAsync(NetworkStream server, NetworkStream client, CancellationToken cancellation)
    {
        var piece = new byte[16 * 1024];
        while (await server.ReadAsync(piece, cancellation) is > 0 and var count)
        {
            if (_cut == Cut.BehindIt && piece.AsSpan(0, count).IndexOf(Commit) >= 0 && --_left == 0)
            {
                _cut = Cut.None;
                return;
            }

            await client.WriteAsync(piece.AsMemory(0, count), cancellation);
        }
    }
}
