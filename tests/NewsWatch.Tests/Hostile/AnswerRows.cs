using System.Net.Sockets;
using System.Text;
using NewsWatch.Fetching;
using NewsWatch.Storage.Sources;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Hostile;

/// <summary>Servers whose answers never end, are too large, too slow or not what they say. A well source beside them keeps being read.</summary>
public sealed class AnswerRows
{
    private static readonly TimeSpan Deadline = new FetchLimits().Deadline;

    [Fact]
    public async Task Row_28_an_endless_body()
    {
        await using var world = await HostileWorld.OpenAsync();
        world.Site.Answer("/endless", new Reply { Write = EndlessAsync });

        var row = await world.PollAsync("http://news.example.com:PORT/endless");

        TooLarge(world, row);
    }

    [Fact]
    public async Task Row_29_a_body_that_announces_a_gigabyte()
    {
        await using var world = await HostileWorld.OpenAsync();
        var sent = 0L;
        await using var raw = new RawServer(
            async (stream, stop) =>
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"u8.ToArray(), stop);
                for (var block = new byte[64 * 1024]; ; sent += block.Length)
                {
                    await stream.WriteAsync(block, stop);
                }
            },
            HostileWorld.Outside);
        Allow(world, raw);

        var row = await world.PollAsync($"http://news.example.com:{raw.Port}/");

