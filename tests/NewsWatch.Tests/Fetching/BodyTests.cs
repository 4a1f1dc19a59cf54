using System.IO.Compression;
using System.Text;
using NewsWatch.Fetching;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Fetching;

/// <summary>Bodies, compressed or not, within their limit.</summary>
public sealed class BodyTests : FetchTests
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("raw deflate")]
    [InlineData("gzip, br")]
    [InlineData("identity")]
    public async Task Compressed_bodies_are_read(string encoding)
    {
        var body = encoding.Split(' ', ',').Contains("raw") ? Compressed("hello", "raw") : encoding.Split(", ").Aggregate(Encoding.UTF8.GetBytes("hello"), Compress);
        Server.Answer("/feed", new Reply { Body = body, Headers = new Dictionary<string, string> { ["Content-Encoding"] = encoding.Replace("raw ", "") } });

        var fetched = Assert.IsType<FetchResult.Fetched>(await World.GetAsync(Server.At("/feed")));

        Assert.Equal("hello", Encoding.UTF8.GetString(fetched.Body.Span));
        Assert.Equal("gzip, br, deflate", Server.Requests[0]["Accept-Encoding"]);
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("rot13")]
    [InlineData("gzip, gzip, gzip, gzip")]
    public async Task An_unknown_encoding_is_an_error(string encoding)
    {
        Server.Answer("/feed", Reply.Text("<rss/>", ("Content-Encoding", encoding)));

        Assert.Equal(FailureKind.Unusable, Assert.IsType<FetchResult.Failed>(await World.GetAsync(Server.At("/feed"))).Why);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Bytes_behind_compressed_data_are_a_warning(string encoding)
    {
        byte[] body = [.. Compressed("hello", encoding), .. "rubbish"u8];
        Server.Answer("/feed", new Reply { Body = body, Headers = new Dictionary<string, string> { ["Content-Encoding"] = encoding } });

        var fetched = Assert.IsType<FetchResult.Fetched>(await World.GetAsync(Server.At("/feed")));

        Assert.Equal("hello", Encoding.UTF8.GetString(fetched.Body.Span));
        Assert.Equal("7 bytes after the end of the compressed data were ignored", fetched.Warning);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compressed_body_that_is_cut_off_is_an_error(string encoding)
    {
        var whole = Compress(Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Range(0, 5_000))), encoding);
        Server.Answer("/feed", new Reply { Body = whole[..(whole.Length / 2)], Headers = new Dictionary<string, string> { ["Content-Encoding"] = encoding } });

        Assert.Equal(FailureKind.Unusable, Assert.IsType<FetchResult.Failed>(await World.GetAsync(Server.At("/feed"))).Why);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_bomb_stops_at_the_limit(string encoding)
    {
        Server.Answer("/feed", new Reply { Body = Compress(new byte[64 * 1024 * 1024], encoding), Headers = new Dictionary<string, string> { ["Content-Encoding"] = encoding } });

        Assert.Equal(15 * 1024 * 1024, Assert.IsType<FetchResult.TooLarge>(await World.GetAsync(Server.At("/feed"))).Limit);
    }

    [Fact]
    public async Task A_bomb_inside_a_bomb_stops_at_the_limit()
    {
        var body = Compress(Compress(new byte[64 * 1024 * 1024], "gzip"), "gzip");
        Server.Answer("/feed", new Reply { Body = body, Headers = new Dictionary<string, string> { ["Content-Encoding"] = "gzip, gzip" } });

        Assert.IsType<FetchResult.TooLarge>(await World.GetAsync(Server.At("/feed")));
    }

    [Fact]
    public async Task An_endless_body_stops_at_the_limit()
    {
        Server.Answer("/feed", new Reply { Write = EndlessAsync });

        Assert.IsType<FetchResult.TooLarge>(await World.GetAsync(Server.At("/feed")));
    }

    [Fact]
    public async Task A_body_that_announces_too_much_is_refused_from_its_header()
    {
        await using var raw = new RawServer(async (stream, stop) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"), stop);
            await Task.Delay(Timeout.Infinite, stop);
        });
        using var world = new FetchWorld(WatchConfigurations.Of([], raw.Port));

        Assert.IsType<FetchResult.TooLarge>(await world.GetAsync($"http://news.example.com:{raw.Port}/"));
    }

    [Fact]
    public async Task A_body_shorter_than_announced_is_an_error()
    {
        await using var raw = new RawServer((stream, stop) => stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss>"), stop).AsTask());
        using var world = new FetchWorld(WatchConfigurations.Of([], raw.Port));

        Assert.Equal(FailureKind.Connection, Assert.IsType<FetchResult.Failed>(await world.GetAsync($"http://news.example.com:{raw.Port}/")).Why);
    }

    [Fact]
    public async Task A_large_body_waits_while_others_hold_the_memory_and_is_told_so()
    {
        using var world = new FetchWorld(WatchConfigurations.Of([], Server.Port), memory: 0);
        var hold = new TaskCompletionSource();
        Server.Answer("/slow", new Reply { Write = (body, stop) => SlowAsync(body, hold.Task, stop) });
        Server.Answer("/large", new Reply { Body = new byte[8 * 1024 * 1024] });
        Server.Answer("/usual", Reply.Text("<rss/>"));
        var slow = world.GetAsync(Server.At("/slow"));
        await UntilAsync(() => world.Memory.Received.Used >= 16 * 1024 * 1024);

        var large = world.GetAsync(Server.At("/large"));
        await UntilAsync(() => world.Memory.Received.Waiting == 1);
        Assert.IsType<FetchResult.Fetched>(await world.GetAsync(Server.At("/usual")));
        world.Clock.Advance(world.Limits.Deadline);

        Assert.Equal("NewsWatch had no free memory for the reply within 30 s", Assert.IsType<FetchResult.Failed>(await large).Reason);
        Assert.Equal("no complete reply within 30 s", Assert.IsType<FetchResult.Failed>(await slow).Reason);
        Assert.Equal(0, world.Memory.Received.Used);
        hold.SetResult();
    }

    private static async Task SlowAsync(Stream body, Task hold, CancellationToken stop)
    {
        await body.WriteAsync(new byte[12 * 1024 * 1024], stop);
        await body.FlushAsync(stop);
        await hold.WaitAsync(stop);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task EndlessAsync(Stream body, CancellationToken stop)
    {
        for (var chunk = new byte[64 * 1024]; ;)
        {
            await body.WriteAsync(chunk, stop);
        }
    }

    private static byte[] Compressed(string text, string encoding) => Compress(Encoding.UTF8.GetBytes(text), encoding);

    private static byte[] Compress(byte[] body, string encoding)
    {
        using var result = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" or "x-gzip" => new GZipStream(result, CompressionLevel.Fastest),
            "br" => new BrotliStream(result, CompressionLevel.Fastest),
            "deflate" => new ZLibStream(result, CompressionLevel.Fastest),
            "raw" => new DeflateStream(result, CompressionLevel.Fastest),
            _ => result,
        })
        {
            stream.Write(body);
        }

        return result.ToArray();
    }
}
