using System.Security.Cryptography;
using System.Text;

namespace NewsWatch.Polling;

/// <summary>The signature of what a hub sends (WebSub, section 7.1): <c>X-Hub-Signature: sha256=HEX</c>.</summary>
internal static class PushSignature
{
    /// <summary>True when the body was signed with the secret; compared in constant time.</summary>
    public static bool Holds(string? header, string secret, ReadOnlySpan<byte> body)
    {
        var parts = (header ?? "").Split('=', 2);
        if (parts.Length != 2 || Sign(parts[0].Trim(), Encoding.UTF8.GetBytes(secret), body) is not { } right)
        {
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(right)), Encoding.ASCII.GetBytes(parts[1].Trim().ToLowerInvariant()));
    }

#pragma warning disable CA5350 // SHA-1 is what many hubs still sign with; the standard names it
    private static byte[]? Sign(string method, byte[] key, ReadOnlySpan<byte> body) => method switch
    {
        "sha1" => HMACSHA1.HashData(key, body),
        "sha256" => HMACSHA256.HashData(key, body),
        "sha384" => HMACSHA384.HashData(key, body),
        "sha512" => HMACSHA512.HashData(key, body),
        _ => null,
    };
#pragma warning restore CA5350
}
