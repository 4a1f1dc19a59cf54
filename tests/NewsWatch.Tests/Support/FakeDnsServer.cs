using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using DnsClient;

namespace NewsWatch.Tests.Support;

/// <summary>A name server on loopback that knows some TXT records, and of all other names that they do not exist.</summary>
internal sealed class FakeDnsServer : IAsyncDisposable
{
    private const int Header = 12;
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public FakeDnsServer() => _serving = ServeAsync();

    public Dictionary<string, string> Texts { get; init; } = [];

    /// <summary>A client that asks this server alone, and soon gives up.</summary>
    public ILookupClient Client => new LookupClient(new LookupClientOptions((IPEndPoint)_socket.Client.LocalEndPoint!) { Timeout = TimeSpan.FromSeconds(10), Retries = 0, UseTcpFallback = false });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var question = await _socket.ReceiveAsync(_stop.Token);
                await _socket.SendAsync(Answer(question.Buffer), question.RemoteEndPoint, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private byte[] Answer(byte[] question)
    {
        var end = Header;
        var labels = new List<string>();
        while (question[end] > 0)
        {
            labels.Add(Encoding.ASCII.GetString(question, end + 1, question[end]));
            end += question[end] + 1;
        }

        end += 5; // the root label, type and class
        var found = Texts.TryGetValue(string.Join('.', labels), out var text);
        byte[] answer = [.. question[..end]];
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(2), (ushort)(found ? 0x8180 : 0x8183));
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(6), (ushort)(found ? 1 : 0));
        BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(8), 0);
        return found ? [.. answer, .. Record(text!)] : answer;
    }

    private static byte[] Record(string text)
    {
        var strings = text.Chunk(255).SelectMany(piece => new[] { (byte)piece.Length }.Concat(Encoding.ASCII.GetBytes(piece))).ToArray();
        var record = new byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(record, 0xC00C); // the name of the question
        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(2), 16);
        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt32BigEndian(record.AsSpan(6), 60);
        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(10), (ushort)strings.Length);
        return [.. record, .. strings];
    }
}
