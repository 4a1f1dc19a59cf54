using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using NewsWatch.Fetching;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Hostile;

/// <summary>Headers and answers that servers send to make us send something else.</summary>
public sealed class WebhookRows
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    [Fact]
    public async Task Row_63_line_breaks_in_headers_that_go_out()
    {
        await using var world = await HostileWorld.OpenAsync();
        var heard = new StringBuilder();
        await using var raw = new RawServer(
            async (stream, stop) =>
            {
                var request = new byte[16 * 1024];
                for (int count; (count = await stream.ReadAsync(request, stop)) > 0;)
                {
                    heard.Append(Encoding.ASCII.GetString(request, 0, count));
                    var body = Rss.Of(1);
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nETag: \"a\"\r\n X-Evil: 1\r\nLast-Modified: Wed, 06 Aug 2025 12:00:00 GMT\r\n\tX-Evil: 2\r\nContent-Length: {body.Length}\r\n\r\n{body}"), stop);
                }
            },
            HostileWorld.Outside);
        world.Configure(watch => watch with { Operator = watch.Operator with { AllowPorts = [.. watch.Operator.AllowPorts, raw.Port] } });
        var source = world.Source("folded", "/") with { Url = $"http://news.example.com:{raw.Port}/", Headers = new Dictionary<string, string> { ["X-Key"] = "a\r\nX-Evil: 3" } };

        await world.PollAsync(source);
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.PollAsync(source);

        Assert.Equal(2, heard.ToString().Split("GET / HTTP/1.1").Length - 1);
        Assert.DoesNotContain("\nX-Evil", heard.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.All(new[] { "\"a\"\r\nX-Evil: 1", "a\rb", "a\nb", "a\0b", new string('a', 5_000) }, value => Assert.Null(Validators.Safe(value)));
        Assert.Equal("W/\"odd but harmless'", Validators.Safe("W/\"odd but harmless'"));
    }

    [Fact]
    public async Task Row_64_webhook_answers_redirects_to_the_inside()
    {
        await using var world = await HostileWorld.OpenAsync();
        world.Hook.Next(302, "Location", $"http://127.0.0.1:{world.Site.Port}/");

        await world.TellAsync("Truce redirected");

        Assert.Equal((0, "pending"), (world.Trespasses, Assert.Single(States(world))));
        Assert.Single(world.Hook.Calls);
    }

    [Fact]
    public async Task Row_64_webhook_answers_with_times_of_its_own()
    {
        foreach (var wish in new[] { "99999999", "-5", "0", "Wed, 06 Aug 2008 12:00:00 GMT", "soon", "99999999999999999999999" })
        {
            await using var world = await HostileWorld.OpenAsync();
            world.Hook.Next(429, "Retry-After", wish);
            await world.TellAsync("Truce put off");

            var wait = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(Assert.Single(world.Column("delivery", "due", new { channel = "hook" })), System.Globalization.CultureInfo.InvariantCulture)) - world.Clock.GetUtcNow();

            Assert.InRange(wait, TimeSpan.FromSeconds(1), Day);
        }
    }

    [Fact]
    public async Task Row_64_webhook_answers_gone()
    {
        await using var world = await HostileWorld.OpenAsync();
        world.Hook.Next(410);

        await world.TellAsync("Truce for nobody");
        await world.TellAsync("Truce for nobody again");

        Assert.Single(world.Hook.Calls);
        Assert.All(States(world), state => Assert.Equal("dead", state));
        Assert.Contains(world.Mail.Mails, mail => mail.Message.Subject == "[NewsWatch] Channel hook is gone");
    }

    [Fact]
    public async Task Row_64_webhook_answers_500_for_ever()
    {
        await using var world = await HostileWorld.OpenAsync();
        for (var call = 0; call < 100; call++)
        {
            world.Hook.Next(500);
        }

        await world.TellAsync("Truce unheard");
        for (var look = 0; look < 14 * 6; look++)
        {
            world.Clock.Advance(TimeSpan.FromHours(4));
            await world.SettleAsync();
        }

        Assert.Equal("dead", Assert.Single(States(world)));
        Assert.InRange(world.Hook.Calls.Count, 5, 40);
        Assert.Contains(world.Mail.Mails, mail => mail.Message.Subject == "[NewsWatch] Alerts could not be delivered to desk");
    }

    [Fact]
    public async Task Row_64_webhook_answers_a_body_without_end()
    {
        await using var world = await HostileWorld.OpenAsync();
        var sent = 0L;
        await using var raw = new RawServer(
            async (stream, stop) =>
            {
                await stream.ReadExactlyAsync(new byte[100], stop);
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"u8.ToArray(), stop);
                for (var block = new byte[64 * 1024]; ; sent += block.Length)
                {
                    await stream.WriteAsync(block, stop);
                }
            },
            HostileWorld.Outside);
        world.Configure(watch => watch with
        {
            Channels = new Dictionary<string, NewsWatch.Configuration.Channel>(watch.Channels) { ["hook"] = DeliveryWorld.Hook(world.Hook) with { Url = new Uri($"http://hook.example.com:{raw.Port}/") } },
            Operator = watch.Operator with { AllowPorts = [.. watch.Operator.AllowPorts, raw.Port] },
        });

        await world.TellAsync("Truce answered at length");

        Assert.Equal("sent", Assert.Single(States(world)));
        Assert.InRange(sent, 0, 32L * 1024 * 1024);
    }

    [Fact]
    public async Task Row_64_webhook_answers_after_a_minute()
    {
        await using var world = await HostileWorld.OpenAsync();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Hook.Next(async context =>
        {
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        var telling = world.TellAsync("Truce awaited");
        await reached.Task;
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        await telling;

        Assert.Contains("did not answer within 15 s", Assert.Single(world.Column("delivery", "last_error", new { channel = "hook" })), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_64_webhook_answers_with_an_expired_certificate()
    {
        await using var world = await HostileWorld.OpenAsync();
        using var expired = Expired();
        var told = 0;
        await using var raw = new RawServer(
            async (stream, stop) =>
            {
                await using var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = expired }, stop);
                told += await tls.ReadAsync(new byte[1024], stop);
            },
            HostileWorld.Outside);
        world.Configure(watch => watch with
        {
            Channels = new Dictionary<string, NewsWatch.Configuration.Channel>(watch.Channels) { ["hook"] = DeliveryWorld.Hook(world.Hook) with { Url = new Uri($"https://hook.example.com:{raw.Port}/canary") } },
            Operator = watch.Operator with { AllowPorts = [.. watch.Operator.AllowPorts, raw.Port] },
        });

        await world.TellAsync("Truce in secret");

        Assert.Equal((0, "pending"), (told, Assert.Single(States(world))));
        Assert.DoesNotContain("canary", Assert.Single(world.Column("delivery", "last_error", new { channel = "hook" })), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> States(HostileWorld world) => world.Column("delivery", "state", new { channel = "hook", kind = new[] { "alert", "group", "digest", "cap", "test" } });

    private static X509Certificate2 Expired()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=hook.example.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(2019, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
