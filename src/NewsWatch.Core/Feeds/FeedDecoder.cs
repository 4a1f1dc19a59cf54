using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace NewsWatch.Core.Feeds;

/// <summary>
/// Bytes of a feed to characters: byte order mark, zero bytes of UTF-16 and UTF-32, valid UTF-8, the HTTP charset, the XML declaration, a guess.
/// Characters that XML forbids are dropped. Never throws.
/// </summary>
internal static partial class FeedDecoder
{
    private const int DeclarationWithin = 400;

    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (char)code).Except(['\t', '\n', '\r'])]);

    public static Encoding Windows1252 { get; } = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The text, without byte order mark.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string? contentType)
    {
        var (encoding, skip) = ByMark(bytes) ?? (ByDeclaration(bytes, contentType), 0);
        var text = encoding.GetString(bytes[skip..]);
        return Clean(text);
    }

    private static (Encoding Encoding, int Skip)? ByMark(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
        [0xFF, 0xFE, 0, 0, ..] => (Encoding.UTF32, 4),
        [0, 0, 0xFE, 0xFF, ..] => (new UTF32Encoding(bigEndian: true, byteOrderMark: false), 4),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
        [0, 0, 0, (byte)'<', ..] => (new UTF32Encoding(bigEndian: true, byteOrderMark: false), 0),
        [(byte)'<', 0, 0, 0, ..] => (Encoding.UTF32, 0),
        [0, (byte)'<', ..] => (Encoding.BigEndianUnicode, 0),
        [(byte)'<', 0, ..] => (Encoding.Unicode, 0),
        [0x4C, 0x6F, 0xA7, 0x94, ..] => (CodePagesEncodingProvider.Instance.GetEncoding(37) ?? Windows1252, 0),
        _ => null,
    };

    private static Encoding ByDeclaration(ReadOnlySpan<byte> bytes, string? contentType)
    {
        if (Utf8.IsValid(bytes) && !bytes.Contains((byte)0x1B))
        {
            return Encoding.UTF8;
        }

        var start = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, DeclarationWithin)]);
        var declared = Named(HeaderCharset().Match(contentType ?? "")) ?? Named(Declaration().Match(start));
        return declared is null || declared.CodePage == Encoding.UTF8.CodePage ? Guess(bytes, declared is not null) : declared;
    }

    // A few broken bytes in what says UTF-8 are just that.
    private static Encoding Guess(ReadOnlySpan<byte> bytes, bool saysUtf8)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var broken = text.AsSpan().Count('\uFFFD');
        if (broken <= 1 + (bytes.Length / 500) && (saysUtf8 || text.Any(c => c is > '\u007F' and not '\uFFFD')))
        {
            return Encoding.UTF8;
        }

        return Named(EncodingGuess.Of(bytes)) ?? Windows1252;
    }

    private static Encoding? Named(Match match) => match.Success ? Named(match.Groups["name"].Value) : null;

    private static Encoding? Named(string name)
    {
        try
        {
            var label = name.ToLowerInvariant() switch
            {
                "iso-8859-1" or "latin1" or "latin-1" or "iso8859-1" or "us-ascii" or "ascii" => "windows-1252",
                "gb2312" or "gbk" => "gb18030",
                var other => other,
            };
            var encoding = CodePagesEncodingProvider.Instance.GetEncoding(label) ?? Encoding.GetEncoding(label);
            return encoding is UnicodeEncoding or UTF32Encoding ? null : encoding;
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

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

    [GeneratedRegex(@"charset\s*=\s*[""']?\s*(?<name>[\w.:-]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex HeaderCharset();

    [GeneratedRegex(@"<\?xml[^>]{0,200}?encoding\s*=\s*[""']\s*(?<name>[\w.:-]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Declaration();
}
