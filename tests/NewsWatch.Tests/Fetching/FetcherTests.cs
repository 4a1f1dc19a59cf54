using System.IO.Compression;
using System.Text;
using NewsWatch.Fetching;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Fetching;

public sealed class FetcherTests : IAsyncLifetime
{
    private FeedServer _server = null!;
    private FetchWorld _world = null!;

    public async Task InitializeAsync()
    {
        _server = await FeedServer.StartAsync();
        _world = new FetchWorld(WatchConfigurations.Of([], _server.Port));
    }

    public async Task DisposeAsync()
    {
        _world.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("\"abc\"", "Wed, 06 Aug 2025 20:00:00 GMT")]
    [InlineData("W/\"abc\"", null)]
    [InlineData("no quotes at all", "yesterday at noon")]
    [InlineData("\"a\", \"b\"", null)]
    [InlineData("0", "Wed, 6 Aug 25 20:00:00 +0000")]
    public async Task F01_validators_go_back_byte_for_byte(string etag, string? modified)
    {
        _server.Answer("/feed", Reply.Text("<rss/>", modified is null ? [("ETag", etag)] : [("ETag", etag), ("Last-Modified", modified)]));
        var first = Assert.IsType<FetchResult.Fetched>(await _world.GetAsync(_server.At("/feed")));

        await _world.GetAsync(new FetchRequest { Url = _server.At("/feed"), Validators = first.Facts.Validators });

        Assert.Null(_server.Requests[0]["If-None-Match"]);
        Assert.Equal((etag, modified), (_server.Requests[1]["If-None-Match"], _server.Requests[1]["If-Modified-Since"]));
    }

    [Theory]
    [InlineData("\"a\"\r\nX-Evil: 1")]
    [InlineData("\"a\u0001\"")]
    [InlineData("\"a\u00e9\"")]
    [InlineData("")]
    public void F01_unsafe_validators_are_refused(string value) => Assert.Null(Validators.Safe(value));

    [Fact]
    public async Task F01_a_header_value_with_a_line_break_never_goes_out()
    {
        _server.Answer("/feed", Reply.Text("x"));

        await _world.GetAsync(new FetchRequest
        {
            Url = _server.At("/feed"),
            Validators = new(_server.At("/feed"), "\"a\"\r\nX-Evil: 1", null),
            Headers = new Dictionary<string, string> { ["X-Key"] = "k\r\nX-Evil: 2" },
        });

        Assert.Equal((null, null, null), (_server.Requests[0]["If-None-Match"], _server.Requests[0]["X-Evil"], _server.Requests[0]["X-Key"]));
    }

    [Fact]
    public async Task F02_validators_are_sent_to_the_address_they_came_from_and_to_no_other()
    {
        _server.Answer("/old", Reply.Redirect(302, _server.At("/new", "other.example.com")));
        _server.Answer("/new", Reply.Text("x", ("ETag", "\"of-new\"")));
        var first = Assert.IsType<FetchResult.Fetched>(await _world.GetAsync(_server.At("/old")));

        await _world.GetAsync(new FetchRequest { Url = _server.At("/old"), Validators = first.Facts.Validators });

        Assert.Equal([null, null, null, "\"of-new\""], _server.Requests.Select(request => request["If-None-Match"]));
    }

    [Fact]
    public async Task F05_a_304_is_not_modified_and_may_renew_the_validators()
    {
        var known = new Validators(_server.At("/feed"), "\"one\"", "Wed, 06 Aug 2025 20:00:00 GMT");
        _server.Answer("/feed", Reply.Of(304, ("ETag", "\"two\""), ("Cache-Control", "max-age=600")));

        var same = Assert.IsType<FetchResult.NotModified>(await _world.GetAsync(new FetchRequest { Url = known.Url, Validators = known }));

        Assert.Equal(known with { ETag = "\"two\"" }, same.Facts.Validators);
        Assert.Equal(TimeSpan.FromMinutes(10), same.Facts.FreshFor);
    }

