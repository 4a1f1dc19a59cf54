using System.Buffers.Binary;
using NewsWatch.Core.Stories.Copies;
using NewsWatch.Core.Stories.Terms;

namespace NewsWatch.Core.Stories.Clusters;

/// <summary>What the window keeps of an article: its headline's gist, and of a text what it is about and a sample of its runs of words.</summary>
internal sealed record Fingerprint(Gist Gist, TextProfile? Profile, TextSketch? Sketch)
{
    private const int HeadBytes = 2 * sizeof(ushort);

    // Two copies have so much of one of their headlines in common, by weight; under another headline their texts are all but the same.
    private const float CommonHeadline = .3f;
    private const float CommonText = .81f;

    /// <summary>Whether two texts that share much are about the same: what only quotes another, or has its background, is not.</summary>
    public bool IsAboutTheSame(Fingerprint other) =>
        MathF.Max(Gist.In(other.Gist), other.Gist.In(Gist)) >= CommonHeadline || (Profile is { } profile && other.Profile is { } another && profile.With(another) >= CommonText);

    /// <summary>The fingerprint that was written by <see cref="ToBytes"/>.</summary>
    public static Fingerprint FromBytes(ReadOnlySpan<byte> bytes)
    {
        var (gist, profile) = (BinaryPrimitives.ReadUInt16LittleEndian(bytes), BinaryPrimitives.ReadUInt16LittleEndian(bytes[sizeof(ushort)..]));
        bytes = bytes[HeadBytes..];
        return new(Gist.FromBytes(bytes[..gist]), TextProfile.FromBytes(bytes.Slice(gist, profile)), TextSketch.FromBytes(bytes[(gist + profile)..]));
    }

    /// <summary>The fingerprint as it is stored: 446 bytes at most for a headline, 1,195 with a text.</summary>
    public byte[] ToBytes()
    {
        var (gist, profile) = (Gist.ToBytes(), Profile?.ToBytes() ?? []);
        var head = new byte[HeadBytes];
        BinaryPrimitives.WriteUInt16LittleEndian(head, (ushort)gist.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(sizeof(ushort)), (ushort)profile.Length);
        return [.. head, .. gist, .. profile, .. Sketch?.ToBytes() ?? []];
    }
}
