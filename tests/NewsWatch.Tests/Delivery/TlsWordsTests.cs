using System.Net.Security;
using System.Net.Sockets;
using NewsWatch.Configuration;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Delivery;

/// <summary>Why there is no TLS, in true words: over SMTP and for webhooks.</summary>
public sealed class TlsWordsTests
{
    [Fact]
    public async Task A_mail_servers_certificate_that_nobody_trusted_signed_is_told_so()
    {
        await using var server = new FakeSmtpServer { OffersTls = true };

        Assert.Equal("the server is not trusted: its certificate comes from an untrusted authority", await ErrorAsync(DeliveryWorld.Mail(server) with { Tls = TlsMode.Required }));
    }

    [Fact]
    public async Task An_expired_certificate_is_told_with_its_dates()
    {
        using var expired = TestCertificate.Create(until: new(2021, 2, 3, 0, 0, 0, TimeSpan.Zero));
        await using var server = new FakeSmtpServer { OffersTls = true, Identity = expired };

        Assert.Equal(
            "the server is not trusted: its certificate is valid from 2020-01-01 to 2021-02-03 only",
            await ErrorAsync(DeliveryWorld.Mail(server) with { Tls = TlsMode.Required, TrustedCertificate = server.Certificate }));
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_told_so()
    {
        await using var server = new FakeSmtpServer { OffersTls = true };

        Assert.Equal(
            "the server is not trusted: its certificate is for another name",
            await ErrorAsync(DeliveryWorld.Mail(server) with { Host = "localhost", Tls = TlsMode.Required, TrustedCertificate = server.Certificate }));
    }

    [Theory]
    [InlineData("rubbish instead of a handshake\r\n", "TLS could not be set up: the server's reply was not TLS")]
    [InlineData("", "TLS could not be set up: the server broke off the handshake")]
    [InlineData("\u0015\u0003\u0003\u0000\u0002\u0002\u0028", "TLS could not be set up: the server refused (handshake failure)")]
    public async Task A_handshake_that_fails_before_any_certificate_is_not_blamed_on_one(string answer, string words)
    {
        await using var server = new RawServer(async (wire, stop) =>
        {
            await wire.WriteAsync("220 fake\r\n"u8.ToArray(), stop);
            await ReadAsync(wire, stop);
            await wire.WriteAsync("250-fake\r\n250 STARTTLS\r\n"u8.ToArray(), stop);
            await ReadAsync(wire, stop);
            await wire.WriteAsync("220 go\r\n"u8.ToArray(), stop);
            await ReadAsync(wire, stop);
            await wire.WriteAsync(System.Text.Encoding.Latin1.GetBytes(answer), stop);
            wire.Socket.Shutdown(SocketShutdown.Send);
            await ReadAsync(wire, stop);
        });
        var channel = new Channel.Email("mail") { Host = "127.0.0.1", Port = server.Port, Tls = TlsMode.Required, From = "alerts@news.example.com" };

        Assert.Equal(words, await ErrorAsync(channel));
    }

    [Fact]
    public async Task A_webhooks_certificate_that_nobody_trusted_signed_is_told_so()
    {
        using var certificate = TestCertificate.Create();
        await using var server = new RawServer(async (wire, stop) =>
        {
            await using var tls = new SslStream(wire);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop);
        });

        Assert.EndsWith(") cannot be reached: its certificate comes from an untrusted authority", await ErrorAsync(Hook(server)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_that_speaks_no_TLS_is_told_so()
    {
        await using var server = new RawServer(async (wire, stop) =>
        {
            await ReadAsync(wire, stop);
            await wire.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), stop);
        });

        Assert.EndsWith(") cannot be reached: TLS could not be set up: the server's reply was not TLS", await ErrorAsync(Hook(server)), StringComparison.Ordinal);
    }

    private static Channel.Webhook Hook(RawServer server) => new("hook") { Url = new Uri($"https://127.0.0.1:{server.Port}/hook"), Secrets = [] };

    private static async Task<string?> ErrorAsync(Channel channel)
    {
        await using var world = new DeliveryWorld(channel) { TrustsAll = false };
        var key = await world.AddAsync(channel is Channel.Webhook ? "desk" : "anna", channel.Id);

        await world.DeliverAsync();

        var (state, attempts, error) = world.Look(key);
        Assert.Equal(("pending", 0L), (state, attempts));
        return error;
    }

    private static async Task ReadAsync(NetworkStream wire, CancellationToken stop)
    {
        _ = await wire.ReadAsync(new byte[4096], stop);
    }
}
