using System.Buffers;
using System.IO.Compression;

namespace NewsWatch.Fetching;

/// <summary>What became of a body.</summary>
internal abstract record BodyResult
{
    public sealed record Read(byte[] Bytes) : BodyResult;

    public sealed record TooLarge : BodyResult;

    public sealed record Unusable(string Reason) : BodyResult;
}

/// <summary>Reads a body within a limit that counts what comes out of decompression, so that bombs stop at the limit.</summary>
internal static class BodyReader
{
    private const int MostEncodings = 3;

    public static async Task<BodyResult> ReadAsync(HttpContent content, int limit, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > limit)
        {
            return new BodyResult.TooLarge();
        }

        await using var stream = await content.ReadAsStreamAsync(cancellation);
        if (await ReadAsync(stream, limit, cancellation) is not { } raw)
        {
            return new BodyResult.TooLarge();
        }

        return Decode(raw, Encodings(content), limit);
    }

    private static string[] Encodings(HttpContent content) =>
        content.Headers.NonValidated.TryGetValues("Content-Encoding", out var values)
            ? [.. string.Join(',', values).ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(name => name != "identity")]
            : [];

    private static BodyResult Decode(byte[] body, string[] encodings, int limit)
    {
        if (encodings.Length > MostEncodings)
        {
            return new BodyResult.Unusable($"{encodings.Length} content encodings on top of each other");
        }

        foreach (var encoding in encodings.Reverse())
        {
            switch (Decode(body, encoding, limit))
            {
                case BodyResult.Read read:
                    body = read.Bytes;
                    break;
                case var refused:
                    return refused;
            }
        }

        return new BodyResult.Read(body);
    }

    private static BodyResult Decode(byte[] body, string encoding, int limit)
    {
        try
        {
            return encoding switch
            {
                "gzip" or "x-gzip" => Complete(ReadAll(new GZipStream(Source(body), CompressionMode.Decompress), limit), encoding, read => Checksums.EndsGzip(body, read)),
                "br" => Brotli(body, limit),
                "deflate" when IsZLib(body) => Complete(ReadAll(new ZLibStream(Source(body), CompressionMode.Decompress), limit), encoding, read => Checksums.EndsZLib(body, read)),
                "deflate" => Complete(ReadAll(new DeflateStream(Source(body), CompressionMode.Decompress), limit), encoding, _ => true),
                _ => new BodyResult.Unusable($"unknown content encoding \"{Printable(encoding)}\""),
            };
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            return Broken(encoding);
        }
    }

    private static MemoryStream Source(byte[] body) => new(body, writable: false);

    /// <summary>The streams of the framework end without a word where the data is cut off, so the end is checked here.</summary>
    private static BodyResult Complete(byte[]? read, string encoding, Func<byte[], bool> isWhole) =>
        read is null ? new BodyResult.TooLarge() : isWhole(read) ? new BodyResult.Read(read) : Broken(encoding);

    private static BodyResult.Unusable Broken(string encoding) => new($"the {encoding} body is broken or cut off");

    private static BodyResult Brotli(byte[] body, int limit)
    {
        using var decoder = default(BrotliDecoder);
        var result = new GrowingBytes(limit);
        var buffer = new byte[64 * 1024];
        var rest = body.AsSpan();
        while (true)
        {
            var status = decoder.Decompress(rest, buffer, out var consumed, out var written);
            rest = rest[consumed..];
            if (!result.TryAdd(buffer.AsSpan(0, written)))
            {
                return new BodyResult.TooLarge();
            }

            if (status is not OperationStatus.DestinationTooSmall)
            {
                return status is OperationStatus.Done ? new BodyResult.Read(result.ToArray()) : Broken("br");
            }
        }
    }

    /// <summary>"deflate" means zlib (RFC 9110, 8.4.1.2), but many servers send the bare stream.</summary>
    private static bool IsZLib(byte[] body) => body.Length > 1 && (body[0] & 0x0F) == 8 && ((body[0] << 8) | body[1]) % 31 == 0;

    private static byte[]? ReadAll(Stream stream, int limit)
    {
        using (stream)
        {
            var result = new GrowingBytes(limit);
            var buffer = new byte[64 * 1024];
            for (int count; (count = stream.Read(buffer)) > 0;)
            {
                if (!result.TryAdd(buffer.AsSpan(0, count)))
                {
                    return null;
                }
            }

            return result.ToArray();
        }
    }

    private static async Task<byte[]?> ReadAsync(Stream stream, int limit, CancellationToken cancellation)
    {
        var result = new GrowingBytes(limit);
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            for (int count; (count = await stream.ReadAsync(buffer, cancellation)) > 0;)
            {
                if (!result.TryAdd(buffer.AsSpan(0, count)))
                {
                    return null;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return result.ToArray();
    }

    private static string Printable(string text) => new([.. text.Take(40).Where(c => c is > ' ' and <= '~')]);
}