    [Fact]
    public async Task A_304_that_was_not_asked_for_is_a_failure()
    {
        _server.Answer("/feed", Reply.Of(304));

        Assert.IsType<FetchResult.Failed>(await _world.GetAsync(_server.At("/feed")));
    }

    [Theory]
    [InlineData("max-age=900", null, 900)]
    [InlineData("public, max-age=900", "60", 840)]
    [InlineData("max-age=0", null, null)]
    [InlineData("no-cache, max-age=900", null, null)]
    [InlineData("max-age=rubbish", null, null)]
    public async Task F06_freshness_is_read_from_cache_control(string control, string? age, int? seconds)
    {
        _server.Answer("/feed", Reply.Text("x", age is null ? [("Cache-Control", control)] : [("Cache-Control", control), ("Age", age)]));

        var fetched = Assert.IsType<FetchResult.Fetched>(await _world.GetAsync(_server.At("/feed")));

        Assert.Equal(seconds is { } value ? TimeSpan.FromSeconds(value) : null, fetched.Facts.FreshFor);
    }

    [Fact]
    public async Task F06_freshness_is_read_from_expires()
    {
        _server.Answer("/feed", Reply.Text("x", ("Date", "Wed, 06 Aug 2025 21:00:00 GMT"), ("Expires", "Wed, 06 Aug 2025 21:20:00 GMT")));

        var fetched = Assert.IsType<FetchResult.Fetched>(await _world.GetAsync(_server.At("/feed")));

        Assert.Equal(TimeSpan.FromMinutes(20), fetched.Facts.FreshFor);
    }

    [Theory]
    [InlineData(429, "120", 120)]
    [InlineData(503, "120", 120)]
    [InlineData(503, "Wed, 06 Aug 2025 21:05:00 GMT", 300)]
    [InlineData(429, "99999999", 86400)]
    [InlineData(429, "99999999999999999999999999", 86400)]
    [InlineData(429, "-5", 1)]
    [InlineData(429, "Wed, 06 Aug 2025 20:00:00 GMT", 1)]
    [InlineData(429, "soon", null)]
    public async Task F07_retry_after_is_read_capped_and_floored(int status, string value, int? seconds)
    {
        _server.Answer("/feed", Reply.Of(status, ("Retry-After", value)));

        var failed = Assert.IsType<FetchResult.Failed>(await _world.GetAsync(_server.At("/feed")));

        Assert.Equal(seconds is { } wait ? _world.Clock.GetUtcNow().AddSeconds(wait) : null, failed.RetryAt);
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData(500, 2)]
    [InlineData(502, 2)]
    [InlineData(503, 2)]
    [InlineData(400, 1)]
    [InlineData(401, 1)]
    [InlineData(404, 1)]
    [InlineData(429, 1)]
    public async Task F08_one_retry_for_5xx_and_none_for_4xx(int status, int requests)
    {
        _server.Answer("/feed", Reply.Of(status));

        var failed = Assert.IsType<FetchResult.Failed>(await _world.GetAsync(_server.At("/feed")));

        Assert.Equal((status, requests), (failed.Status, _server.Requests.Count));
    }

    [Fact]
    public async Task F08_one_retry_for_a_broken_connection()
    {
        await using var raw = new RawServer((stream, _) =>
        {
            stream.Socket.LingerState = new(true, 0);
            return Task.CompletedTask;
        });
        using var world = new FetchWorld(WatchConfigurations.Of([], raw.Port));

        var failed = Assert.IsType<FetchResult.Failed>(await world.GetAsync($"http://news.example.com:{raw.Port}/"));

        Assert.Equal(FailureKind.Connection, failed.Why);
        Assert.InRange(raw.Connections, 2, 4);
    }

    [Fact]
    public async Task F08_a_connection_that_is_reset_at_once_is_a_failure_whenever_it_is_noticed()
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

