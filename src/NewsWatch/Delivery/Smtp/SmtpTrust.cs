using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NewsWatch.Configuration;
using NewsWatch.Fetching;

namespace NewsWatch.Delivery.Smtp;

/// <summary>Decides about servers' certificates.</summary>
/// <param name="Check">For channels that name no certificate of their own; null for the system's own judgement.</param>
internal sealed record SmtpTrust(RemoteCertificateValidationCallback? Check)
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    /// <summary>Judges the certificate of a channel's server; null when it is trusted, else one sentence with what is wrong.</summary>
    public string? Judge(Channel.Email channel, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (channel.TrustedCertificate is { } pem)
        {
            return Judge(pem, certificate, chain, errors);
        }

        var isTrusted = Check is null ? errors == SslPolicyErrors.None : Check(channel, certificate, chain, errors);
        return isTrusted ? null : Words(certificate, chain, errors);
    }

    /// <summary>The name, the dates and the purpose must be right as ever; only who vouches is another.</summary>
    private static string? Judge(string pem, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        var others = errors & ~SslPolicyErrors.RemoteCertificateChainErrors;
        if (certificate is not X509Certificate2 server || others != SslPolicyErrors.None)
        {
            return Words(certificate, null, others);
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(pem);
        chain.ChainPolicy.ExtraStore.AddRange(sent?.ChainPolicy.ExtraStore ?? []);
        return chain.Build(server) ? null : Words(server, chain, SslPolicyErrors.RemoteCertificateChainErrors);
    }

    private static string Words(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        $"the server is not trusted: {CertificateTrouble.Words(certificate, chain, errors)}";
}
