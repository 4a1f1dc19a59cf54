using System.Buffers;
using System.IO.Compression;

namespace NewsWatch.Fetching;

/// <summary>The result of reading a body.</summary>
internal abstract record BodyResult
{
    /// <summary>The bytes, decompressed.</summary>
    /// <param name="Warning">The part that was ignored; null for none.</param>
    public sealed record Read(byte[] Bytes, string? Warning = null) : BodyResult;

    public sealed record TooLarge : BodyResult;

    public sealed record Unusable(string Reason) : BodyResult;
}

/// <summary>Reads a body within a limit that counts what comes out of decompression, so that bombs stop at the limit, and within the memory budget.</summary>
internal static class BodyReader
{
    private const int MaxEncodings = 3;

    public static async Task<BodyResult> ReadAsync(HttpContent content, int limit, BudgetShare memory, CancellationToken cancellationToken)
    {
        memory.Shrink(0);
        if (content.Headers.ContentLength > limit)
        {
            return new BodyResult.TooLarge();
        }

        var stream = await content.ReadAsStreamAsync(cancellationToken);
        if (await ReadAllAsync(stream, new GrowingBytes(limit, memory), cancellationToken) is not { } raw)
        {
            return new BodyResult.TooLarge();
        }

        return await DecodeAsync(raw, Encodings(content), limit, memory, cancellationToken);
    }

    /// <summary>Unpacks a body that is itself a gzip file; returns null if it is broken or too large.</summary>
    public static async Task<byte[]?> UnpackAsync(byte[] body, int limit, BudgetShare memory, CancellationToken cancellationToken) =>
        await DecodeAsync(body, "gzip", new GrowingBytes(limit, memory, body.Length), cancellationToken) is BodyResult.Read read ? read.Bytes : null;

    private static string[] Encodings(HttpContent content) =>
        content.Headers.NonValidated.TryGetValues("Content-Encoding", out var values)
            ? [.. string.Join(',', values).ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(name => name != "identity")]
            : [];

    private static async Task<BodyResult> DecodeAsync(byte[] body, string[] encodings, int limit, BudgetShare memory, CancellationToken cancellationToken)
    {
        memory.Shrink(body.Length);
        if (encodings.Length > MaxEncodings)
        {
            return new BodyResult.Unusable($"{encodings.Length} content encodings on top of each other");
        }

        var decoded = new BodyResult.Read(body);
        foreach (var encoding in encodings.Reverse())
        {
            switch (await DecodeAsync(decoded.Bytes, encoding, new GrowingBytes(limit, memory, decoded.Bytes.Length), cancellationToken))
            {
                case BodyResult.Read read:
                    decoded = read with { Warning = read.Warning ?? decoded.Warning };
                    memory.Shrink(decoded.Bytes.Length);
                    break;
                case var refused:
                    return refused;
            }
        }

        return decoded;
    }

    private static async Task<BodyResult> DecodeAsync(byte[] body, string encoding, GrowingBytes result, CancellationToken cancellationToken)
    {
        try
        {
            return encoding switch
            {
                "gzip" or "x-gzip" => await GzipReader.ReadAsync(body, result, cancellationToken),
                "br" => await BrotliAsync(body, result, cancellationToken),
                "deflate" when IsZLib(body) => ZLib(body, await ReadAllAsync(new ZLibStream(Source(body), CompressionMode.Decompress), result, cancellationToken)),
                "deflate" => await ReadAllAsync(new DeflateStream(Source(body), CompressionMode.Decompress), result, cancellationToken) is { } read ? new BodyResult.Read(read) : new BodyResult.TooLarge(),
                _ => new BodyResult.Unusable($"unknown content encoding \"{Printable(encoding)}\""),
            };
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            return Broken(encoding);
        }
    }

    private static MemoryStream Source(byte[] body) => new(body, writable: false);

    /// <summary>The warning about bytes behind the end of compressed data.</summary>
    internal static string Ignored(int bytes) => $"{bytes} bytes after the end of the compressed data were ignored";

    /// <summary>The framework's stream does not report data that is cut off, so the checksum of the content must follow the data.</summary>
    private static BodyResult ZLib(byte[] body, byte[]? read)
    {
        if (read is null)
        {
            return new BodyResult.TooLarge();
        }

        var end = Checksums.EndOfZLib(body, read);
        return end < 0 ? Broken("deflate") : new BodyResult.Read(read, end < body.Length ? Ignored(body.Length - end) : null);
    }

    private static BodyResult.Unusable Broken(string encoding) => new($"the {encoding} body is broken or cut off");

    private static async Task<BodyResult> BrotliAsync(ReadOnlyMemory<byte> rest, GrowingBytes result, CancellationToken cancellationToken)
    {
        using var decoder = default(BrotliDecoder);
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var status = decoder.Decompress(rest.Span, buffer, out var consumed, out var written);
            rest = rest[consumed..];
            if (!await result.TryAddAsync(buffer.AsMemory(0, written), cancellationToken))
            {
                return new BodyResult.TooLarge();
            }

            if (status is not OperationStatus.DestinationTooSmall)
            {
                return status is OperationStatus.Done ? new BodyResult.Read(result.ToArray(), rest.Length > 0 ? Ignored(rest.Length) : null) : Broken("br");
            }
        }
    }

    /// <summary>"deflate" means zlib (RFC 9110, 8.4.1.2), but many servers send the raw stream.</summary>
    private static bool IsZLib(byte[] body) => body.Length > 1 && (body[0] & 0x0F) == 8 && ((body[0] << 8) | body[1]) % 31 == 0;

    private static async Task<byte[]?> ReadAllAsync(Stream stream, GrowingBytes result, CancellationToken cancellationToken)
    {
        await using var source = stream;
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (int count; (count = await source.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                if (!await result.TryAddAsync(buffer.AsMemory(0, count), cancellationToken))
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
