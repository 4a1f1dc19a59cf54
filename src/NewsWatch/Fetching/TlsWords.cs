namespace NewsWatch.Fetching;

/// <summary>Says why a TLS handshake failed: what is wrong with the certificate, or what went wrong before there was one.</summary>
internal static class TlsWords
{
    /// <summary>Why it failed, as .NET and its library tell it.</summary>
    public static string Of(Exception failure)
    {
        var cause = Innermost(failure);
        var told = cause.Message;
        return cause is UntrustedCertificateException ? told
            : told.Contains("wrong version number", StringComparison.Ordinal) || told.Contains("frame", StringComparison.Ordinal) ? "TLS could not be set up: what the server sent was no TLS"
            : told.LastIndexOf("alert ", StringComparison.OrdinalIgnoreCase) is var at and >= 0 ? $"TLS could not be set up: the server refused ({told[(at + 6)..].Trim('.', ':', '\'', ' ')})"
            : told.Contains("EOF", StringComparison.Ordinal) || cause is System.Net.Sockets.SocketException ? "TLS could not be set up: the server broke off the handshake"
            : "TLS could not be set up: the handshake failed";
    }

    private static Exception Innermost(Exception failure) => failure.InnerException is { } inner ? Innermost(inner) : failure;
}
