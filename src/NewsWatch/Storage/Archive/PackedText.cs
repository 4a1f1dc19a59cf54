using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using NewsWatch.Core.Text;

namespace NewsWatch.Storage.Archive;

/// <summary>Texts as the document table keeps them: the length of their UTF-8 in 4 bytes, then that UTF-8 compressed with Brotli (RFC 7932).</summary>
internal static class PackedText
{
    /// <summary>A news text becomes half as long in about a tenth of a millisecond; the next levels cost more than they save.</summary>
    private const int Quality = 5;

    /// <summary>64 KiB back: more than nearly every text has.</summary>
    private const int Window = 16;
    private const int LengthBytes = sizeof(int);

    /// <summary>Compresses a text.</summary>
    public static byte[] Pack(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var most = BrotliEncoder.GetMaxCompressedLength(length);
        var bytes = Scratch.Rent<byte>(length);
        var packed = Scratch.Rent<byte>(LengthBytes + most);
        try
        {
            Encoding.UTF8.GetBytes(text, bytes);
            BinaryPrimitives.WriteInt32LittleEndian(packed, length);
            return BrotliEncoder.TryCompress(bytes.AsSpan(0, length), packed.AsSpan(LengthBytes), out var written, Quality, Window)
                ? packed[..(LengthBytes + written)]
                : throw new InvalidOperationException($"A text of {length} bytes does not fit into {most} compressed ones.");
        }
        finally
        {
            Scratch.Return(bytes);
            Scratch.Return(packed);
        }
    }

    /// <summary>Reads what <see cref="Pack"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes were not written by <see cref="Pack"/>.</exception>
    public static string Unpack(ReadOnlySpan<byte> packed)
    {
        var length = packed.Length > LengthBytes ? BinaryPrimitives.ReadInt32LittleEndian(packed) : -1;
        if (length is < 0 or > FetchedAtMost)
        {
            throw new InvalidDataException("no packed text");
        }

        var bytes = Scratch.Rent<byte>(length);
        try
        {
            return BrotliDecoder.TryDecompress(packed[LengthBytes..], bytes, out var written) && written == length
                ? Encoding.UTF8.GetString(bytes, 0, length)
                : throw new InvalidDataException("a damaged text");
        }
        finally
        {
            Scratch.Return(bytes);
        }
    }

    /// <summary>No text is longer: what is fetched is not (15 MiB, each byte at most three in UTF-8).</summary>
    private const int FetchedAtMost = 3 * 15 * 1024 * 1024;
}