        TooLarge(world, row);
        Assert.True(sent < 15 * 1024 * 1024, "it was ended by its header, before the limit was read");
    }

    [Fact]
    public Task Row_30_a_byte_now_and_then() => EndedByTheDeadlineAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n<rss>", "x");

    [Fact]
    public async Task Row_31_headers_without_end()
    {
        await EndedByTheDeadlineAsync("HTTP/1.1 200 OK\r\n", "X-More: 1\r\n");

        await using var world = await HostileWorld.OpenAsync();
        await using var raw = new RawServer((stream, stop) => RepeatAsync(stream, "HTTP/1.1 200 OK\r\n", $"X-More: {new string('x', 200)}\r\n", TimeSpan.Zero, stop), HostileWorld.Outside);
        Allow(world, raw);
        Assert.Equal("the reply's headers are too large", (await world.PollAsync($"http://news.example.com:{raw.Port}/")).LastError);
    }

    [Fact]
    public async Task Row_32_a_handshake_that_never_ends()
    {
        await using var world = await HostileWorld.OpenAsync(new FetchLimits { Connect = TimeSpan.FromMilliseconds(200), RetryDelay = TimeSpan.Zero });
        await using var raw = new RawServer((_, stop) => Task.Delay(Timeout.Infinite, stop), HostileWorld.Outside);
        Allow(world, raw);

        var row = await world.PollAsync($"https://news.example.com:{raw.Port}/");

        Assert.Equal("no connection within 0.2 s", row.LastError);
        await SilentAfterAcceptAsync();
    }

    [Fact]
    public async Task Row_33_redirects_without_end()
    {
        await using var world = await HostileWorld.OpenAsync();
        var hops = 0;
        world.Site.Answer("/hop", _ => Reply.Redirect(302, $"/hop?{++hops}"));

        var row = await world.PollAsync("http://news.example.com:PORT/hop");

        Assert.StartsWith("bad redirect: more than 5 redirects", row.LastError, StringComparison.Ordinal);
        Assert.Equal((6, 1), (hops, world.Outcomes.Count(outcome => outcome == "bad_redirect")));
    }

    [Fact]
    public Task Row_34_a_gzip_bomb() => StoppedAtTheLimitAsync(("gzip", Bombs.Zeros(256, "gzip")), ("gzip, gzip", Bombs.Zeros(256, "gzip", "gzip")));

    [Fact]
    public Task Row_35_a_brotli_bomb() => StoppedAtTheLimitAsync(("br", Bombs.Zeros(256, "br")));

    /// <summary>Deflate without its zlib wrapping is what many servers send, and is read; the feed inside counts.</summary>
    [Fact]
    public async Task Row_36_other_encodings()
    {
        await using var world = await HostileWorld.OpenAsync();
        var feed = Encoding.UTF8.GetBytes(Rss.Of(2));
        foreach (var (encoding, body) in new[] { ("zstd", feed), ("rot13", feed), ("gzip, br, gzip", feed), ("gzip, gzip, gzip, gzip", feed), ("zstd", [0x28, 0xB5, 0x2F, 0xFD, 0, 1]) })
        {
            world.Site.Answer("/feed", Encoded(body, encoding));
            var row = await world.PollAsync("http://news.example.com:PORT/feed");
            Assert.Equal((SourceState.Failing, 0L), (row.State, world.Items(row.Id)));
        }

        world.Site.Answer("/feed", Encoded(Bombs.Compress(feed, "raw deflate"), "deflate"));
        Assert.Equal(2, world.Items((await world.PollAsync("http://news.example.com:PORT/feed")).Id));
    }

    private static async Task SilentAfterAcceptAsync()
    {
        await using var world = await HostileWorld.OpenAsync();
        await using var raw = new RawServer((_, stop) => Task.Delay(Timeout.Infinite, stop), HostileWorld.Outside);
        Allow(world, raw);

        var row = await world.PollAsync($"http://news.example.com:{raw.Port}/", raw.Connected.Task, Deadline);

        Assert.Equal("no reply within 10 s", row.LastError);
    }

    private static async Task EndedByTheDeadlineAsync(string beginning, string drop)
    {
        await using var world = await HostileWorld.OpenAsync();
        await using var raw = new RawServer((stream, stop) => RepeatAsync(stream, beginning, drop, TimeSpan.FromMilliseconds(20), stop), HostileWorld.Outside);
        Allow(world, raw);

        var row = await world.PollAsync($"http://news.example.com:{raw.Port}/", raw.Connected.Task, Deadline);

        Assert.Matches("^no (reply within 10|complete reply within 30) s$", row.LastError); // as far as its headers had come
        Assert.Equal(0, world.Get<NewsWatch.Polling.SourcePoller>().InFlight);
    }

    private static async Task StoppedAtTheLimitAsync(params (string Encoding, byte[] Bomb)[] bombs)
    {
        await using var world = await HostileWorld.OpenAsync();
        foreach (var (encoding, bomb) in bombs)
        {
            world.Site.Answer("/bomb", Encoded(bomb, encoding));

            TooLarge(world, await world.PollAsync("http://news.example.com:PORT/bomb"));
        }
    }

    private static void TooLarge(HostileWorld world, SourceRow row)
    {
        Assert.Equal(("too large: more than 15 MiB", SourceState.Failing, 0), (row.LastError, row.State, world.Items(row.Id)));
        Assert.True(row.NextDue - world.Clock.GetUtcNow() > row.Poll, "it is asked more rarely than configured");
        Assert.Contains("too_large", world.Outcomes);
    }

    private static void Allow(HostileWorld world, RawServer server) =>
        world.Configure(watch => watch with { Operator = watch.Operator with { AllowPorts = [.. watch.Operator.AllowPorts, server.Port] } });

    private static Reply Encoded(byte[] body, string encoding) => new() { Body = body, Headers = new Dictionary<string, string> { ["Content-Encoding"] = encoding } };

    private static async Task EndlessAsync(Stream body, CancellationToken stop)
    {
        for (var chunk = new byte[64 * 1024]; ;)
        {
            await body.WriteAsync(chunk, stop);
        }
    }

    private static async Task RepeatAsync(NetworkStream stream, string beginning, string drop, TimeSpan pause, CancellationToken stop)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(beginning), stop);
        for (var bytes = Encoding.ASCII.GetBytes(drop); ;)
        {
            await stream.WriteAsync(bytes, stop);
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, stop);
            }
        }
    }
}
