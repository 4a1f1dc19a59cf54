using System.Globalization;
using AngleSharp.Html;
using NewsWatch.Core.Text.Encodings;

namespace NewsWatch.Core.Feeds.Markup;

/// <summary>Character references of HTML (WHATWG, 13.5), also those whose semicolon is missing.</summary>
internal static class HtmlEntities
{
    private const int MaxNameLength = 33;

    /// <summary>Reads the reference at the beginning, an ampersand; what is none means itself.</summary>
    /// <returns>How many characters were read, at least one.</returns>
    public static int Read(ReadOnlySpan<char> text, out string meaning)
    {
        if (text.Length > 2 && text[1] == '#')
        {
            return Numeric(text, out meaning);
        }

        var length = 1;
        while (length < text.Length && length < MaxNameLength && char.IsAsciiLetterOrDigit(text[length]))
        {
            length++;
        }

        if (length > 1 && length < text.Length && text[length] == ';' && Named(text[1..length]) is { } named)
        {
            meaning = named;
            return length + 1;
        }

        meaning = "&";
        return 1;
    }

    /// <summary>The characters of a named entity; null for an unknown name.</summary>
    public static string? Named(ReadOnlySpan<char> name) => name switch
    {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u00A0",
        _ => HtmlEntityProvider.Resolver.GetSymbol($"{name};"),
    };

    private static int Numeric(ReadOnlySpan<char> text, out string meaning)
    {
        var hex = text[2] is 'x' or 'X';
        var start = hex ? 3 : 2;
        var end = start;
        while (end < text.Length && end - start < 8 && (hex ? char.IsAsciiHexDigit(text[end]) : char.IsAsciiDigit(text[end])))
        {
            end++;
        }

        if (end == start || !int.TryParse(text[start..end], hex ? NumberStyles.HexNumber : NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            meaning = "&";
            return 1;
        }

        meaning = Character(code);
        return end < text.Length && text[end] == ';' ? end + 1 : end;
    }

    // 128 to 159 are meant as Windows-1252.
    private static string Character(int code) => code switch
    {
        >= 128 and <= 159 => Charsets.Windows1252.GetString([(byte)code]),
        < 32 or 127 => " ",
        >= 0xD800 and <= 0xDFFF or > 0x10FFFF or 0xFFFE or 0xFFFF => "\uFFFD",
        _ => char.ConvertFromUtf32(code),
    };
}
