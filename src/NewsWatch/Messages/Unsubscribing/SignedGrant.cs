using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace NewsWatch.Messages.Unsubscribing;

/// <summary>
/// Tokens as mails carried them before they were sealed: an HMAC-SHA256, then JSON. They stay good for their subscriber and rule. Their story is left out: it is a
/// number, which may be another story's since a backup was restored.
/// </summary>
internal static class SignedGrant
{
    private const int SignatureBytes = 32;
    private const int MaxLength = 1000;

    /// <summary>What the token grants; null when this installation did not sign it.</summary>
    public static UnsubscribeGrant? Read(byte[] key, string token)
    {
        if (token.Length > MaxLength || !Base64Url.IsValid(token) || Base64Url.DecodeFromChars(token) is not { Length: > SignatureBytes } bytes)
        {
            return null;
        }

        var body = bytes[SignatureBytes..];
        var signed = HMACSHA256.HashData(key, (byte[])[.. "unsubscribe 1\n"u8, .. body]);
        return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, SignatureBytes), signed) && JsonSerializer.Deserialize<Body>(body) is { } grant
            ? new(grant.Subscriber, grant.Rule, Story: null)
            : null;
    }

    private sealed record Body(string Subscriber, string? Rule);
}
