using System.IO.Compression;

namespace NewsWatch.Tests.Hostile;

/// <summary>Small bodies that become large, made without ever being large.</summary>
internal static class Bombs
{
    /// <summary>So many MiB of zeros, compressed by each of these, the first one innermost.</summary>
    public static byte[] Zeros(int mebibytes, params string[] encodings)
    {
        using var bomb = new MemoryStream();
        var streams = new Stack<Stream>([bomb]);
        foreach (var encoding in encodings.Reverse())
        {
            streams.Push(Compressor(encoding, streams.Peek()));
        }

        var block = new byte[1024 * 1024];
        for (var written = 0; written < mebibytes; written++)
        {
            streams.Peek().Write(block);
        }

        while (streams.Count > 1)
        {
            streams.Pop().Dispose();
        }

        return bomb.ToArray();
    }

    /// <summary>A body as it goes over the wire.</summary>
    public static byte[] Compress(byte[] body, string encoding)
    {
        using var result = new MemoryStream();
        using (var stream = Compressor(encoding, result))
        {
            stream.Write(body);
        }

        return result.ToArray();
    }

    private static Stream Compressor(string encoding, Stream to) => encoding switch
    {
        "gzip" => new GZipStream(to, CompressionLevel.Optimal, leaveOpen: true),
        "br" => new BrotliStream(to, CompressionLevel.Fastest, leaveOpen: true),
        "deflate" => new ZLibStream(to, CompressionLevel.Fastest, leaveOpen: true),
        "raw deflate" => new DeflateStream(to, CompressionLevel.Fastest, leaveOpen: true),
        _ => throw new ArgumentException(encoding, nameof(encoding)),
    };
}
