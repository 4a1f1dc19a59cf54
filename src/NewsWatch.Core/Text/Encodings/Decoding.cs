using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace NewsWatch.Core.Text.Encodings;

/// <summary>
/// Bytes of a document to characters, as the bytes prove them: byte order mark, zero bytes of UTF-16 and UTF-32, escape sequences of ISO 2022, valid UTF-8,
/// what is declared unless the bytes contradict it, mostly valid UTF-8, a guess. Never throws; invalid bytes become U+FFFD.
/// </summary>
internal static partial class Decoding
{
    /// <summary>The text, without byte order mark.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="contentType">The Content-Type; null when there was none.</param>
    /// <param name="declaration">Finds the label by which the document declares its own encoding.</param>
    /// <param name="within">The number of bytes at its beginning in which that is looked for.</param>
    public static string Decode(ReadOnlySpan<byte> bytes, string? contentType, Func<string, string?> declaration, int within)
    {
        var (encoding, skip) = ByMark(bytes) ?? (Proven(bytes, contentType, declaration, within), 0);
        return encoding.GetString(bytes[skip..]);
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
        [0x4C, 0x6F, 0xA7, 0x94, ..] => (Charsets.ByPage(37), 0),
        _ => null,
    };

    private static Encoding Proven(ReadOnlySpan<byte> bytes, string? contentType, Func<string, string?> declaration, int within)
    {
        var escape = bytes.IndexOf((byte)0x1B);
        if (escape < 0 && Utf8.IsValid(bytes))
        {
            return Encoding.UTF8;
        }

        var header = Named(Label(HeaderCharset().Match(contentType ?? "")));
        var declared = Named(declaration(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, within)])));
        return (escape < 0 ? null : Shifting(bytes[escape..], header, declared))
            ?? (Utf8.IsValid(bytes) ? Encoding.UTF8 : null)
            ?? Declared(bytes, header, declared)
            ?? (IsMostlyUtf8(bytes) ? Encoding.UTF8 : EncodingGuess.Of(bytes));
    }

    // Text of ISO 2022 has no high bytes, so it passes for UTF-8.
    private static Encoding? Shifting(ReadOnlySpan<byte> escape, Encoding? header, Encoding? declared) =>
        IsShifting(header) ? header
        : IsShifting(declared) ? declared
        : escape is [_, (byte)'$', (byte)')', (byte)'C', ..] ? Charsets.ByPage(50225)
        : escape is [_, (byte)'$', (byte)'@' or (byte)'B', ..] or [_, (byte)'(', (byte)'J' or (byte)'I', ..] ? Charsets.ByPage(50220)
        : null;

    private static bool IsShifting(Encoding? encoding) => encoding?.CodePage is >= 50220 and <= 50229;

    /// <summary>The header counts before the document (RFC 7303), unless it says what servers say of everything and the document knows better.</summary>
    private static Encoding? Declared(ReadOnlySpan<byte> bytes, Encoding? header, Encoding? declared)
    {
        var (fromHeader, fromDocument) = (Fitting(header, bytes), Fitting(declared, bytes));
        return fromHeader is not null && fromDocument is not null && fromHeader.CodePage == Charsets.Windows1252.CodePage && fromDocument.CodePage != fromHeader.CodePage
            ? EncodingGuess.Likelier(bytes, fromHeader, fromDocument)
            : fromHeader ?? fromDocument;
    }

    private static Encoding? Fitting(Encoding? named, ReadOnlySpan<byte> bytes) =>
        named is not null && named.CodePage != Encoding.UTF8.CodePage && Charsets.Fits(named, bytes) ? named : null;

    // A few broken bytes among whole sequences are just that.
    private static bool IsMostlyUtf8(ReadOnlySpan<byte> bytes)
    {
        var (whole, broken) = (0, 0);
        foreach (var rune in Encoding.UTF8.GetString(bytes).EnumerateRunes())
        {
            whole += rune.IsAscii || rune == Rune.ReplacementChar ? 0 : 1;
            broken += rune == Rune.ReplacementChar ? 1 : 0;
        }

        return whole >= broken;
    }

    /// <summary>The label that a pattern found.</summary>
    public static string? Label(Match match) => match.Success ? match.Groups["name"].Value : null;

    private static Encoding? Named(string? label) => label is null ? null : Charsets.Named(label);

    [GeneratedRegex(@"charset\s*=\s*[""']?\s*(?<name>[\w.:-]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex HeaderCharset();
}
