using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using NewsWatch.Fetching;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Fetching;

/// <summary>HTTP/2 where it is offered, connections used again, certificates believed only where they should be.</summary>
public sealed class ConnectionTests
{
    private static X509Certificate2 CertificateFor(string host, DateTimeOffset? until = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var end = until ?? TimeProvider.System.GetUtcNow().AddDays(1);
        using var certificate = request.CreateSelfSigned(end.AddDays(-2), end);
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private static async Task<IReadOnlyList<SeenRequest>> AskThriceAsync(FeedServer server, X509Certificate2? trusted)
    {
        using var world = new FetchWorld(WatchConfigurations.Of([], server.Port), roots: trusted is null ? null : new X509Certificate2Collection(trusted));
        foreach (var path in new[] { "/one", "/two", "/three" })
        {
            server.Answer(path, Reply.Text($"<rss>{path}</rss>"));
            Assert.IsType<FetchResult.Fetched>(await world.GetAsync(server.At(path)));
        }

        return server.Requests;
    }

    [Theory]
    [InlineData(HttpProtocols.Http1AndHttp2, "HTTP/2")]
    [InlineData(HttpProtocols.Http2, "HTTP/2")]
    [InlineData(HttpProtocols.Http1, "HTTP/1.1")]
    public async Task Https_speaks_http_2_where_it_is_offered_and_uses_one_connection(HttpProtocols offered, string spoken)
    {
        using var certificate = CertificateFor("news.example.com");
        await using var server = await FeedServer.StartSecureAsync(certificate, offered);

        var requests = await AskThriceAsync(server, certificate);

        Assert.All(requests, request => Assert.Equal(spoken, request.Protocol));
        Assert.Single(requests.Select(request => request.Connection).Distinct());
    }

    [Fact]
    public async Task Plain_http_speaks_http_1_1_and_uses_one_connection()
    {
        await using var server = await FeedServer.StartAsync();

        var requests = await AskThriceAsync(server, null);

        Assert.All(requests, request => Assert.Equal("HTTP/1.1", request.Protocol));
        Assert.Single(requests.Select(request => request.Connection).Distinct());
    }

    [Fact]
    public async Task Validators_go_back_byte_for_byte_over_http_2_too()
    {
        using var certificate = CertificateFor("news.example.com");
        await using var server = await FeedServer.StartSecureAsync(certificate);
        using var world = new FetchWorld(WatchConfigurations.Of([], server.Port), roots: [certificate]);
        server.Answer("/feed", request => request["If-None-Match"] is null ? Reply.Text("<rss/>", ("ETag", "W/\"odd one")) : Reply.Of(304));
        var first = Assert.IsType<FetchResult.Fetched>(await world.GetAsync(server.At("/feed")));

        var second = await world.GetAsync(new FetchRequest { Url = server.At("/feed"), Validators = first.Facts.Validators });

        Assert.IsType<FetchResult.NotModified>(second);
        Assert.Equal(("HTTP/2", "W/\"odd one"), (server.Requests[1].Protocol, server.Requests[1]["If-None-Match"]));
    }

    [Fact]
    public async Task A_certificate_of_nobody_or_for_another_host_is_no_connection()
    {
        using var certificate = CertificateFor("news.example.com");
        await using var server = await FeedServer.StartSecureAsync(certificate);
        using var systems = new FetchWorld(WatchConfigurations.Of([], server.Port));
        using var own = new FetchWorld(WatchConfigurations.Of([], server.Port), roots: [certificate]);

        var nobodys = Assert.IsType<FetchResult.Failed>(await systems.GetAsync(server.At("/feed")));
        var anothers = Assert.IsType<FetchResult.Failed>(await own.GetAsync(server.At("/feed", "other.example.com")));

        Assert.Equal("no TLS connection to news.example.com: its certificate comes from an untrusted authority", nobodys.Reason);
        Assert.Equal("no TLS connection to other.example.com: its certificate is for another name", anothers.Reason);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_certificate_that_has_expired_is_told_with_its_dates()
    {
        var expired = TimeProvider.System.GetUtcNow().AddDays(-3);
        using var certificate = CertificateFor("news.example.com", expired);
        await using var server = await FeedServer.StartSecureAsync(certificate);
        using var world = new FetchWorld(WatchConfigurations.Of([], server.Port), roots: [certificate]);

        var failed = Assert.IsType<FetchResult.Failed>(await world.GetAsync(server.At("/feed")));

        Assert.Equal(
            $"no TLS connection to news.example.com: its certificate is valid from {expired.AddDays(-2):yyyy-MM-dd} to {expired:yyyy-MM-dd} only", failed.Reason);
    }

    [Theory]
    [InlineData("no TLS at all")]
    [InlineData("")]
    public async Task A_handshake_that_breaks_is_not_blamed_on_the_certificate(string answer)
    {
        await using var raw = new RawServer((stream, stop) => stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer), stop).AsTask());
        using var world = new FetchWorld(WatchConfigurations.Of([], raw.Port));

        var failed = Assert.IsType<FetchResult.Failed>(await world.GetAsync($"https://news.example.com:{raw.Port}/feed"));

        Assert.Equal("the TLS handshake with news.example.com failed: the connection was lost or there is no common protocol", failed.Reason);
    }

    [Fact]
    public async Task The_guard_stands_before_tls_too()
    {
        using var certificate = CertificateFor("news.example.com");
        await using var server = await FeedServer.StartSecureAsync(certificate);
        var configuration = WatchConfigurations.Of([], server.Port);
        using var world = new FetchWorld(configuration with { Operator = configuration.Operator with { AllowPrivate = [] } }, roots: [certificate]);

        Assert.Equal("blocked: non-public address 127.0.0.1", Assert.IsType<FetchResult.Blocked>(await world.GetAsync(server.At("/feed"))).Reason);
    }
}
