using NewsWatch.Fetching;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Fetching;

/// <summary>What makes a request conditional, and what a reply says about the next one.</summary>
public sealed class ConditionalGetTests : FetchTests
{
    [Theory]
    [InlineData("\"abc\"", "Wed, 06 Aug 2025 20:00:00 GMT")]
    [InlineData("W/\"abc\"", null)]
    [InlineData("no quotes at all", "yesterday at noon")]
    [InlineData("\"a\", \"b\"", null)]
    [InlineData("0", "Wed, 6 Aug 25 20:00:00 +0000")]
    public async Task Validators_go_back_byte_for_byte(string etag, string? modified)
    {
        Server.Answer("/feed", Reply.Text("<rss/>", modified is null ? [("ETag", etag)] : [("ETag", etag), ("Last-Modified", modified)]));
        var first = Assert.IsType<FetchResult.Fetched>(await World.GetAsync(Server.At("/feed")));

        await World.GetAsync(new FetchRequest { Url = Server.At("/feed"), Validators = first.Facts.Validators });

        Assert.Null(Server.Requests[0]["If-None-Match"]);
        Assert.Equal((etag, modified), (Server.Requests[1]["If-None-Match"], Server.Requests[1]["If-Modified-Since"]));
    }

    [Theory]
    [InlineData("\"a\"\r\nX-Evil: 1")]
    [InlineData("\"a\u0001\"")]
    [InlineData("\"a\u00e9\"")]
    [InlineData("")]
    public void Unsafe_validators_are_refused(string value) => Assert.Null(Validators.Safe(value));

    [Fact]
    public async Task A_header_value_with_a_line_break_never_goes_out()
    {
        Server.Answer("/feed", Reply.Text("x"));

        await World.GetAsync(new FetchRequest
        {
            Url = Server.At("/feed"),
            Validators = new(Server.At("/feed"), "\"a\"\r\nX-Evil: 1", null),
            Headers = new Dictionary<string, string> { ["X-Key"] = "k\r\nX-Evil: 2" },
        });

        Assert.Equal((null, null, null), (Server.Requests[0]["If-None-Match"], Server.Requests[0]["X-Evil"], Server.Requests[0]["X-Key"]));
    }

    [Fact]
    public async Task Validators_are_sent_to_the_address_they_came_from_and_to_no_other()
    {
        Server.Answer("/old", Reply.Redirect(302, Server.At("/new", "other.example.com")));
        Server.Answer("/new", Reply.Text("x", ("ETag", "\"of-new\"")));
        var first = Assert.IsType<FetchResult.Fetched>(await World.GetAsync(Server.At("/old")));

        await World.GetAsync(new FetchRequest { Url = Server.At("/old"), Validators = first.Facts.Validators });

        Assert.Equal([null, null, null, "\"of-new\""], Server.Requests.Select(request => request["If-None-Match"]));
    }

    [Fact]
    public async Task A_304_is_not_modified_and_may_renew_the_validators()
    {
        var known = new Validators(Server.At("/feed"), "\"one\"", "Wed, 06 Aug 2025 20:00:00 GMT");
        Server.Answer("/feed", Reply.Of(304, ("ETag", "\"two\""), ("Cache-Control", "max-age=600")));

        var same = Assert.IsType<FetchResult.NotModified>(await World.GetAsync(new FetchRequest { Url = known.Url, Validators = known }));

        Assert.Equal(known with { ETag = "\"two\"" }, same.Facts.Validators);
        Assert.Equal(TimeSpan.FromMinutes(10), same.Facts.FreshFor);
    }

    [Fact]
    public async Task A_304_that_was_not_asked_for_is_a_failure()
    {
        Server.Answer("/feed", Reply.Of(304));

        Assert.IsType<FetchResult.Failed>(await World.GetAsync(Server.At("/feed")));
    }

    [Theory]
    [InlineData("max-age=900", null, 900)]
    [InlineData("public, max-age=900", "60", 840)]
    [InlineData("max-age=0", null, null)]
    [InlineData("no-cache, max-age=900", null, null)]
    [InlineData("max-age=rubbish", null, null)]
    public async Task Freshness_is_read_from_cache_control(string control, string? age, int? seconds)
    {
        Server.Answer("/feed", Reply.Text("x", age is null ? [("Cache-Control", control)] : [("Cache-Control", control), ("Age", age)]));

        var fetched = Assert.IsType<FetchResult.Fetched>(await World.GetAsync(Server.At("/feed")));

        Assert.Equal(seconds is { } value ? TimeSpan.FromSeconds(value) : null, fetched.Facts.FreshFor);
    }

    [Fact]
    public async Task Freshness_is_read_from_expires()
    {
        Server.Answer("/feed", Reply.Text("x", ("Date", "Wed, 06 Aug 2025 21:00:00 GMT"), ("Expires", "Wed, 06 Aug 2025 21:20:00 GMT")));

        var fetched = Assert.IsType<FetchResult.Fetched>(await World.GetAsync(Server.At("/feed")));

        Assert.Equal(TimeSpan.FromMinutes(20), fetched.Facts.FreshFor);
    }

    [Fact]
    public async Task A_200_with_the_same_tag_or_the_same_body_is_not_modified()
    {
        Server.Answer("/tag", Reply.Text("x", ("ETag", "\"1\"")));
        Server.Answer("/body", Reply.Text("x"));
        Server.Answer("/empty-tag", request => Reply.Text($"{Server.Requests.Count}", ("ETag", "\"\"")));
        var tag = Assert.IsType<FetchResult.Fetched>(await World.GetAsync(Server.At("/tag")));
        var body = Assert.IsType<FetchResult.Fetched>(await World.GetAsync(Server.At("/body")));
        var empty = Assert.IsType<FetchResult.Fetched>(await World.GetAsync(Server.At("/empty-tag")));

        Assert.IsType<FetchResult.NotModified>(await World.GetAsync(new FetchRequest { Url = Server.At("/tag"), Validators = tag.Facts.Validators }));
        Assert.IsType<FetchResult.NotModified>(await World.GetAsync(new FetchRequest { Url = Server.At("/body"), KnownHash = body.Facts.BodyHash }));
        Assert.IsType<FetchResult.Fetched>(await World.GetAsync(new FetchRequest { Url = Server.At("/empty-tag"), Validators = empty.Facts.Validators }));
    }

    [Fact]
    public async Task Hubs_are_read_from_link_headers()
    {
        Server.Answer("/feed", Reply.Text("x", ("Link", "<https://hub.example.com/>; rel=\"hub\", </feed>; rel=self; type=\"application/rss+xml\"")));

        var fetched = Assert.IsType<FetchResult.Fetched>(await World.GetAsync(Server.At("/feed")));

        Assert.Equal([("hub", "https://hub.example.com/"), ("self", Server.At("/feed"))], fetched.Facts.Links);
    }
}
