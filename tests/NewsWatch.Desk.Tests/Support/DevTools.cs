using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NewsWatch.Desk.Tests.Support;

/// <summary>
/// The few verbs of the DevTools protocol that the journeys need, over one connection. An own client, because the libraries bring a browser, or packages that cannot be
/// restored as they are asked for.
/// </summary>
internal sealed class DevTools : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _asked = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _over = new();
    private int _last;
    private Task _reading = Task.CompletedTask;

    /// <summary>Something happened: the session, the event's name, what it says.</summary>
    public event Action<string, string, JsonNode>? Happened;

    public static async Task<DevTools> ConnectAsync(Uri address)
    {
        var tools = new DevTools();
        await tools._socket.ConnectAsync(address, CancellationToken.None);
        tools._reading = Task.Run(tools.ReadAsync);
        return tools;
    }

    /// <summary>Asks, in a session or of the browser itself, and returns the result.</summary>
    /// <exception cref="InvalidOperationException">The browser refuses.</exception>
    public async Task<JsonNode> AskAsync(string method, object? parameters = null, string? session = null)
    {
        var (id, answer) = (Interlocked.Increment(ref _last), new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously));
        _asked[id] = answer;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = JsonSerializer.SerializeToNode(parameters ?? new { }) };
        if (session is not null)
        {
            message["sessionId"] = session;
        }

        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, _over.Token);
        }
        finally
        {
            _sending.Release();
        }

        return await answer.Task.WaitAsync(Browser.Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
        _over.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer.GetMemory(64 * 1024), _over.Token);
                buffer.Advance(part.Count);
                if (part.EndOfMessage)
                {
                    Take(JsonNode.Parse(buffer.WrittenSpan)!);
                    buffer.ResetWrittenCount();
                }
            }
        }
        catch (Exception closed) when (closed is OperationCanceledException or WebSocketException)
        {
            // The test is over, or the browser has ended: who still asks hears of it.
            foreach (var answer in _asked.Values)
            {
                answer.TrySetException(new InvalidOperationException("the browser has ended"));
            }
        }
    }

    private void Take(JsonNode message)
    {
        if (message["id"] is null)
        {
            Happened?.Invoke(message["sessionId"]?.GetValue<string>() ?? "", message["method"]!.GetValue<string>(), message["params"]!);
        }
        else if (_asked.TryRemove(message["id"]!.GetValue<int>(), out var answer))
        {
            if (message["error"] is { } error)
            {
                answer.TrySetException(new InvalidOperationException(error.ToJsonString()));
            }
            else
            {
                answer.TrySetResult(message["result"]!);
            }
        }
    }
}
