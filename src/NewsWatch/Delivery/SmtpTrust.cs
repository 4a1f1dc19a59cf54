using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using NewsWatch.Configuration;

namespace NewsWatch.Delivery;

/// <summary>Decides about servers' certificates.</summary>
/// <param name="Check">For channels that name no certificate of their own; null for the system's own judgement.</param>
internal sealed record SmtpTrust(RemoteCertificateValidationCallback? Check)
{
    /// <summary>Who decides for a channel.</summary>
    public RemoteCertificateValidationCallback? Of(Channel.Email channel) =>
        channel.TrustedCertificate is { } pem ? (_, certificate, chain, errors) => IsVouchedFor(pem, certificate, chain, errors) : Check;

    /// <summary>The name and the dates must be right as ever; only who vouches is another.</summary>
    private static bool IsVouchedFor(string pem, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 server || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(pem);
        chain.ChainPolicy.ExtraStore.AddRange(sent?.ChainPolicy.ExtraStore ?? []);
        return chain.Build(server);
    }
}
