namespace NewsWatch.Fetching;

/// <summary>Explains why a TLS handshake failed: because of the certificate, or before there was one.</summary>
internal static class TlsWords
{
    /// <summary>Explains a failure of .NET or its TLS library.</summary>
    public static string Of(Exception failure)
    {
        var cause = Innermost(failure);
        var words = cause.Message;
        return cause is UntrustedCertificateException ? words
            : words.Contains("wrong version number", StringComparison.Ordinal) || words.Contains("frame", StringComparison.Ordinal) ? "TLS could not be set up: the server's reply was not TLS"
            : words.LastIndexOf("alert ", StringComparison.OrdinalIgnoreCase) is var at and >= 0 ? $"TLS could not be set up: the server refused ({words[(at + 6)..].Trim('.', ':', '\'', ' ')})"
            : words.Contains("EOF", StringComparison.Ordinal) || cause is System.Net.Sockets.SocketException ? "TLS could not be set up: the server broke off the handshake"
            : "TLS could not be set up: the handshake failed";
    }

    private static Exception Innermost(Exception failure) => failure.InnerException is { } inner ? Innermost(inner) : failure;
}
