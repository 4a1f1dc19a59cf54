using System.Net;
using NewsWatch.Storage.Sources;
using NewsWatch.Tests.Configuration;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Hostile;

/// <summary>Addresses that lead inside: as literals, by name, by redirect, in the configuration.</summary>
public sealed class AddressRows
{
    [Fact]
    public Task Row_01_loopback() => BlockedAsync("http://127.0.0.1:PORT/feed");

    [Fact]
    public Task Row_02_loopback_in_short_form() => BlockedAsync("http://127.1:PORT/");

    [Fact]
    public Task Row_03_loopback_as_a_number() => BlockedAsync("http://2130706433:PORT/");

    [Fact]
    public Task Row_04_loopback_in_hexadecimal() => BlockedAsync("http://0x7f000001:PORT/");

    [Fact]
    public Task Row_05_loopback_in_octal() => BlockedAsync("http://0177.0.0.1:PORT/");

    [Fact]
    public Task Row_06_unspecified() => BlockedAsync("http://0.0.0.0:PORT/", "http://0:PORT/");

    [Fact]
    public Task Row_07_loopback_v6() => BlockedAsync("http://[::1]:PORT/");

    [Fact]
    public Task Row_08_unspecified_v6() => BlockedAsync("http://[::]:PORT/");

    [Fact]
    public Task Row_09_v4_mapped_into_v6() => BlockedAsync("http://[::ffff:127.0.0.1]:PORT/", "http://[::ffff:169.254.169.254]/");

    [Fact]
    public Task Row_10_v4_embedded_in_v6() =>
        BlockedAsync("http://[64:ff9b::7f00:1]:PORT/", "http://[2002:7f00:1::]:PORT/", "http://[2001:0:7f00:1::]:PORT/", "http://[::127.0.0.1]:PORT/");

    [Fact]
    public Task Row_11_the_metadata_address_of_clouds() =>
        BlockedAsync("http://169.254.169.254/latest/meta-data/", "http://2852039166/", "http://0xA9FEA9FE/", "http://0251.0376.0251.0376/");

    [Fact]
    public Task Row_12_link_local_with_a_zone() => BlockedAsync("http://[fe80::1%25lo]/");

    [Fact]
    public Task Row_13_every_network_that_is_not_public() => BlockedAsync(
        [.. "10.0.0.1 172.16.0.1 192.168.0.1 100.64.0.1 198.18.0.1 192.0.2.1 192.88.99.1 224.0.0.1 240.0.0.1 255.255.255.255 [fd00::1] [ff02::1] [3fff::1]".Split(' ').Select(host => $"http://{host}/")]);

