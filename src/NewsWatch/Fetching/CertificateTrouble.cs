using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace NewsWatch.Fetching;

/// <summary>Explains why a server's certificate is not accepted.</summary>
internal static class CertificateTrouble
{
    /// <summary>For <see cref="SslClientAuthenticationOptions.RemoteCertificateValidationCallback"/>: true, or an exception that says why not.</summary>
    /// <exception cref="UntrustedCertificateException">The certificate is not accepted.</exception>
    public static bool Check(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None ? true : throw new UntrustedCertificateException(Words(certificate, chain, errors));

    /// <summary>The reason, as the end of a sentence about the server.</summary>
    public static string Words(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return "it showed no certificate";
        }

        var status = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status) ?? X509ChainStatusFlags.NoError;
        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            return OutOfDate(chain!);
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return "its certificate is for another name";
        }

        return status switch
        {
            _ when status.HasFlag(X509ChainStatusFlags.Revoked) => "its certificate was revoked",
            _ when status.HasFlag(X509ChainStatusFlags.UntrustedRoot) => "its certificate comes from an untrusted authority",
            _ when status.HasFlag(X509ChainStatusFlags.PartialChain) => "its certificate does not lead to a trusted authority; the server may leave out an intermediate certificate",
            _ => $"its certificate is not accepted ({status})",
        };
    }

    private static string OutOfDate(X509Chain chain)
    {
        var outdated = chain.ChainElements.First(element => element.ChainElementStatus.Any(one => one.Status.HasFlag(X509ChainStatusFlags.NotTimeValid))).Certificate;
        return string.Create(CultureInfo.InvariantCulture, $"its certificate is valid from {outdated.NotBefore.ToUniversalTime():yyyy-MM-dd} to {outdated.NotAfter.ToUniversalTime():yyyy-MM-dd} only");
    }
}

/// <summary>The server's certificate is not accepted; the message says why.</summary>
internal sealed class UntrustedCertificateException(string message) : AuthenticationException(message);
