using System.Net;
using System.Net.Sockets;

namespace NewsWatch.Tests.Hostile;

/// <summary>A name server on UDP port 53 of 127.0.0.1 that answers A questions with two addresses in turn, good for no time at all (RFC 1035).</summary>
internal sealed class RebindingDns : IAsyncDisposable
{
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 53));
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private int _answers;

    public RebindingDns(IPAddress odd, IPAddress even) => _serving = ServeAsync(odd, even);

    /// <summary>A questions answered so far.</summary>
    public int Answers => _answers;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync(IPAddress odd, IPAddress even)
    {
        try
        {
            while (true)
            {
                var question = await _socket.ReceiveAsync(_stop.Token);
                await _socket.SendAsync(Answer(question.Buffer, odd, even), question.RemoteEndPoint, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The measuring is over.
        }
    }

    private byte[] Answer(byte[] question, IPAddress odd, IPAddress even)
    {
        var end = 12;
        while (question[end] != 0)
        {
            end += question[end] + 1;
        }

        var isA = question[end + 2] == 1;
        byte[] header = [question[0], question[1], 0x81, 0x80, 0, 1, 0, (byte)(isA ? 1 : 0), 0, 0, 0, 0];
        byte[] record = isA ? [0xC0, 0x0C, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, .. (++_answers % 2 == 1 ? odd : even).GetAddressBytes()] : [];
        return [.. header, .. question[12..(end + 5)], .. record];
    }
}
