using System.Security.Cryptography;
using System.Text;

namespace NewsWatch.Core.Text;

/// <summary>Names made of texts: the same text has the same name everywhere and for ever.</summary>
public static class TextHash
{
    /// <summary>The beginning of a text's SHA-256 (over its UTF-8 bytes) in lower-case hexadecimal.</summary>
    /// <param name="text">The text.</param>
    /// <param name="letters">How many digits, 1 to 64.</param>
    public static string Of(ReadOnlySpan<char> text, int letters = 64)
    {
        var bytes = Scratch.Rent<byte>(Encoding.UTF8.GetByteCount(text));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)), hash);
        Scratch.Return(bytes);
        return Convert.ToHexStringLower(hash[..((letters + 1) / 2)])[..letters];
    }
}
