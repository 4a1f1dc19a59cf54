using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Parser;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Loading;
using NewsWatch.Core.Feeds;
using NewsWatch.Messages.Unsubscribing;
using NewsWatch.Tests.Configuration;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Hostile;

/// <summary>Who comes to our own doors: unsubscribe links, the operator's port, secrets, files.</summary>
public sealed class DoorRows
{
    private static readonly UnsubscribeGrant Grant = new("anna", "ceasefire", "00000000000000aa");

    [Fact]
    public async Task Row_66_forged_unsubscribe_links()
    {
        await using var world = await HostileWorld.OpenAsync();
        await using var other = await HostileWorld.OpenAsync();
        var (web, _) = await world.ListenAsync();
        using var _ = web;
        var tokens = world.Get<UnsubscribeTokens>();
        var good = await tokens.CreateAsync(Grant, CancellationToken.None);
        var body = """{"Subscriber":"anna","Rule":"ceasefire","Story":7}""";
        var key = Convert.FromBase64String(world.Column("fact", "value", new { name = "unsubscribe-key" }).Single());
        var signature = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("unsubscribe 1\n" + body));
        var forged = new Dictionary<string, string>
        {
            ["of another subscriber"] = Token(signature, body.Replace("anna", "desk", StringComparison.Ordinal)),
            ["with half a signature"] = Token(signature[..16], body),
            ["signed for another purpose"] = Token(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("confirm 1\n" + body)), body),
            ["signed without a purpose"] = Token(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(body)), body),
            ["of another installation, or an old key"] = await other.Get<UnsubscribeTokens>().CreateAsync(Grant, CancellationToken.None),
            ["signed, and nothing in it"] = Token(HMACSHA256.HashData(key, "unsubscribe 1\n"u8), ""),
            ["no token"] = new string('A', 200),
            ["a sealed one that was made up"] = new string('A', 32),
            ["a sealed one that was cut"] = good[..31],
            ["a sealed one that was turned around"] = new string([.. good.Reverse()]),
        };
        foreach (var (what, token) in forged)
        {
            using var answer = await web.PostAsync(new Uri($"/u/{token}", UriKind.Relative), new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));
            Assert.True(answer.StatusCode == HttpStatusCode.Gone, $"{what}: {answer.StatusCode}");
        }

        // A link scanner looks, and nothing happens; nor does it when a form is missing.
        using var look = await web.GetAsync(new Uri($"/u/{good}", UriKind.Relative));
        using var head = await web.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/u/{good}"));
        using var bare = await web.PostAsync(new Uri($"/u/{good}", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.OK, look.StatusCode);
        Assert.Empty(world.Column("unsubscribed", "subscriber"));

        using var click = await web.PostAsync(new Uri($"/u/{good}", UriKind.Relative), new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));
        Assert.Equal(["anna"], world.Column("unsubscribed", "subscriber"));
    }

    [Fact]
    public async Task Row_67_secrets_stay_secret()
    {
        const string Canary = "canary4711";
        await using var world = await HostileWorld.OpenAsync(settings: new Dictionary<string, string?> { ["Web:OperatorToken"] = Canary + "-token" });
        using var web = (await world.ListenAsync()).Operator;
        world.Configure(watch => watch with
        {
            Channels = new Dictionary<string, Channel>
            {
                ["mail"] = DeliveryWorld.Mail(world.Mail) with { User = "newswatch", Password = Canary + "-password" },
                ["hook"] = DeliveryWorld.Hook(world.Hook) with { Url = new Uri(world.Hook.Url, $"/{Canary}-path?key={Canary}"), Secrets = ["whsec_" + Convert.ToBase64String(Encoding.ASCII.GetBytes(Canary + "-signing-secret-of-some-length"))] },
                ["nowhere"] = DeliveryWorld.Hook(world.Hook) with { Id = "nowhere", Url = new Uri($"http://hook.example.com:1/{Canary}") },
            },
            Subscribers = new Dictionary<string, Core.Alerts.Subscriber>(watch.Subscribers) { ["other"] = new() { Id = "other", Channel = "nowhere" } },
        });
        var paid = world.Source("paid", "/paid") with { Headers = new Dictionary<string, string> { ["Authorization"] = "Basic " + Canary } };
        world.Site.Answer("/paid", Reply.Of(401));
        world.Hook.Next(500);
        world.Hook.Next(302, "Location", "/elsewhere");

        await world.PollAsync(paid);
        await world.TellAsync("Truce and secrets");
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await world.SettleAsync();

        using var refused = await web.GetAsync(new Uri($"/metrics?token={Canary}-wrong", UriKind.Relative));
        var database = world.Database.Read(db => Stored.Texts(db, "delivery", "last_error", "notice"))
            .Concat(world.Database.Read(db => Stored.Texts(db, "source", "last_error", "state_reason"))).Concat(world.Column("alert", "content")).ToList();
        Assert.Contains(database, text => text.Contains("(#", StringComparison.Ordinal));
        var seen = string.Join('\n', [.. world.Log.Lines, .. world.Log.Terminal, .. database, world.MetricsPage(), .. world.Mail.Mails.Select(mail => mail.Data), .. world.Hook.Calls.Select(call => call.Body)]);
        Assert.DoesNotContain(Canary, seen, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.ASCII.GetBytes(Canary))[..10], seen, StringComparison.Ordinal);
    }

    [Fact]
    public void Row_68_secret_files()
    {
        var folder = Directory.CreateTempSubdirectory("newswatch-secrets-").FullName;
        try
        {
            var file = Path.Combine(folder, "secret");
            foreach (var written in new[] { "hook-secret-0123456789abcdef", "hook-secret-0123456789abcdef\n", "hook-secret-0123456789abcdef\r\n" })
            {
                File.WriteAllText(file, written);
                Assert.Equal(["hook-secret-0123456789abcdef"], Secret(file).Secrets);
            }

            var link = Path.Combine(folder, "link");
            File.CreateSymbolicLink(link, file);
            Assert.Single(Secret(link).Secrets);
            foreach (var (path, content) in new[] { (Path.Combine(folder, "missing"), null), (folder, null), (Path.Combine(folder, "empty"), ""), ("secret", null), (Path.Combine(folder, "huge"), new string('x', 100_000)) })
            {
                if (content is not null)
                {
                    File.WriteAllText(path, content);
                }

                var refused = Assert.IsType<LoadResult.Refused>(Load(path));
                Assert.Contains(refused.Problems, problem => problem.Path == "Channels.hook.Secret" && problem.Message.Contains(path, StringComparison.Ordinal));
            }

            var before = Load(link);
            File.WriteAllText(file, "another-secret-0123456789abcdef\n");
            Assert.True(before.Outside.Changed, "a rotated secret is noticed by the next look at the configuration");
            Assert.Equal(["another-secret-0123456789abcdef"], Secret(link).Secrets);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Row_69_the_operators_port_without_leave()
    {
        await using (var open = await HostileWorld.OpenAsync())
        {
            var (web, own) = await open.ListenAsync();
            using var a = web;
            using var b = own;
            Assert.Equal(HttpStatusCode.OK, await AskAsync(own));

            // The public port does not know the operator's pages, whatever a request says of itself.
            Assert.Equal(HttpStatusCode.NotFound, await AskAsync(web));
            Assert.Equal(HttpStatusCode.NotFound, await AskAsync(web, ("Host", own.BaseAddress!.Authority), ("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-Port", $"{own.BaseAddress.Port}"), ("Forwarded", "for=127.0.0.1")));
        }

        await using var world = await HostileWorld.OpenAsync(settings: new Dictionary<string, string?> { ["Web:OperatorToken"] = "right" });
        using var client = (await world.ListenAsync()).Operator;
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(client));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(client, ("Authorization", "Bearer wrong")));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(client, ("Authorization", "right")));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(client, ("X-Forwarded-For", "127.0.0.1"), ("Host", "127.0.0.1"), ("Origin", "http://127.0.0.1")));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri("/metrics?token=right&access_token=right", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(client, ("Authorization", "Bearer right"), ("Origin", "http://evil.example")));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await AskAsync(client, ("Authorization", "Bearer right"), ("Host", "evil.example")));
    }

    [Fact]
    public async Task Row_70_scripts_stored_in_pages()
    {
        await using var world = await HostileWorld.OpenAsync();
        using var web = (await world.ListenAsync()).Public;
        foreach (var payload in Payloads.All.Values.Select(text => text[..Math.Min(text.Length, 5_000)]))
        {
            world.Configure(watch => watch with { Rules = new Dictionary<string, WatchRule> { ["ceasefire"] = SomeWatch.Ceasefire with { Title = payload } } });
            var token = await world.Get<UnsubscribeTokens>().CreateAsync(Grant, CancellationToken.None);
            using var ask = await web.GetAsync(new Uri($"/u/{token}", UriKind.Relative));
            using var done = await web.PostAsync(new Uri($"/u/{token}", UriKind.Relative), new FormUrlEncodedContent([new("scope", "rule")]));
            foreach (var answer in new[] { ask, done })
            {
                var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
                Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
                Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
                using var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
                Assert.Empty(page.QuerySelectorAll("script, img, svg, iframe, base, link, a, object, embed"));
                Assert.All(page.All.SelectMany(element => element.Attributes), attribute => Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)));
                Assert.InRange(page.QuerySelectorAll("form").Length, 0, 1);
            }
        }
    }

    [Fact]
    public async Task Row_71_names_that_are_paths_and_lists_of_feeds()
    {
        await using var world = await HostileWorld.OpenAsync();
        var folder = Directory.CreateTempSubdirectory("newswatch-pickup-").FullName;
        world.Configure(watch => watch with
        {
            Channels = new Dictionary<string, Channel> { ["mail"] = new Channel.Pickup("mail") { Folder = Path.Combine(folder, "mail") } },
            Subscribers = new Dictionary<string, Core.Alerts.Subscriber> { ["anna"] = SomeWatch.Anna },
        });
        world.Site.Answer("/feed", Reply.Text(Rss.Document("", ["<item><guid>../../etc/cron.d/x</guid><title>Truce ../../x</title><link>https://news.example.com/../../x</link></item>"])));
        await world.PollAsync(world.Source("../../etc/cron.d/x", "/feed"));
        await world.SettleAsync();

        var written = Assert.Single(Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
        Assert.Matches("^mail/[0-9a-f]{32}\\.eml$", Path.GetRelativePath(folder, written));
        Directory.Delete(folder, recursive: true);

        Assert.IsType<OpmlResult.NotOpml>(Opml.Read(new byte[Opml.MaxBytes + 1])); // what `import` reads of a list of any size
        Assert.IsType<OpmlResult.NotOpml>(Opml.Read(Encoding.UTF8.GetBytes("<opml><body>" + string.Concat(Enumerable.Repeat("<outline>", 100_000)))));
        var list = Assert.IsType<OpmlResult.List>(Opml.Read(Encoding.UTF8.GetBytes(
            "<!DOCTYPE opml [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><opml><body><outline text='a' xmlUrl='https://news.example.com/rss'/><outline xmlUrl='file:///etc/passwd'/><outline text='b'>&x;</outline></body></opml>")));
        Assert.Equal(["https://news.example.com/rss"], list.Feeds.Select(feed => feed.Url));
    }

    private static string Token(byte[] signature, string body) => System.Buffers.Text.Base64Url.EncodeToString([.. signature, .. Encoding.UTF8.GetBytes(body)]);

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private static Channel.Webhook Secret(string path) => Assert.IsType<Channel.Webhook>(Assert.IsType<LoadResult.Loaded>(Load(path)).Configuration.Channels["hook"]);

    private static LoadResult Load(string path) => SomeFiles.LoaderWith(Secrets.OfProcess).Load(SomeFiles.Of(
        $$"""{ "NewsWatch": { "Empty": true, "Channels": { "hook": { "Type": "webhook", "Url": "https://hook.example.com/", "Secret": {{JsonSerializer.Serialize("file:" + path)}} } } } }"""));
}
