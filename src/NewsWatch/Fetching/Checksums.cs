using System.Buffers.Binary;

namespace NewsWatch.Fetching;

/// <summary>Whether compressed data ends as its format says, or was cut off on the way.</summary>
internal static class Checksums
{
    private const uint AdlerBase = 65_521;
    private const int AdlerRun = 5_552;

    /// <summary>gzip ends with the length of what is inside (RFC 1952, 2.3.1).</summary>
    public static bool EndsGzip(ReadOnlySpan<byte> compressed, ReadOnlySpan<byte> read) =>
        compressed.Length >= 18 && BinaryPrimitives.ReadUInt32LittleEndian(compressed[^4..]) == (uint)read.Length;

    /// <summary>zlib ends with the Adler-32 checksum of what is inside (RFC 1950, 2.2).</summary>
    public static bool EndsZLib(ReadOnlySpan<byte> compressed, ReadOnlySpan<byte> read) =>
        compressed.Length >= 6 && BinaryPrimitives.ReadUInt32BigEndian(compressed[^4..]) == Adler32(read);

    private static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        uint a = 1, b = 0;
        while (bytes.Length > 0)
        {
            // As many bytes as cannot overflow before the remainder is taken.
            foreach (var value in bytes[..Math.Min(AdlerRun, bytes.Length)])
            {
                a += value;
                b += a;
            }

            a %= AdlerBase;
            b %= AdlerBase;
            bytes = bytes[Math.Min(AdlerRun, bytes.Length)..];
        }

        return (b << 16) | a;
    }
}
