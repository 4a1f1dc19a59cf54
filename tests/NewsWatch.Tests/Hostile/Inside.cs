using System.Net;
using System.Net.Sockets;

namespace NewsWatch.Tests.Hostile;

/// <summary>What must never be reached: a listener on 127.0.0.1, and on ::1 where there is one.</summary>
internal sealed class Inside : IDisposable
{
    private readonly List<TcpListener> _listeners = [new TcpListener(IPAddress.Loopback, 0)];
    private int _connections;

    public Inside()
    {
        _listeners[0].Start();
        if (Socket.OSSupportsIPv6)
        {
            var six = new TcpListener(IPAddress.IPv6Loopback, Port);
            try
            {
                six.Start();
                _listeners.Add(six);
            }
            catch (SocketException)
            {
                // Without IPv6 on loopback there is nothing to reach there.
                six.Dispose();
            }
        }
    }

    public int Port => ((IPEndPoint)_listeners[0].LocalEndpoint).Port;

    /// <summary>Connections that came so far; the system accepts them before anybody asks.</summary>
    public int Connections
    {
        get
        {
            foreach (var listener in _listeners)
            {
                while (listener.Pending())
                {
                    listener.AcceptSocket().Dispose();
                    _connections++;
                }
            }

            return _connections;
        }
    }

    /// <summary>A port of 127.0.0.1 that was free a moment ago, of those that the system gives to nobody unasked.</summary>
    public static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(20_000, 30_000));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Somebody has it; another is tried.
            }
        }
    }

    public void Dispose() => _listeners.ForEach(listener => listener.Dispose());
}
