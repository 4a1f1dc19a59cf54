using System.Globalization;
using System.Text;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Feeds.Xml;

/// <summary>The references that every XML document may use: its five names and numbers.</summary>
internal static class XmlReferences
{
    private const int MaxReferenceLength = 12;

    /// <summary>The text with the one line end of XML (2.11).</summary>
    public static string LineEnds(ReadOnlySpan<char> text) =>
        text.Contains('\r') ? text.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text.ToString();

    /// <summary>Turns text into what it means; null where another reference is in it, or a number of no character that XML allows.</summary>
    public static string? Resolve(ReadOnlySpan<char> text)
    {
        var mark = text.IndexOf('&');
        if (mark < 0)
        {
            return LineEnds(text);
        }

        text = text.Contains('\r') ? LineEnds(text) : text;
        mark = text.IndexOf('&');

        // No reference is shorter than what it means.
        var meaning = Scratch.Rent<char>(text.Length);
        var length = Resolve(text, mark, meaning);
        var resolved = length < 0 ? null : new string(meaning, 0, length);
        Scratch.Return(meaning);
        return resolved;
    }

    private static int Resolve(ReadOnlySpan<char> text, int mark, Span<char> meaning)
    {
        var length = 0;
        while (mark >= 0)
        {
            text[..mark].CopyTo(meaning[length..]);
            length += mark;
            text = text[mark..];
            var end = text[..Math.Min(text.Length, MaxReferenceLength)].IndexOf(';');
            var character = end < 0 ? null : Meaning(text[1..end]);
            if (character is not { } rune)
            {
                return -1;
            }

            length += rune.EncodeToUtf16(meaning[length..]);
            text = text[(end + 1)..];
            mark = text.IndexOf('&');
        }

        text.CopyTo(meaning[length..]);
        return length + text.Length;
    }

    private static Rune? Meaning(ReadOnlySpan<char> reference) => reference switch
    {
        "amp" => new Rune('&'),
        "lt" => new Rune('<'),
        "gt" => new Rune('>'),
        "quot" => new Rune('"'),
        "apos" => new Rune('\''),
        ['#', 'x', .. var hex] => Numbered(hex, NumberStyles.AllowHexSpecifier),
        ['#', .. var number] => Numbered(number, NumberStyles.None),
        _ => null,
    };

    private static Rune? Numbered(ReadOnlySpan<char> digits, NumberStyles style) =>
        int.TryParse(digits, style, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code) && code >= ' ' && code is not (0xFFFE or 0xFFFF) ? new Rune(code) : null;
}
