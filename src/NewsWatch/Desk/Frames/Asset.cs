using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace NewsWatch.Desk.Frames;

/// <summary>A style sheet, script or picture of the desk: a resource of the program, under an address that changes with its content, so that browsers keep it for ever.</summary>
/// <param name="Type">Its media type.</param>
internal sealed record Asset(string Name, string Type, byte[] Bytes, byte[] Gzipped)
{
    private const string Prefix = "NewsWatch.Desk.Assets.";
    private static readonly FrozenDictionary<string, Asset> All = Load();

    private string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes).AsSpan(0, 6));

    /// <summary>The address of an asset.</summary>
    public static string Address(string name) => $"/desk/assets/{All[name].Hash}/{name}";

    /// <summary>Answers a request for an asset; an address of an earlier version leads nowhere.</summary>
    public static Task ServeAsync(HttpContext context)
    {
        var (name, hash) = ($"{context.Request.RouteValues["name"]}", $"{context.Request.RouteValues["hash"]}");
        if (!All.TryGetValue(name, out var asset) || asset.Hash != hash)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.ContentType = asset.Type;
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Packed.WriteAsync(context, asset.Bytes, asset.Gzipped);
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        var program = typeof(Asset).Assembly;
        return program.GetManifestResourceNames().Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal)).Select(Read).ToFrozenDictionary(asset => asset.Name);

        Asset Read(string resource)
        {
            using var stream = program.GetManifestResourceStream(resource)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return new(resource[Prefix.Length..], TypeOf(resource), bytes, Packed.Gzip(bytes, CompressionLevel.SmallestSize));
        }
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    };
}
