using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace NewsWatch.Tests.Support;

/// <summary>Ports of loopback for programs that the tests start, of those that the system gives to nobody unasked; none is given twice.</summary>
internal static class FreePorts
{
    private static readonly ConcurrentDictionary<int, bool> Given = [];

    /// <summary>A port that nothing listens on, and that was not given before.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 30_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
            }
            catch (SocketException)
            {
                continue; // taken
            }

            if (Given.TryAdd(port, true))
            {
                return port;
            }
        }
    }
}
