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

    public void Dispose() => _listeners.ForEach(listener => listener.Dispose());
}
