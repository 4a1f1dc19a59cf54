using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using NewsWatch.Core.Text;
using NewsWatch.Core.Text.Encodings;

namespace NewsWatch.Core.Feeds;

/// <summary>
/// Bytes of a feed, sitemap or list to characters, as the bytes prove them (<see cref="Decoding"/>); it declares itself in its XML declaration.
/// Characters that XML forbids are dropped. Never throws.
/// </summary>
internal static partial class FeedDecoder
{
    private const int DeclarationWithin = 400;

    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (char)code).Except(['\t', '\n', '\r'])]);

    /// <summary>The text, without byte order mark.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string? contentType) => Clean(Decoding.Decode(bytes, contentType, start => Decoding.Label(Declaration().Match(start)), DeclarationWithin));

    // Decoders put U+FFFD for half a surrogate pair, so only these characters are left to drop.
    private static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAny(Controls) && !text.AsSpan().ContainsAny('\uFFFE', '\uFFFF'))
        {
            return text.TrimStart('\uFEFF');
        }

        var clean = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is not ((< ' ' and not ('\t' or '\n' or '\r')) or '\uFFFE' or '\uFFFF'))
            {
                clean.Append(c);
            }
        }

        return clean.ToString().TrimStart('\uFEFF');
    }

    [GeneratedRegex(@"<\?xml[^>]{0,200}?encoding\s*=\s*[""']\s*(?<name>[\w.:-]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Declaration();
}