    [Theory]
    [InlineData(301, true)]
    [InlineData(308, true)]
    [InlineData(302, false)]
    [InlineData(303, false)]
    [InlineData(307, false)]
    public async Task F09_only_permanent_redirects_say_where_the_feed_has_moved(int status, bool moved)
    {
        _server.Answer("/old", Reply.Redirect(status, "/new?a=%7e&b"));
        _server.Answer("/new", Reply.Text("x"));

        var fetched = Assert.IsType<FetchResult.Fetched>(await _world.GetAsync(_server.At("/old")));

        Assert.Equal(_server.At("/new?a=%7e&b"), fetched.FinalUrl.OriginalString);
        Assert.Equal(moved ? _server.At("/new?a=%7e&b") : null, fetched.MovedTo);
    }

    [Fact]
    public async Task F09_a_permanent_redirect_behind_a_temporary_one_moves_nothing()
    {
        _server.Answer("/a", Reply.Redirect(302, "/b"));
        _server.Answer("/b", Reply.Redirect(301, "/c"));
        _server.Answer("/c", Reply.Text("x"));

        Assert.Null(Assert.IsType<FetchResult.Fetched>(await _world.GetAsync(_server.At("/a"))).MovedTo);
    }

    [Fact]
    public async Task F10_410_is_gone()
    {
        _server.Answer("/feed", Reply.Of(410));

        Assert.IsType<FetchResult.Gone>(await _world.GetAsync(_server.At("/feed")));
    }

