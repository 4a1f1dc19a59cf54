using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace NewsWatch.Fetching;

/// <summary>Says why there is no TLS connection: what is wrong with the certificate, or what went wrong before there was one.</summary>
internal static class TlsWords
{
    /// <summary>What is wrong with a certificate; null when nothing is.</summary>
    /// <param name="host">The name that it should be for.</param>
    /// <param name="errors">What the handshake found.</param>
    /// <param name="chain">What stands behind it; null when none could be built.</param>
    public static string? Of(string host, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return null;
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return "the server sent no certificate";
        }

        var statuses = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status) ?? X509ChainStatusFlags.NoError;
        return Of(statuses, certificate as X509Certificate2)
            ?? (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? $"the server's certificate is not for {host} but for {Name(certificate)}"
            : $"the server's certificate is not valid ({statuses})");
    }

    /// <summary>Why a handshake failed, as .NET tells it: its messages name the chain's status or the alert.</summary>
    public static string Of(Exception failure)
    {
        var told = Innermost(failure).Message;
        var statuses = Enum.GetValues<X509ChainStatusFlags>().Where(flag => flag != X509ChainStatusFlags.NoError && told.Contains(flag.ToString(), StringComparison.Ordinal))
            .Aggregate(X509ChainStatusFlags.NoError, (all, flag) => all | flag);
        return Of(statuses, null)
            ?? (told.Contains(nameof(SslPolicyErrors.RemoteCertificateNameMismatch), StringComparison.Ordinal) ? "the server's certificate is for another name"
            : told.Contains("certificate", StringComparison.OrdinalIgnoreCase) ? "the server's certificate was not accepted"
            : told.Contains("alert", StringComparison.OrdinalIgnoreCase) ? $"TLS could not be set up: the server refused ({told.Split('\'').ElementAtOrDefault(1) ?? "without a reason"})"
            : told.Contains("EOF", StringComparison.Ordinal) || Innermost(failure) is System.Net.Sockets.SocketException ? "TLS could not be set up: the server broke off the handshake"
            : told.Contains("frame", StringComparison.Ordinal) ? "TLS could not be set up: what the server sent was no TLS"
            : "TLS could not be set up: the handshake failed");
    }

    private static string? Of(X509ChainStatusFlags statuses, X509Certificate2? certificate) =>
        statuses.HasFlag(X509ChainStatusFlags.Revoked) ? "the server's certificate was revoked"
        : statuses.HasFlag(X509ChainStatusFlags.NotTimeValid) ? Dates(certificate)
        : statuses.HasFlag(X509ChainStatusFlags.UntrustedRoot) || statuses.HasFlag(X509ChainStatusFlags.PartialChain) ? "the server's certificate comes from an authority that is not trusted here"
        : null;

    private static string Dates(X509Certificate2? certificate) => certificate is null
        ? "the server's certificate has expired or is not valid yet"
        : $"the server's certificate is valid from {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd} to {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd} only: it has expired or is not valid yet";

    private static string Name(X509Certificate? certificate) =>
        certificate is X509Certificate2 server && server.GetNameInfo(X509NameType.DnsName, forIssuer: false) is { Length: > 0 } name ? name : "another name";

    private static Exception Innermost(Exception failure) => failure.InnerException is { } inner ? Innermost(inner) : failure;
}
