using System.Buffers.Binary;
using System.IO.Compression;

namespace NewsWatch.Fetching;

/// <summary>
/// gzip (RFC 1952): one or more members, each checked against its own checksum and length. The framework's stream reports neither where a member
/// ends nor that the last one was cut off, so this reader finds a member's end by its trailer: the checksum and the length of its content.
/// </summary>
internal static class GzipReader
{
    private const int MaxMembers = 1_000;
    private const int HeaderLength = 10;
    private const int TrailerLength = 8;

    /// <summary>Reads all members; the limit of <paramref name="result"/> holds for all of them together. Bytes behind the last member are left out, with a warning.</summary>
    /// <exception cref="InvalidDataException">The compressed data is broken.</exception>
    public static async Task<BodyResult> ReadAsync(byte[] body, GrowingBytes result, CancellationToken cancellationToken)
    {
        var at = 0;
        for (var members = 0; IsMember(body, at); members++)
        {
            if (members == MaxMembers)
            {
                return new BodyResult.Unusable($"more than {MaxMembers} gzip members");
            }

            var data = EndOfHeader(body, at);
            if (await InflateAsync(body, data, result, cancellationToken) is not { } trailer)
            {
                return new BodyResult.TooLarge();
            }

            at = EndOfMember(body, data, trailer);
        }

        return at == 0 ? throw new InvalidDataException() : new BodyResult.Read(result.ToArray(), at < body.Length ? BodyReader.Ignored(body.Length - at) : null);
    }

    private static bool IsMember(byte[] body, int at) => body.AsSpan(at) is [0x1F, 0x8B, 8, ..];

    private static int EndOfHeader(byte[] body, int at)
    {
        if (body.Length - at < HeaderLength + TrailerLength)
        {
            throw new InvalidDataException();
        }

        var flags = body[at + 3];
        at += HeaderLength;
        at += (flags & 4) != 0 ? 2 + BinaryPrimitives.ReadUInt16LittleEndian(Rest(body, at, 2)) : 0; // FEXTRA
        at += (flags & 8) != 0 ? TextLength(body, at) : 0; // FNAME
        at += (flags & 16) != 0 ? TextLength(body, at) : 0; // FCOMMENT
        return at + ((flags & 2) != 0 ? 2 : 0); // FHCRC
    }

    private static int TextLength(byte[] body, int at) =>
        Rest(body, at, 1).IndexOf((byte)0) is >= 0 and var end ? end + 1 : throw new InvalidDataException();

    private static ReadOnlySpan<byte> Rest(byte[] body, int at, int least) =>
        body.Length - at >= least ? body.AsSpan(at) : throw new InvalidDataException();

    /// <summary>The trailer that belongs to the member's content; null when the content is too large.</summary>
    private static async Task<byte[]?> InflateAsync(byte[] body, int data, GrowingBytes result, CancellationToken cancellationToken)
    {
        _ = Rest(body, data, TrailerLength);
        await using var stream = new DeflateStream(new MemoryStream(body, data, body.Length - data, writable: false), CompressionMode.Decompress);
        var (checksum, length) = (0u, 0u);
        var buffer = new byte[64 * 1024];
        for (int count; (count = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (!await result.TryAddAsync(buffer.AsMemory(0, count), cancellationToken))
            {
                return null;
            }

            (checksum, length) = (Checksums.Crc32(buffer.AsSpan(0, count), checksum), length + (uint)count);
        }

        var trailer = new byte[TrailerLength];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(4), length);
        return trailer;
    }

    /// <summary>The position of the trailer: the one before the next member or at the end if possible, because the compressed data may contain the same bytes.</summary>
    private static int EndOfMember(byte[] body, int data, byte[] trailer)
    {
        int? first = null;
        for (var at = data; body.AsSpan(at).IndexOf(trailer) is >= 0 and var found; at += found + 1)
        {
            var end = at + found + TrailerLength;
            if (end == body.Length || IsMember(body, end))
            {
                return end;
            }

            first ??= end;
        }

        return first ?? throw new InvalidDataException();
    }
}
