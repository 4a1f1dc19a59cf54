using NewsWatch.Fetching;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Fetching;

/// <summary>What a request says and does not say.</summary>
public sealed class RequestTests : FetchTests
{
    [Theory]
    [InlineData("/feed?b=2&a=1&&c=%7Ex%2f%2F..%2e/./x/../y;z", "/feed?b=2&a=1&&c=%7Ex%2f%2F..%2e/./x/../y;z")]
    [InlineData("/a//b/../c%2F/?q=a+b%20c|d", "/a//b/../c%2F/?q=a+b%20c|d")]
    [InlineData("/caf\u00e9?q=\u0444", "/caf%C3%A9?q=%D1%84")]
    public async Task The_address_goes_out_byte_for_byte_where_it_can(string written, string sent)
    {
        await World.GetAsync(Server.At(written) + "#part");

        Assert.Equal(sent, Server.Requests[0].Target);
    }

    [Fact]
    public async Task No_cookie_and_no_referer_but_what_is_configured()
    {
        Server.Answer("/feed", Reply.Text("x", ("Set-Cookie", "id=1; Path=/")));

        await World.GetAsync(Server.At("/feed"));
        await World.GetAsync(new FetchRequest { Url = Server.At("/feed"), Headers = new Dictionary<string, string> { ["Cookie"] = "consent=yes" } });

        Assert.Equal([null, "consent=yes"], Server.Requests.Select(request => request["Cookie"]));
        Assert.All(Server.Requests, request => Assert.Null(request["Referer"]));
    }

    [Fact]
    public async Task Credentials_stay_with_their_origin()
    {
        Server.Answer("/feed", Reply.Redirect(307, Server.At("/elsewhere", "other.example.com")));
        Server.Answer("/elsewhere", Reply.Text("x"));
        var headers = new Dictionary<string, string> { ["Authorization"] = "Bearer secret", ["Cookie"] = "a=b" };

        await World.GetAsync(new FetchRequest { Url = Server.At("/feed"), Headers = headers });

        Assert.Equal(["Bearer secret", null], Server.Requests.Select(request => request["Authorization"]));
        Assert.Equal(["a=b", null], Server.Requests.Select(request => request["Cookie"]));
    }

    [Fact]
    public async Task The_user_agent_names_product_and_contact()
    {
        await World.GetAsync(Server.At("/feed"));

        Assert.Matches(@"^NewsWatch/\d+\.\d+ \(\+https://example\.com/about\)$", Server.Requests[0]["User-Agent"]);
    }
}
