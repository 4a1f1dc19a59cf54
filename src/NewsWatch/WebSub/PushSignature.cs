using System.Security.Cryptography;
using System.Text;

namespace NewsWatch.WebSub;

/// <summary>The signature of what a hub sends (WebSub, section 7.1), <c>X-Hub-Signature: sha256=HEX</c>, computed while the body comes in.</summary>
internal sealed class PushSignature : IDisposable
{
    private readonly IncrementalHash _hash;
    private readonly byte[] _claimed;

    private PushSignature(IncrementalHash hash, string claimed) => (_hash, _claimed) = (hash, Encoding.ASCII.GetBytes(claimed));

    /// <summary>Begins with the header and our secret; null for a header that names no method we know.</summary>
    public static PushSignature? Begin(string? header, string secret)
    {
        var parts = (header ?? "").Split('=', 2);
        return parts.Length == 2 && Method(parts[0].Trim()) is { } method
            ? new(IncrementalHash.CreateHMAC(method, Encoding.UTF8.GetBytes(secret)), parts[1].Trim().ToLowerInvariant())
            : null;
    }

    /// <summary>The next bytes of the body.</summary>
    public void Add(ReadOnlySpan<byte> piece) => _hash.AppendData(piece);

    /// <summary>True when all that was added was signed with the secret; compared in constant time.</summary>
    public bool Holds() => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(_hash.GetHashAndReset())), _claimed);

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private static HashAlgorithmName? Method(string name) => name switch
    {
        "sha1" => HashAlgorithmName.SHA1, // many hubs still sign with it; the standard names it
        "sha256" => HashAlgorithmName.SHA256,
        "sha384" => HashAlgorithmName.SHA384,
        "sha512" => HashAlgorithmName.SHA512,
        _ => null,
    };
}
