using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Fetching;

namespace NewsWatch.Tests.Fetching;

/// <summary>Happy Eyeballs on a clock moved by hand; addresses hang, refuse or connect as a test says.</summary>
public sealed class DialerTests : IDisposable
{
    private const string Six = "2001:db8::1";
    private const string OtherSix = "2001:db8::2";
    private const string Four = "192.0.2.1";
    private const string OtherFour = "192.0.2.2";
    private readonly FakeTimeProvider _clock = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Socket>> _attempts = new();
    private readonly Channel<string> _tried = Channel.CreateUnbounded<string>();
    private readonly List<Socket> _sockets = [];
    private bool _cancellable = true;

    public void Dispose()
    {
        _sockets.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task An_address_that_leads_nowhere_costs_a_quarter_of_a_second()
    {
        var connecting = DialAsync(Six, Four);
        Assert.Equal(Six, await NextTriedAsync());

        _clock.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(Four, await NextTriedAsync());
        var socket = Connect(Four);

        Assert.Same(socket, await connecting);
        Assert.True(_attempts[Six].Task.IsCanceled);
    }

    [Fact]
    public async Task An_address_that_refuses_costs_no_time()
    {
        var connecting = DialAsync(Six, Four);
        Refuse(await NextTriedAsync());

        Assert.Equal(Four, await NextTriedAsync());
        var socket = Connect(Four);

        Assert.Same(socket, await connecting);
    }

    [Fact]
    public async Task The_families_take_turns_the_preferred_one_first()
    {
        var connecting = DialAsync(Six, OtherSix, Four, OtherFour);
        var order = new List<string>();
        for (var attempt = 0; attempt < 4; attempt++)
        {
            order.Add(await NextTriedAsync());
            Refuse(order[^1]);
        }

        Assert.Equal([Six, Four, OtherSix, OtherFour], order);
        Assert.Equal(SocketError.ConnectionRefused, (await Assert.ThrowsAsync<SocketException>(() => connecting)).SocketErrorCode);
    }

    [Fact]
    public async Task Of_two_connections_that_come_together_one_is_given_and_the_other_closed()
    {
        _cancellable = false;
        var connecting = DialAsync(Six, Four);
        await NextTriedAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        await NextTriedAsync();
        var second = NewSocket();
        var first = Connect(Four);
        _attempts[Six].SetResult(second);

        var given = await connecting;
        Assert.Contains(given, new[] { first, second });
        Assert.Equal([given], new[] { first, second }.Where(socket => !socket.SafeHandle.IsClosed));
    }

    [Fact]
    public async Task A_caller_that_gives_up_leaves_no_attempt_behind()
    {
        using var over = new CancellationTokenSource();
        var connecting = DialAsync(over.Token, Six, Four);
        await NextTriedAsync();

        await over.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        Assert.True(_attempts[Six].Task.IsCanceled);
    }

    [Fact]
    public async Task Addresses_that_are_not_allowed_are_never_tried()
    {
        var dialer = NewDialer([Six, Four, OtherFour]);
        var connecting = dialer.ConnectAsync("mixed.example.com", 80, address => address.ToString() == OtherFour, CancellationToken.None);

        Assert.Equal(OtherFour, await NextTriedAsync());
        Connect(OtherFour);
        await connecting;
        Assert.Equal(0, _tried.Reader.Count);
        await Assert.ThrowsAsync<BlockedException>(() => dialer.ConnectAsync("mixed.example.com", 80, _ => false, CancellationToken.None));
    }

    [Fact]
    public async Task Of_a_name_with_addresses_without_end_sixteen_are_tried()
    {
        var connecting = NewDialer([.. Enumerable.Range(1, 200).Select(last => $"192.0.2.{last}")]).ConnectAsync("many.example.com", 80, null, CancellationToken.None);
        for (var attempt = 0; attempt < 16; attempt++)
        {
            Refuse(await NextTriedAsync());
        }

        await Assert.ThrowsAsync<SocketException>(() => connecting);
        Assert.Equal(0, _tried.Reader.Count);
    }

    private Task<Socket> DialAsync(params string[] addresses) => DialAsync(CancellationToken.None, addresses);

    private Task<Socket> DialAsync(CancellationToken cancellation, params string[] addresses) =>
        NewDialer(addresses).ConnectAsync("news.example.com", 80, null, cancellation);

    private Dialer NewDialer(string[] addresses) => new((_, _) => Task.FromResult(Array.ConvertAll(addresses, IPAddress.Parse)), _clock, Open);

    private Task<Socket> Open(IPAddress address, int port, CancellationToken cancellation)
    {
        var attempt = _attempts[address.ToString()] = new TaskCompletionSource<Socket>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_cancellable)
        {
            cancellation.Register(() => attempt.TrySetCanceled(cancellation));
        }

        _tried.Writer.TryWrite(address.ToString());
        return attempt.Task;
    }

    private async Task<string> NextTriedAsync() => await _tried.Reader.ReadAsync();

    private void Refuse(string address) => _attempts[address].SetException(new SocketException((int)SocketError.ConnectionRefused));

    private Socket Connect(string address)
    {
        var socket = NewSocket();
        _attempts[address].SetResult(socket);
        return socket;
    }

    private Socket NewSocket()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _sockets.Add(socket);
        return socket;
    }
}