    [Fact]
    public async Task F11_five_redirects_are_followed_and_no_more()
    {
        _server.Answer("/loop", request => Reply.Redirect(302, $"/loop?{_server.Requests.Count}"));

        var bad = Assert.IsType<FetchResult.BadRedirect>(await _world.GetAsync(_server.At("/loop")));

        Assert.StartsWith("more than 5 redirects", bad.Reason);
        Assert.Equal(6, _server.Requests.Count);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1:25/")]
    [InlineData("ftp://example.com/")]
    [InlineData("data:text/xml,<rss/>")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://user:word@example.com/")]
    [InlineData("http://")]
    public async Task F11_a_redirect_to_anything_but_the_web_is_bad(string location)
    {
        _server.Answer("/feed", Reply.Redirect(302, location));

        Assert.IsType<FetchResult.BadRedirect>(await _world.GetAsync(_server.At("/feed")));
    }

    [Fact]
    public async Task F11_a_redirect_without_a_location_is_bad()
    {
        _server.Answer("/feed", Reply.Of(302));

        Assert.Equal("302 without a Location", Assert.IsType<FetchResult.BadRedirect>(await _world.GetAsync(_server.At("/feed"))).Reason);
    }

    [Fact]
    public void F11_https_is_not_left_for_http()
    {
        var trail = new RedirectTrail(new Uri("https://news.example.com/feed"), 5);

        Assert.Equal("from https to http at news.example.com", trail.Follow(301, "http://news.example.com/feed"));
    }

    [Theory]
    [InlineData("/feed?b=2&a=1&&c=%7Ex%2f%2F..%2e/./x/../y;z", "/feed?b=2&a=1&&c=%7Ex%2f%2F..%2e/./x/../y;z")]
    [InlineData("/a//b/../c%2F/?q=a+b%20c|d", "/a//b/../c%2F/?q=a+b%20c|d")]
    [InlineData("/caf\u00e9?q=\u0444", "/caf%C3%A9?q=%D1%84")]
    public async Task F12_the_address_goes_out_byte_for_byte_where_it_can(string written, string sent)
    {
        await _world.GetAsync(_server.At(written) + "#part");

        Assert.Equal(sent, _server.Requests[0].Target);
    }

    [Fact]
    public async Task F12_no_cookie_and_no_referer_but_what_is_configured()
    {
        _server.Answer("/feed", Reply.Text("x", ("Set-Cookie", "id=1; Path=/")));

        await _world.GetAsync(_server.At("/feed"));
        await _world.GetAsync(new FetchRequest { Url = _server.At("/feed"), Headers = new Dictionary<string, string> { ["Cookie"] = "consent=yes" } });

        Assert.Equal([null, "consent=yes"], _server.Requests.Select(request => request["Cookie"]));
        Assert.All(_server.Requests, request => Assert.Null(request["Referer"]));
    }

    [Fact]
    public async Task F12_credentials_stay_with_their_origin()
    {
        _server.Answer("/feed", Reply.Redirect(307, _server.At("/elsewhere", "other.example.com")));
        _server.Answer("/elsewhere", Reply.Text("x"));
        var headers = new Dictionary<string, string> { ["Authorization"] = "Bearer secret", ["Cookie"] = "a=b" };

        await _world.GetAsync(new FetchRequest { Url = _server.At("/feed"), Headers = headers });

        Assert.Equal(["Bearer secret", null], _server.Requests.Select(request => request["Authorization"]));
        Assert.Equal(["a=b", null], _server.Requests.Select(request => request["Cookie"]));
    }

    [Fact]
    public async Task F13_the_user_agent_names_product_and_contact()
    {
        await _world.GetAsync(_server.At("/feed"));

        Assert.Matches(@"^NewsWatch/\d+\.\d+ \(\+https://example\.com/about\)$", _server.Requests[0]["User-Agent"]);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("raw deflate")]
    [InlineData("gzip, br")]
    [InlineData("identity")]
    public async Task F14_compressed_bodies_are_read(string encoding)
    {
        var body = encoding.Split(' ', ',').Contains("raw") ? Compressed("hello", "raw") : encoding.Split(", ").Aggregate(Encoding.UTF8.GetBytes("hello"), Compress);
        _server.Answer("/feed", new Reply { Body = body, Headers = new Dictionary<string, string> { ["Content-Encoding"] = encoding.Replace("raw ", "") } });

        var fetched = Assert.IsType<FetchResult.Fetched>(await _world.GetAsync(_server.At("/feed")));

        Assert.Equal("hello", Encoding.UTF8.GetString(fetched.Body.Span));
        Assert.Equal("gzip, br, deflate", _server.Requests[0]["Accept-Encoding"]);
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("rot13")]
    [InlineData("gzip, gzip, gzip, gzip")]
    public async Task F14_an_unknown_encoding_is_an_error(string encoding)
    {
        _server.Answer("/feed", Reply.Text("<rss/>", ("Content-Encoding", encoding)));

        Assert.Equal(FailureKind.Unusable, Assert.IsType<FetchResult.Failed>(await _world.GetAsync(_server.At("/feed"))).Why);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task F14_a_compressed_body_that_is_cut_off_is_an_error(string encoding)
    {
        var whole = Compress(Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Range(0, 5_000))), encoding);
        _server.Answer("/feed", new Reply { Body = whole[..(whole.Length / 2)], Headers = new Dictionary<string, string> { ["Content-Encoding"] = encoding } });

        Assert.Equal(FailureKind.Unusable, Assert.IsType<FetchResult.Failed>(await _world.GetAsync(_server.At("/feed"))).Why);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task F14_a_bomb_stops_at_the_limit(string encoding)
    {
        _server.Answer("/feed", new Reply { Body = Compress(new byte[64 * 1024 * 1024], encoding), Headers = new Dictionary<string, string> { ["Content-Encoding"] = encoding } });

        Assert.Equal(15 * 1024 * 1024, Assert.IsType<FetchResult.TooLarge>(await _world.GetAsync(_server.At("/feed"))).Limit);
    }

    [Fact]
    public async Task F14_a_bomb_inside_a_bomb_stops_at_the_limit()
    {
        var body = Compress(Compress(new byte[64 * 1024 * 1024], "gzip"), "gzip");
        _server.Answer("/feed", new Reply { Body = body, Headers = new Dictionary<string, string> { ["Content-Encoding"] = "gzip, gzip" } });

        Assert.IsType<FetchResult.TooLarge>(await _world.GetAsync(_server.At("/feed")));
    }

    [Fact]
    public async Task F14_an_endless_body_stops_at_the_limit()
    {
        _server.Answer("/feed", new Reply { Write = EndlessAsync });

        Assert.IsType<FetchResult.TooLarge>(await _world.GetAsync(_server.At("/feed")));
    }

    [Fact]
    public async Task F14_a_body_that_announces_too_much_is_refused_from_its_header()
    {
        await using var raw = new RawServer(async (stream, stop) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"), stop);
            await Task.Delay(Timeout.Infinite, stop);
        });
        using var world = new FetchWorld(WatchConfigurations.Of([], raw.Port));

        Assert.IsType<FetchResult.TooLarge>(await world.GetAsync($"http://news.example.com:{raw.Port}/"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n<rss>")]
    public async Task F14_one_deadline_ends_silence_and_slow_drips(string beginning)
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

        Assert.Equal("no complete answer within 30 s", Assert.IsType<FetchResult.Failed>(await fetch).Reason);
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

        Assert.Equal("the answer's headers are too large", Assert.IsType<FetchResult.Failed>(await world.GetAsync($"http://news.example.com:{raw.Port}/")).Reason);
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
    public async Task A_body_shorter_than_announced_is_an_error()
    {
        await using var raw = new RawServer((stream, stop) => stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss>"), stop).AsTask());
        using var world = new FetchWorld(WatchConfigurations.Of([], raw.Port));

        Assert.Equal(FailureKind.Connection, Assert.IsType<FetchResult.Failed>(await world.GetAsync($"http://news.example.com:{raw.Port}/")).Why);
    }

    [Fact]
    public async Task F24_a_200_with_the_same_tag_or_the_same_body_is_not_modified()
    {
        _server.Answer("/tag", Reply.Text("x", ("ETag", "\"1\"")));
        _server.Answer("/body", Reply.Text("x"));
        _server.Answer("/empty-tag", request => Reply.Text($"{_server.Requests.Count}", ("ETag", "\"\"")));
        var tag = Assert.IsType<FetchResult.Fetched>(await _world.GetAsync(_server.At("/tag")));
        var body = Assert.IsType<FetchResult.Fetched>(await _world.GetAsync(_server.At("/body")));
        var empty = Assert.IsType<FetchResult.Fetched>(await _world.GetAsync(_server.At("/empty-tag")));

        Assert.IsType<FetchResult.NotModified>(await _world.GetAsync(new FetchRequest { Url = _server.At("/tag"), Validators = tag.Facts.Validators }));
        Assert.IsType<FetchResult.NotModified>(await _world.GetAsync(new FetchRequest { Url = _server.At("/body"), KnownHash = body.Facts.BodyHash }));
        Assert.IsType<FetchResult.Fetched>(await _world.GetAsync(new FetchRequest { Url = _server.At("/empty-tag"), Validators = empty.Facts.Validators }));
    }

    [Fact]
    public async Task Who_gives_up_is_told_by_the_exception()
    {
        using var given = new CancellationTokenSource();
        var never = new TaskCompletionSource();
        _server.Answer("/feed", new Reply { After = never.Task });
        var fetch = _world.Fetcher.FetchAsync(new FetchRequest { Url = _server.At("/feed") }, given.Token);

        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch);
    }

    [Fact]
    public async Task Hubs_are_read_from_link_headers()
    {
        _server.Answer("/feed", Reply.Text("x", ("Link", "<https://hub.example.com/>; rel=\"hub\", </feed>; rel=self; type=\"application/rss+xml\"")));

        var fetched = Assert.IsType<FetchResult.Fetched>(await _world.GetAsync(_server.At("/feed")));

        Assert.Equal([("hub", "https://hub.example.com/"), ("self", _server.At("/feed"))], fetched.Facts.Links);
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
