using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NewsWatch.Messages.Unsubscribing;

/// <summary>
/// Sixteen bytes as 32 letters that nobody can read, make or change without the key: an HMAC of the bytes, cut to 64 bits, and the bytes under a mask that
/// is an HMAC of the first (the construction of RFC 5297, SIV, from HMAC-SHA256 alone). The same bytes give the same letters.
/// </summary>
internal static class SealedNumbers
{
    /// <summary>Bytes that are sealed.</summary>
    public const int Size = 16;

    /// <summary>Letters of the result.</summary>
    public const int Length = 32;

    private const int TagSize = 8;

    /// <summary>Seals <see cref="Size"/> bytes.</summary>
    /// <param name="purpose">What is sealed for one purpose opens for no other.</param>
    public static string Seal(byte[] key, string purpose, ReadOnlySpan<byte> body)
    {
        var tag = Tag(key, purpose, body);
        return Base64Url.EncodeToString([.. tag, .. Masked(key, purpose, tag, body)]);
    }

    /// <summary>The bytes; null when they were not sealed with this key for this purpose.</summary>
    public static byte[]? Open(byte[] key, string purpose, string letters)
    {
        if (letters.Length != Length || !Base64Url.IsValid(letters) || Base64Url.DecodeFromChars(letters) is not { Length: TagSize + Size } bytes)
        {
            return null;
        }

        var tag = bytes[..TagSize];
        var body = Masked(key, purpose, tag, bytes.AsSpan(TagSize));
        return CryptographicOperations.FixedTimeEquals(Tag(key, purpose, body), tag) ? body : null;
    }

    private static byte[] Tag(byte[] key, string purpose, ReadOnlySpan<byte> body) => Hash(key, $"{purpose}: tag\n", body)[..TagSize];

    private static byte[] Masked(byte[] key, string purpose, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> body)
    {
        var masked = Hash(key, $"{purpose}: mask\n", tag)[..Size];
        for (var at = 0; at < Size; at++)
        {
            masked[at] ^= body[at];
        }

        return masked;
    }

    private static byte[] Hash(byte[] key, string purpose, ReadOnlySpan<byte> bytes) => HMACSHA256.HashData(key, (byte[])[.. Encoding.ASCII.GetBytes(purpose), .. bytes]);
}
