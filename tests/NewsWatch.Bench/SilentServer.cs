using System.Net;
using System.Net.Sockets;

namespace NewsWatch.Bench;

/// <summary>Takes connections and never says a word.</summary>
internal sealed class SilentServer : IAsyncDisposable
{
    /// <summary>A port at which nobody listens: reserved by IANA, and privileged.</summary>
    public const int Refusing = 1;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _clients = [];
    private readonly Task _accepting;

    public SilentServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        _clients.ForEach(client => client.Dispose());
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _clients.Add(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // measured
        }
    }
}
