using NewsWatch.Configuration;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Delivery;

public sealed class SmtpDeliveryTests
{
    [Fact]
    public async Task An_alert_becomes_one_mail_to_one_recipient_and_is_sent_once()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        var key = await world.AddAsync();

        Assert.Equal(1, await world.DeliverAsync());
        Assert.Equal(0, await world.DeliverAsync());

        var mail = Assert.Single(server.Mails);
        Assert.Equal(["anna@example.com"], mail.To);
        Assert.Equal("alerts@news.example.com", mail.From);
        Assert.Equal(("sent", 1L, null), world.Look(key));
    }

    [Fact]
    public async Task A_server_with_starttls_and_a_login_gets_both()
    {
        await using var server = new FakeSmtpServer { OffersTls = true, Login = "user:secret" };
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server) with { Tls = TlsMode.Required, User = "user", Password = "secret" });
        await world.AddAsync();

        await world.DeliverAsync();

        Assert.Single(server.Mails);
        Assert.Contains("STARTTLS", server.Commands);
    }

    [Fact]
    public async Task Without_starttls_nothing_is_sent_where_tls_is_required()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server) with { Tls = TlsMode.Required });
        var key = await world.AddAsync();

        await world.DeliverAsync();

        Assert.Empty(server.Mails);
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
        Assert.Equal("pending", world.Look(key).State);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_not_trusted()
    {
        await using var server = new FakeSmtpServer { OffersTls = true };
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server) with { Tls = TlsMode.Required }) { TrustsAll = false };
        var key = await world.AddAsync();

        await world.DeliverAsync();

        Assert.Empty(server.Mails);
        Assert.Contains("certificate", world.Look(key).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("localhost", false)]
    public async Task The_certificate_that_a_channel_names_is_trusted_for_the_server_that_it_names(string host, bool trusted)
    {
        await using var server = new FakeSmtpServer { OffersTls = true };
        var channel = DeliveryWorld.Mail(server) with { Host = host, Tls = TlsMode.Required, TrustedCertificate = server.Certificate };
        await using var world = new DeliveryWorld(channel) { TrustsAll = false };
        await world.AddAsync();

        await world.DeliverAsync();

        Assert.Equal(trusted ? 1 : 0, server.Mails.Count);
    }

    [Fact]
    public async Task A_channel_that_names_a_certificate_trusts_no_other()
    {
        await using var server = new FakeSmtpServer { OffersTls = true };
        using var other = TestCertificate.Create();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server) with { Tls = TlsMode.Required, TrustedCertificate = other.ExportCertificatePem() });
        await world.AddAsync();

        await world.DeliverAsync();

        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_refused_login_is_tried_again_and_its_password_is_told_nowhere()
    {
        await using var server = new FakeSmtpServer { Login = "user:secret" };
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server) with { User = "user", Password = "canary-4711" });
        var key = await world.AddAsync();

        await world.DeliverAsync();

        Assert.Equal(("pending", 0L, "the server refused the login: 535: no"), world.Look(key));
        Assert.Equal(4, server.Commands.Count(command => command.StartsWith("AUTH", StringComparison.Ordinal)));
        await world.DeliverAsync(TimeSpan.FromSeconds(59));
        Assert.Equal(4, server.Commands.Count(command => command.StartsWith("AUTH", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(SmtpStage.Rcpt, "550 no such user")]
    [InlineData(SmtpStage.Dot, "554 not wanted")]
    public async Task A_refusal_is_final_for_its_recipient_alone_and_the_operator_is_told_once(object at, string answer)
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server) with { Connections = 1 });
        server.Next(new((SmtpStage)at, answer));
        server.Next(new((SmtpStage)at, answer));
        var first = await AddFlashAsync("anna");
        var second = await AddFlashAsync("anna");
        var other = await AddFlashAsync("bert");

        await world.DeliverAsync();

        Assert.Equal("dead", world.Look(first).State);
        Assert.Contains(answer[4..], world.Look(first).Error, StringComparison.Ordinal);
        Assert.Equal("dead", world.Look(second).State);
        Assert.Equal("sent", world.Look(other).State);
        Assert.Single(world.Notices());
        await world.DeliverAsync(TimeSpan.FromMinutes(1));
        Assert.Contains(server.Mails, mail => mail.To.Contains("ops@example.com") && mail.Message.Subject == "[NewsWatch] Alerts could not be delivered to anna");

        // As severe as the notice, and due before it.
        Task<string> AddFlashAsync(string subscriber) => world.AddAsync(subscriber, change: alert => alert with { Severity = NewsWatch.Core.Alerts.Severity.Flash });
    }

    [Fact]
    public async Task A_notice_that_cannot_be_told_makes_no_further_notice()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        server.Next(new(SmtpStage.Rcpt, "550 no such user"));
        server.Next(new(SmtpStage.Rcpt, "550 no such user"));
        await world.AddAsync();

        await world.DeliverAsync();
        await world.DeliverAsync(TimeSpan.FromDays(2));

        Assert.Single(world.Notices());
    }

    [Fact]
    public async Task Connections_are_kept_for_the_next_mail()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server) with { Connections = 1 });
        await world.AddAsync();
        await world.DeliverAsync();
        await world.AddAsync();

        await world.DeliverAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(2, server.Mails.Count);
        Assert.Equal(1, server.Connections);
        Assert.Contains("NOOP", server.Commands);
    }
}
