using System.Net;
using System.Security.Cryptography;
using DnsClient;
using MimeKit.Cryptography;
using NewsWatch.Configuration;
using NewsWatch.Delivery;
using NewsWatch.Delivery.Smtp;
using NewsWatch.Tests.Support;
using Org.BouncyCastle.Crypto;

namespace NewsWatch.Tests.Delivery;

/// <summary>What the doctor finds, what a test message comes to, and that receivers can verify what is signed.</summary>
public sealed class DoctorTests
{
    private static readonly RSA Key = RSA.Create(2048);
    private static readonly string PublicKey = Convert.ToBase64String(Key.ExportSubjectPublicKeyInfo());

    [Fact]
    public async Task What_is_well_and_what_is_to_mend_reads_as_approved()
    {
        await using var server = new FakeSmtpServer { OffersTls = true, Login = "user:secret" };
        await using var dns = new FakeDnsServer
        {
            Texts = new()
            {
                ["news.example.com"] = "v=spf1 mx -all",
                ["_dmarc.news.example.com"] = "v=DMARC1; p=reject",
                ["s1._domainkey.news.example.com"] = $"v=DKIM1; k=rsa; p={PublicKey}",
                ["s2._domainkey.news.example.com"] = "v=DKIM1; k=rsa; p=AAAA",
            },
        };
        var well = DeliveryWorld.Mail(server) with { Tls = TlsMode.Required, User = "user", Password = "secret", Dkim = Dkim("s1") };
        var channels = new[]
        {
            well,
            well with { Id = "no-tls", Tls = TlsMode.None, User = null, Dkim = null },
            well with { Id = "wrong-password", Password = "wrong" },
            well with { Id = "other-key", Dkim = Dkim("s2") },
            well with { Id = "other-domain", From = "alerts@nowhere.example.com", Dkim = Dkim("s3") with { Domain = "nowhere.example.com" } },
            well with { Id = "no-server", Port = Closed() },
        };
        await using var world = new DeliveryWorld([.. channels]);

        var findings = await new Doctor(world.Configuration, world.Get<SmtpConnectionPool>(), dns.Client).LookAsync(CancellationToken.None);

        var told = string.Join('\n', findings.Select(finding => $"{(finding.Ok ? "ok  " : "FIX ")}  {finding.Subject}: {finding.Text}"));
        Snapshot.Approved(channels.Aggregate(told, (text, channel) => text.Replace($":{channel.Port}", ":PORT", StringComparison.Ordinal)).Replace(PublicKey, "KEY", StringComparison.Ordinal) + "\n", "doctor.txt");
    }

    [Fact]
    public async Task Where_no_name_server_answers_it_says_so_and_goes_on()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        var nobody = new LookupClient(new LookupClientOptions(new IPEndPoint(IPAddress.Loopback, Closed())) { Timeout = TimeSpan.FromMilliseconds(200), Retries = 0, UseTcpFallback = false });

        var findings = await new Doctor(world.Configuration, world.Get<SmtpConnectionPool>(), nobody).LookAsync(CancellationToken.None);

        Assert.Equal([true, false], findings.Select(finding => finding.Ok));
        Assert.StartsWith("cannot be asked", findings[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_is_signed_verifies_as_it_came_over_the_wire_and_a_changed_one_does_not()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server) with { Dkim = Dkim("s1") });
        await world.AddAsync(change: alert => alert with { Article = alert.Article with { Title = ".\nПеремир’я: до п’ятниці" } });

        await world.DeliverAsync();

        var mail = Assert.Single(server.Mails);
        var verifier = new DkimVerifier(new PublishedKey());
        Assert.True(verifier.Verify(mail.Message, mail.Message.Headers.First(header => header.Field == "DKIM-Signature")));
        var changed = mail with { Data = mail.Data.Replace("List-Unsubscribe-Post: ", "List-Unsubscribe-Post: x", StringComparison.Ordinal) };
        Assert.NotEqual(mail.Data, changed.Data);
        Assert.False(verifier.Verify(changed.Message, changed.Message.Headers.First(header => header.Field == "DKIM-Signature")));
    }

    [Fact]
    public async Task A_test_message_shows_the_servers_own_words()
    {
        await using var server = new FakeSmtpServer();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server), DeliveryWorld.Hook(receiver));
        var test = world.Get<SendTest>();

        var sent = await test.SendAsync("anna", CancellationToken.None);
        server.Next(new(SmtpStage.Rcpt, "550 5.1.1 no such person"));
        var refused = await test.SendAsync("bert", CancellationToken.None);
        var hooked = await test.SendAsync("desk", CancellationToken.None);
        receiver.Next(500);
        var failed = await test.SendAsync("desk", CancellationToken.None);
        var unknown = await test.SendAsync("carl", CancellationToken.None);

        Assert.Equal([true, false, true, false, false], new[] { sent, refused, hooked, failed, unknown }.Select(outcome => outcome.Ok));
        Assert.StartsWith("Sent to anna over mail as ", sent.Text, StringComparison.Ordinal);
        Assert.Contains("550 5.1.1 no such person", refused.Text, StringComparison.Ordinal);
        Assert.Contains("answered 500", failed.Text, StringComparison.Ordinal);
        Assert.Equal("No subscriber \"carl\" in the configuration. There are: anna, bert, desk.", unknown.Text);
        Assert.Equal("NewsWatch test", Assert.Single(server.Mails).Message.Subject);
        Assert.Equal("test", receiver.Calls.First().Json["type"]!.GetValue<string>());
        Assert.All(receiver.Calls, call => Assert.True(call.Verified));
    }

    private static Dkim Dkim(string selector) => new("news.example.com", selector, Key.ExportPkcs8PrivateKeyPem());

    private static int Closed()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class PublishedKey : DkimPublicKeyLocatorBase
    {
        public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            (domain, selector) == ("news.example.com", "s1") ? GetPublicKey($"v=DKIM1; k=rsa; p={PublicKey}") : throw new InvalidOperationException($"{selector} of {domain}");

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}