    [Fact]
    public Task Row_14_digits_and_dots_of_other_scripts() =>
        BlockedAsync("http://①②⑦.⓪.⓪.①:PORT/", "http://127。0。0。1:PORT/", "http://１２７.０.０.１:PORT/", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/");

    /// <summary>Not every system knows localhost with a dot, or ip6-localhost: then there is nothing to block, and nothing is reached either.</summary>
    [Fact]
    public async Task Row_15_names_of_loopback()
    {
        await BlockedAsync("http://localhost:PORT/");
        await using var world = await HostileWorld.OpenAsync();
        world.Resolve = Inwards(world.Resolve);
        foreach (var name in new[] { "LOCALHOST.", "ip6-localhost", Dns.GetHostName() })
        {
            Assert.NotEqual("", (await world.PollAsync($"http://{name}:PORT/")).LastError ?? "");
        }

        Assert.Equal(0, world.Trespasses);
    }

    [Fact]
    public Task Row_16_a_name_with_a_private_address() => BlockedNameAsync("10.0.0.5");

    [Fact]
    public async Task Row_17_a_name_that_changes_its_answer()
    {
        await using var world = await HostileWorld.OpenAsync();

        Assert.Equal(new RebindingResult(1_000, 1_000, 500, 500, 0), await Rebinding.PollAsync(world, 1_000));
    }

    [Fact]
    public async Task Row_18_a_name_with_good_and_bad_addresses()
    {
        await using var world = await HostileWorld.OpenAsync();
        world.Resolve = _ => Task.FromResult<IPAddress[]>([IPAddress.Loopback, IPAddress.IPv6Loopback, HostileWorld.Outside]);
        world.Site.Answer("/", Reply.Text(Rss.Of(3)));

        var row = await world.PollAsync("http://two.example.com:PORT/");

        Assert.Equal((SourceState.Ok, 3, 0), (row.State, world.Items(row.Id), world.Trespasses));
    }

    [Fact]
    public Task Row_19_a_name_with_v4_mapped_into_v6() => BlockedNameAsync("::ffff:127.0.0.1");

    [Fact]
    public async Task Row_20_a_redirect_inside()
    {
        await using var world = await HostileWorld.OpenAsync();
        foreach (var status in new[] { 301, 302, 303, 307, 308 })
        {
            world.Site.Answer("/one", Reply.Redirect(status, $"http://127.0.0.1:{world.Site.Port}/"));
            world.Site.Answer("/two", Reply.Redirect(status, "http://169.254.169.254/"));
            world.Site.Answer("/three", Reply.Redirect(status, world.Site.At("/one", "second.example.com")));

            Assert.Equal("blocked: non-public address 127.0.0.1 (redirected: a.example.com -> 127.0.0.1)", (await world.PollAsync("http://a.example.com:PORT/one")).LastError);
            Assert.Equal("blocked: non-public address 169.254.169.254 (redirected: b.example.com -> 169.254.169.254)", (await world.PollAsync("http://b.example.com:PORT/two")).LastError);
            Assert.Equal(
                "blocked: non-public address 127.0.0.1 (redirected: c.example.com -> second.example.com -> 127.0.0.1)", (await world.PollAsync("http://c.example.com:PORT/three")).LastError);
        }

        Assert.Equal(0, world.Trespasses);
    }

    [Fact]
    public async Task Row_21_a_redirect_to_another_scheme()
    {
        await using var world = await HostileWorld.OpenAsync();
        foreach (var location in new[] { "file:///etc/passwd", "file:/etc/passwd", "gopher://127.0.0.1:25/", "ftp://127.0.0.1/", "data:text/xml,<rss/>", "javascript:alert(1)" })
        {
            world.Site.Answer("/feed", Reply.Redirect(302, location));

            var row = await world.PollAsync("http://news.example.com:PORT/feed");

            Assert.StartsWith("bad redirect: ", row.LastError, StringComparison.Ordinal);
            Assert.Equal(SourceState.Failing, row.State);
        }

        Assert.Equal(0, world.Trespasses);
    }

    [Fact]
    public void Row_22_odd_schemes_in_the_configuration()
    {
        foreach (var url in new[] { "//127.0.0.1/x", "file:///etc/passwd", "jar:http://127.0.0.1!/", "data:text/xml,<rss/>", "unix:/run/docker.sock", "gopher://127.0.0.1/" })
        {
            RefusedInLine(3, $"{{ \"Sources\": {{\n \"good\": {{ \"Url\": \"https://news.example.com/rss\" }},\n \"bad\": {{ \"Url\": \"{url}\" }} }} }}");
        }
    }

    [Fact]
    public async Task Row_23_credentials_and_what_parsers_disagree_about()
    {
        string[] urls = ["http://good.example@127.0.0.1:PORT/", "http://127.1.1.1:80#\\\\@127.2.2.2/", "http://127.1.1.1:80\\\\@127.2.2.2:80/", "http://user@127.0.0.1:80@example.com/"];
        foreach (var url in urls)
        {
            RefusedInLine(1, $"{{ \"Sources\": {{ \"bad\": {{ \"Url\": \"{url.Replace("PORT", "80", StringComparison.Ordinal)}\" }} }} }}");
        }

        // Past the configuration, as from a redirect or a feed, they come no further.
        await using var world = await HostileWorld.OpenAsync();
        foreach (var url in urls)
        {
            var row = await world.PollAsync(url.Replace(@"\\", @"\", StringComparison.Ordinal));
            Assert.Equal(SourceState.Failing, row.State);
        }

        Assert.Equal(0, world.Trespasses);
    }

    [Fact]
    public void Row_25_a_webhook_inside()
    {
        const string Hook = """{ "Type": "webhook", "Url": "http://127.0.0.1:8080/hook", "Secret": "env:HOOK_SECRET" }""";

        RefusedInLine(1, $$"""{ "Channels": { "hook": {{Hook}} } }""");
        Assert.DoesNotContain(
            SomeFiles.Load($$"""{ "Channels": { "hook": {{Hook}} }, "Operator": { "AllowPrivate": ["127.0.0.0/8"] } }""").Problems,
            problem => problem.Path.StartsWith("Channels.hook.Url", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Row_26_ports_of_other_protocols()
    {
        await using var world = await HostileWorld.OpenAsync();
        foreach (var port in new[] { 22, 25, 6379 })
        {
            Assert.Equal($"blocked: port {port} is not allowed", (await world.PollAsync($"http://news.example.com:{port}/")).LastError);
            RefusedInLine(1, $"{{ \"Sources\": {{ \"bad\": {{ \"Url\": \"http://news.example.com:{port}/\" }} }} }}");
        }

        await using var raw = new RawServer((stream, stop) => stream.WriteAsync("220 mail.example.com ESMTP\r\n"u8.ToArray(), stop).AsTask(), HostileWorld.Outside);
        world.Configure(watch => watch with { Operator = watch.Operator with { AllowPorts = [.. watch.Operator.AllowPorts, raw.Port] } });
        Assert.Equal("the reply is not HTTP", (await world.PollAsync($"http://news.example.com:{raw.Port}/")).LastError);
    }

    [Fact]
    public async Task Row_27_credentials_do_not_follow_a_redirect()
    {
        await using var world = await HostileWorld.OpenAsync();
        var source = world.Source("paid", "/feed") with { Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer canary", ["Cookie"] = "id=canary" } };
        world.Site.Answer("/feed", Reply.Text(Rss.Of(1), ("ETag", "\"1\""), ("Set-Cookie", "session=2")));
        await world.PollAsync(source);
        world.Site.Answer("/feed", Reply.Redirect(307, world.Site.At("/elsewhere", "other.example.com")));
        world.Site.Answer("/elsewhere", Reply.Text(Rss.Of(2)));
        world.Clock.Advance(TimeSpan.FromHours(1));

        await world.PollAsync(source);

        var elsewhere = Assert.Single(world.Site.Requests, request => request.Target == "/elsewhere");
        Assert.All(["Authorization", "Cookie", "If-None-Match", "If-Modified-Since", "Referer"], header => Assert.Null(elsewhere[header]));
        Assert.Equal("\"1\"", world.Site.Requests.Last(request => request.Target == "/feed")["If-None-Match"]);
    }

    private static async Task BlockedAsync(params string[] urls)
    {
        await using var world = await HostileWorld.OpenAsync();
        world.Resolve = Inwards(world.Resolve);
        foreach (var url in urls)
        {
            var row = await world.PollAsync(url);

            Assert.StartsWith("blocked: non-public address ", row.LastError, StringComparison.Ordinal);
            Assert.Equal((SourceState.Failing, 0), (row.State, world.Items(row.Id)));
        }

        Assert.Equal((0, urls.Length), (world.Trespasses, world.Outcomes.Count(outcome => outcome == "blocked")));
    }

    private static async Task BlockedNameAsync(string address)
    {
        await using var world = await HostileWorld.OpenAsync();
        world.Resolve = name => Task.FromResult<IPAddress[]>([name == "internal.example.com" ? IPAddress.Parse(address) : HostileWorld.Outside]);

        var row = await world.PollAsync("http://internal.example.com:PORT/");

        Assert.Equal(($"blocked: non-public address {address}", 0), (row.LastError, world.Trespasses));
    }

    private static Func<string, Task<IPAddress[]>> Inwards(Func<string, Task<IPAddress[]>> outwards) =>
        name => name.EndsWith(".example.com", StringComparison.Ordinal) ? outwards(name) : Dns.GetHostAddressesAsync(name);

    private static void RefusedInLine(int line, string watch)
    {
        var refused = Assert.IsType<NewsWatch.Configuration.Loading.LoadResult.Refused>(SomeFiles.Load(watch));

        Assert.Contains(refused.Problems, problem => !problem.IsWarning && problem.Place.Line == line && problem.Path.EndsWith("Url", StringComparison.Ordinal));
    }
}
