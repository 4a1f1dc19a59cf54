using System.Net;
using System.Net.Sockets;

namespace NewsWatch.Tests.Support;

/// <summary>A TCP server on loopback for what no HTTP server would do: silence, drips, rubbish.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _talks = [];
    private readonly Task _accepting;
    private int _connections;

    public RawServer(Func<NetworkStream, CancellationToken, Task> talk, IPAddress? address = null)
    {
        _listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        _listener.Start();
        _accepting = AcceptAsync(talk);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections accepted so far.</summary>
    public int Connections => _connections;

    /// <summary>Ends when the first connection is there.</summary>
    public TaskCompletionSource Connected { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_talks);
        _stopping.Dispose();
    }

    private async Task AcceptAsync(Func<NetworkStream, CancellationToken, Task> talk)
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stopping.Token);
                Interlocked.Increment(ref _connections);
                Connected.TrySetResult();
                _talks.Add(TalkAsync(socket, talk));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(Socket socket, Func<NetworkStream, CancellationToken, Task> talk)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            await talk(stream, _stopping.Token);
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // The other side has gone.
        }
    }
}
