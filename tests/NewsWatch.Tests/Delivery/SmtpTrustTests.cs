using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NewsWatch.Configuration;
using NewsWatch.Delivery.Smtp;

namespace NewsWatch.Tests.Delivery;

public sealed class SmtpTrustTests
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2120, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(ServerAuthentication, true, true)]
    [InlineData(null, true, true)]
    [InlineData(ClientAuthentication, true, false)]
    [InlineData(ServerAuthentication, false, false)]
    public void A_trusted_authority_vouches_for_servers_alone_and_must_be_one(string? use, bool isAuthority, bool believed)
    {
        using var authorityKey = RSA.Create(2048);
        var request = new CertificateRequest("CN=mail-authority", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var authority = request.CreateSelfSigned(From, Until);
        using var plain = new CertificateRequest("CN=mail-authority", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        {
            CertificateExtensions = { new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true) },
        }.CreateSelfSigned(From, Until);
        using var serverKey = RSA.Create(2048);
        using var server = Issue(authority, serverKey, use);
        var channel = new Channel.Email("mail") { Host = "mail.example.com", From = "alerts@example.com", TrustedCertificate = (isAuthority ? authority : plain).ExportCertificatePem() };

        var trouble = new SmtpTrust(Check: null).Judge(channel, server, null, SslPolicyErrors.RemoteCertificateChainErrors);

        Assert.Equal(believed, trouble is null);
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, RSA key, string? use)
    {
        var request = new CertificateRequest("CN=mail.example.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        if (use is not null)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        }

        return request.Create(authority, From, Until, [1, 2, 3]);
    }
}
