using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NewsWatch.Storage;

namespace NewsWatch.Delivery;

/// <summary>Who may be unsubscribed, from what.</summary>
/// <param name="Subscriber">The subscriber's id.</param>
/// <param name="Rule">The rule that the mail was about; null for several.</param>
/// <param name="Story">The story that the mail was about; null for several.</param>
internal sealed record UnsubscribeGrant(string Subscriber, string? Rule, long? Story);

/// <summary>
/// Unsubscribe tokens: opaque, and signed with a key of this installation (HMAC-SHA256), so that only who got the mail can use them. They do
/// not expire: whoever finds an old mail must still find the way out.
/// </summary>
internal sealed class UnsubscribeTokens(Database database)
{
    private const string Purpose = "unsubscribe 1\n";
    private const int SignatureBytes = 32;
    private const int Longest = 1000;
    private byte[]? _key;

    /// <summary>The token that a message carries.</summary>
    public async Task<string> ForAsync(ClaimedBundle bundle, CancellationToken cancellation)
    {
        var rules = bundle.Alerts.Select(alert => alert.Rule.Id).Distinct().ToList();
        var stories = bundle.Alerts.Select(alert => alert.Story).Distinct().ToList();
        return await CreateAsync(new(bundle.Subscriber, rules.Count == 1 ? rules[0] : null, stories.Count == 1 ? stories[0] : null), cancellation);
    }

    /// <summary>The token of a grant.</summary>
    public async Task<string> CreateAsync(UnsubscribeGrant grant, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(grant);
        return Base64Url.EncodeToString([.. Signature(await KeyAsync(cancellation), body), .. body]);
    }

    /// <summary>What a token grants; null when this installation did not sign it.</summary>
    public async Task<UnsubscribeGrant?> ReadAsync(string token, CancellationToken cancellation)
    {
        if (token.Length > Longest || !Base64Url.IsValid(token))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length <= SignatureBytes)
        {
            return null;
        }

        var signed = Signature(await KeyAsync(cancellation), bytes[SignatureBytes..]);
        return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, SignatureBytes), signed)
            ? JsonSerializer.Deserialize<UnsubscribeGrant>(bytes.AsSpan(SignatureBytes))
            : null;
    }

    private static byte[] Signature(byte[] key, byte[] body)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes(Purpose), .. body];
        return HMACSHA256.HashData(key, signed);
    }

    private async Task<byte[]> KeyAsync(CancellationToken cancellation)
    {
        if (_key is null)
        {
            var fresh = Convert.ToBase64String(RandomNumberGenerator.GetBytes(SignatureBytes));
            _key = Convert.FromBase64String(await database.WriteAsync(db => FactStore.GetOrAdd(db, "unsubscribe-key", fresh), cancellation));
        }

        return _key;
    }
}
