using System.Text;
using NewsWatch.Fetching;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Fetching;

/// <summary>Replies without a document: what is tried again, when, and how long a reply may take.</summary>
public sealed class RefusalTests : FetchTests
{
    [Theory]
    [InlineData(429, "120", 120)]
    [InlineData(503, "120", 120)]
    [InlineData(503, "Wed, 06 Aug 2025 21:05:00 GMT", 300)]
    [InlineData(429, "99999999", 86400)]
    [InlineData(429, "99999999999999999999999999", 86400)]
    [InlineData(429, "-5", 1)]
    [InlineData(429, "Wed, 06 Aug 2025 20:00:00 GMT", 1)]
    [InlineData(429, "soon", null)]
    public async Task Retry_after_is_read_capped_and_floored(int status, string value, int? seconds)
    {
        Server.Answer("/feed", Reply.Of(status, ("Retry-After", value)));

        var failed = Assert.IsType<FetchResult.Failed>(await World.GetAsync(Server.At("/feed")));

        Assert.Equal(seconds is { } wait ? World.Clock.GetUtcNow().AddSeconds(wait) : null, failed.RetryAt);
        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData(500, 2)]
    [InlineData(502, 2)]
    [InlineData(503, 2)]
    [InlineData(400, 1)]
    [InlineData(401, 1)]
    [InlineData(404, 1)]
    [InlineData(429, 1)]
    public async Task One_retry_for_5xx_and_none_for_4xx(int status, int requests)
    {
        Server.Answer("/feed", Reply.Of(status));

        var failed = Assert.IsType<FetchResult.Failed>(await World.GetAsync(Server.At("/feed")));

        Assert.Equal((status, requests), (failed.Status, Server.Requests.Count));
    }

    [Fact]
    public async Task One_retry_for_a_broken_connection()
    {
        // It breaks within the reply: where no reply has begun, the HTTP handler itself connects again, as often as it likes.
        await using var raw = new RawServer(async (stream, stop) =>
        {
            _ = await stream.ReadAsync(new byte[8192], stop);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Le"u8.ToArray(), stop);
        });
        using var world = new FetchWorld(WatchConfigurations.Of([], raw.Port));

        var failed = Assert.IsType<FetchResult.Failed>(await world.GetAsync($"http://news.example.com:{raw.Port}/"));

        Assert.Equal((FailureKind.Connection, 2), (failed.Why, raw.Connections));
    }

    [Fact]
    public async Task A_connection_that_is_reset_at_once_is_a_failure_whenever_it_is_noticed()
    {
        await using var raw = new RawServer((stream, _) =>
        {
            stream.Socket.LingerState = new(true, 0);
            return Task.CompletedTask;
        });
        using var world = new FetchWorld(WatchConfigurations.Of([], raw.Port));

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => world.GetAsync($"http://news{n}.example.com:{raw.Port}/")));

        Assert.All(answers, answer => Assert.Equal(FailureKind.Connection, Assert.IsType<FetchResult.Failed>(answer).Why));
    }

    [Fact]
    public async Task A_reply_410_means_gone()
    {
        Server.Answer("/feed", Reply.Of(410));

        Assert.IsType<FetchResult.Gone>(await World.GetAsync(Server.At("/feed")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n<rss>")]
    public async Task One_deadline_ends_silence_and_slow_drips(string beginning)
    {
        var dripping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var raw = new RawServer(async (stream, stop) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(beginning), stop);
            dripping.TrySetResult();
            await Task.Delay(Timeout.Infinite, stop);
        });
        using var world = new FetchWorld(WatchConfigurations.Of([], raw.Port));
        var fetch = world.GetAsync($"http://news.example.com:{raw.Port}/");
        await dripping.Task;
        Assert.False(fetch.IsCompleted);

        world.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("no complete reply within 30 s", Assert.IsType<FetchResult.Failed>(await fetch).Reason);
    }

    [Fact]
    public async Task A_handshake_that_never_ends_is_ended_by_the_connect_deadline()
    {
        await using var raw = new RawServer((_, stop) => Task.Delay(Timeout.Infinite, stop));
        using var world = new FetchWorld(WatchConfigurations.Of([], raw.Port), new FetchLimits { Connect = TimeSpan.FromMilliseconds(200), RetryDelay = TimeSpan.Zero });

        var failed = Assert.IsType<FetchResult.Failed>(await world.GetAsync($"https://news.example.com:{raw.Port}/"));

        Assert.Equal("no connection within 0.2 s", failed.Reason);
    }

    [Fact]
    public async Task Endless_headers_are_an_error()
    {
        await using var raw = new RawServer(async (stream, stop) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n"), stop);
            for (var header = Encoding.ASCII.GetBytes($"X-More: {new string('x', 200)}\r\n"); ;)
            {
                await stream.WriteAsync(header, stop);
            }
        });
        using var world = new FetchWorld(WatchConfigurations.Of([], raw.Port));

        Assert.Equal("the reply's headers are too large", Assert.IsType<FetchResult.Failed>(await world.GetAsync($"http://news.example.com:{raw.Port}/")).Reason);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("220 mail.example.com ESMTP\r\n")]
    public async Task Another_protocol_is_an_error(string greeting)
    {
        await using var raw = new RawServer((stream, stop) => stream.WriteAsync(Encoding.ASCII.GetBytes(greeting), stop).AsTask());
        using var world = new FetchWorld(WatchConfigurations.Of([], raw.Port));

        Assert.IsType<FetchResult.Failed>(await world.GetAsync($"http://news.example.com:{raw.Port}/"));
    }

    [Fact]
    public async Task Who_gives_up_is_told_by_the_exception()
    {
        using var given = new CancellationTokenSource();
        var never = new TaskCompletionSource();
        Server.Answer("/feed", new Reply { After = never.Task });
        var fetch = World.Fetcher.FetchAsync(new FetchRequest { Url = Server.At("/feed") }, given.Token);

        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch);
    }
}
