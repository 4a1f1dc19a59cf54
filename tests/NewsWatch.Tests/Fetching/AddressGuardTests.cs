using System.Net;
using NewsWatch.Configuration;
using NewsWatch.Fetching;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Fetching;

public sealed class AddressGuardTests
{
    /// <summary>Nothing private is allowed; the port of the listener is.</summary>
    private static FetchWorld World(int port)
    {
        var configuration = WatchConfigurations.Of([], port);
        return new FetchWorld(configuration with { Operator = configuration.Operator with { AllowPrivate = [] } });
    }

    [Theory]
    [InlineData("http://127.0.0.1:PORT/feed")]
    [InlineData("http://127.1:PORT/")]
    [InlineData("http://2130706433:PORT/")]
    [InlineData("http://0x7f000001:PORT/")]
    [InlineData("http://0177.0.0.1:PORT/")]
    [InlineData("http://0.0.0.0:PORT/")]
    [InlineData("http://0:PORT/")]
    [InlineData("http://[::1]:PORT/")]
    [InlineData("http://[::]:PORT/")]
    [InlineData("http://[::ffff:127.0.0.1]:PORT/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("http://[64:ff9b::7f00:1]:PORT/")]
    [InlineData("http://[2002:7f00:1::]:PORT/")]
    [InlineData("http://[2001:0:7f00:1::]:PORT/")]
    [InlineData("http://[::127.0.0.1]:PORT/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://2852039166/")]
    [InlineData("http://0xA9FEA9FE/")]
    [InlineData("http://0251.0376.0251.0376/")]
    [InlineData("http://[fe80::1%25lo]/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://100.64.0.1/")]
    [InlineData("http://[fd00::1]/")]
    [InlineData("http://①②⑦.⓪.⓪.①:PORT/")]
    [InlineData("http://127。0。0。1:PORT/")]
    [InlineData("http://１２７.０.０.１:PORT/")]
    public async Task A_literal_that_means_a_private_address_is_blocked_without_a_connection(string url)
    {
        await using var listener = new RawServer((_, _) => Task.CompletedTask);
        using var world = World(listener.Port);

        var result = await world.GetAsync(url.Replace("PORT", $"{listener.Port}"));

        Assert.StartsWith("blocked: non-public address ", Assert.IsType<FetchResult.Blocked>(result).Reason);
        Assert.Equal(0, listener.Connections);
    }

    [Theory]
    [InlineData("http://localhost:PORT/")]
    [InlineData("http://LOCALHOST.:PORT/")]
    [InlineData("http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/")]
    public async Task The_systems_own_names_for_loopback_are_blocked(string url)
    {
        await using var listener = new RawServer((_, _) => Task.CompletedTask);
        using var world = World(listener.Port);
        world.Resolve = host => Dns.GetHostAddressesAsync(host);

        var result = await world.GetAsync(url.Replace("PORT", $"{listener.Port}"));

        // Some systems do not know the name with the dot at all.
        Assert.True(result is FetchResult.Blocked or FetchResult.Failed { Why: FailureKind.Connection });
        Assert.Equal(0, listener.Connections);
    }

    [Theory]
    [InlineData("10.0.0.5")]
    [InlineData("::ffff:127.0.0.1")]
    public async Task A_name_that_resolves_to_a_private_address_is_blocked(string address)
    {
        using var world = World(80);
        world.Resolve = _ => Task.FromResult<IPAddress[]>([IPAddress.Parse(address)]);

        Assert.IsType<FetchResult.Blocked>(await world.GetAsync("http://internal.example.com/"));
    }

    [Fact]
    public async Task A_name_that_changes_its_answer_is_never_followed_inside()
    {
        await using var listener = new RawServer((_, _) => Task.CompletedTask);
        using var world = World(listener.Port);
        var answers = 0;
        // The guard is asked about every answer; that the allowed one leads nowhere here does not matter.
        world.Resolve = _ => Task.FromResult<IPAddress[]>([++answers % 2 == 1 ? IPAddress.Parse("::ffff:0:0") : IPAddress.Loopback]);

        for (var poll = 0; poll < 1_000; poll++)
        {
            Assert.IsType<FetchResult.Blocked>(await world.GetAsync($"http://rebind.example.com:{listener.Port}/"));
        }

        Assert.Equal((0, 1_000), (listener.Connections, answers));
    }

    [Fact]
    public async Task A_remembered_address_is_checked_like_a_new_one()
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer("/", Reply.Text("hello", ("Connection", "close")));
        using var world = World(server.Port);
        var questions = 0;
        var resolver = new NameResolver(_ => [questions++ == 0 ? IPAddress.Loopback : IPAddress.None], new FetchMetrics(world.Meters), world.Clock);
        world.Resolve = name => resolver.ResolveAsync(name, CancellationToken.None);
        world.Configuration.Swap(WatchConfigurations.Of([], server.Port));
        Assert.IsType<FetchResult.Fetched>(await world.GetAsync(server.At("/")));

        world.Configuration.Swap(world.Configuration.Current with { Operator = world.Configuration.Current.Operator with { AllowPrivate = [] } });

        Assert.Equal("blocked: non-public address 127.0.0.1", (await world.GetAsync(server.At("/"))).Problem);
        Assert.Equal(1, questions);
    }

    [Theory]
    [InlineData("http://intranet.example.com/feed", "intranet.example.com", true)]
    [InlineData("http://INTRANET.example.com/feed", "intranet.example.com", true)]
    [InlineData("http://10.0.0.5/feed", "10.0.0.5", true)]
    [InlineData("http://[fd00::5]/feed", "fd00::5", true)]
    [InlineData("http://intranet.example.com/feed", "other.example.com", false)]
    public void A_private_source_opens_its_own_host_alone(string url, string host, bool allowed)
    {
        var watch = WatchConfigurations.Of([new Source { Id = "a", Url = url, AllowPrivate = true }, new Source { Id = "b", Url = "http://other.example.com/" }]);
        var guard = new AddressGuard(new ConfigurationHolder(watch with { Operator = new Operator() }));

        Assert.Equal(allowed, guard.Allows(host, IPAddress.Parse("10.0.0.5")));
    }

    [Fact]
    public async Task Of_mixed_addresses_only_the_allowed_ones_are_tried()
    {
        await using var server = await FeedServer.StartAsync();
        await using var forbidden = new RawServer((_, _) => Task.CompletedTask);
        var configuration = WatchConfigurations.Of([], server.Port);
        using var world = new FetchWorld(configuration with { Operator = configuration.Operator with { AllowPrivate = [IPNetwork.Parse("127.0.0.1/32")] } });
        world.Resolve = _ => Task.FromResult<IPAddress[]>([IPAddress.Parse("127.0.0.2"), IPAddress.Loopback]);
        server.Answer("/", Reply.Text("hello"));

        Assert.IsType<FetchResult.Fetched>(await world.GetAsync(server.At("/")));
    }

    [Theory]
    [InlineData(22)]
    [InlineData(25)]
    [InlineData(6379)]
    public async Task Ports_of_other_protocols_are_blocked(int port)
    {
        using var world = World(80);

        Assert.Equal($"blocked: port {port} is not allowed", Assert.IsType<FetchResult.Blocked>(await world.GetAsync($"http://news.example.com:{port}/")).Reason);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_to_a_private_address_is_blocked_at_the_hop(int status)
    {
        await using var server = await FeedServer.StartAsync();
        await using var inside = new RawServer((_, _) => Task.CompletedTask);
        var configuration = WatchConfigurations.Of([], server.Port, inside.Port);
        using var world = new FetchWorld(configuration with { Operator = configuration.Operator with { AllowPrivate = [IPNetwork.Parse("127.0.0.1/32")] } });
        server.Answer("/feed", Reply.Redirect(status, server.At("/hop", "second.example.com")));
        server.Answer("/hop", Reply.Redirect(status, $"http://127.0.0.9:{inside.Port}/admin"));

        var result = await world.GetAsync(server.At("/feed"));

        Assert.Equal("blocked: non-public address 127.0.0.9 (redirected: news.example.com -> second.example.com -> 127.0.0.9)", Assert.IsType<FetchResult.Blocked>(result).Reason);
        Assert.Equal(0, inside.Connections);
    }

    [Fact]
    public async Task The_allow_list_in_force_decides()
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer("/", Reply.Text("hello"));
        using var world = World(server.Port);
        Assert.IsType<FetchResult.Blocked>(await world.GetAsync(server.At("/")));

        world.Configuration.Swap(WatchConfigurations.Of([], server.Port));

        Assert.IsType<FetchResult.Fetched>(await world.GetAsync(server.At("/")));
    }

    [Theory]
    [InlineData("//127.0.0.1/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("jar:http://127.0.0.1!/")]
    [InlineData("data:text/xml,<rss/>")]
    [InlineData("unix:/run/docker.sock")]
    [InlineData("http://good.example@127.0.0.1/")]
    [InlineData("http://user:word@news.example.com/")]
    [InlineData("http://127.1.1.1:80\\@127.2.2.2:80/")]
    [InlineData("http://user@127.0.0.1:80@example.com/")]
    [InlineData("http://news.example.com/\r\nX-Evil: 1")]
    public async Task An_odd_address_is_refused(string url)
    {
        using var world = World(80);

        Assert.True(await world.GetAsync(url) is FetchResult.Failed { Why: FailureKind.Unusable } or FetchResult.Blocked);
    }
}
