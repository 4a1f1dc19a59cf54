using System.Buffers.Binary;

namespace NewsWatch.Fetching;

/// <summary>Detects compressed data that was cut off.</summary>
internal static class Checksums
{
    private const uint AdlerBase = 65_521;
    private const int AdlerRun = 5_552;
    private const uint CrcPolynomial = 0xEDB8_8320;
    private static readonly uint[] Table = MakeTable();

    /// <summary>Where zlib data ends: behind the Adler-32 checksum of what is inside (RFC 1950, 2.2); -1 when that is not there.</summary>
    public static int EndOfZLib(ReadOnlySpan<byte> compressed, ReadOnlySpan<byte> read)
    {
        Span<byte> checksum = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(checksum, Adler32(read));
        var rest = compressed[Math.Min(2, compressed.Length)..];
        return rest.EndsWith(checksum) ? compressed.Length : rest.IndexOf(checksum) is >= 0 and var found ? 2 + found + 4 : -1;
    }

    /// <summary>The CRC-32 of gzip (RFC 1952, 8), of bytes behind those that <paramref name="before"/> is the checksum of; 0 for none.</summary>
    public static uint Crc32(ReadOnlySpan<byte> bytes, uint before)
    {
        var crc = ~before;
        foreach (var value in bytes)
        {
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var value = 0u; value < table.Length; value++)
        {
            table[value] = value;
            for (var bit = 0; bit < 8; bit++)
            {
                table[value] = (table[value] & 1) != 0 ? (table[value] >> 1) ^ CrcPolynomial : table[value] >> 1;
            }
        }

        return table;
    }

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
