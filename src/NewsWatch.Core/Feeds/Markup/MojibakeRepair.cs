using System.Text;
using System.Text.Unicode;
using NewsWatch.Core.Text.Encodings;

namespace NewsWatch.Core.Feeds.Markup;

/// <summary>Undoes what reading in a wrong encoding did to a text: UTF-8 that was taken for Latin-1 ("CafÃ©"), Windows-1252 that was taken for Latin-1.</summary>
internal static class MojibakeRepair
{
    // What the bytes 0x80 to 0x9F are in Windows-1252.
    private static readonly string Specials = Charsets.Windows1252.GetString([.. Enumerable.Range(0x80, 32).Select(code => (byte)code)]);

    /// <summary>The text as it was meant.</summary>
    public static string Undo(string text)
    {
        var first = text.AsSpan().IndexOfAnyExceptInRange('\0', '\u007F');
        return first < 0 ? text : WithSpecials(LooksLikeUtf8(text.AsSpan(first)) ? FromUtf8(text) : text);
    }

    // When all characters of a text fit in bytes and these are valid UTF-8, they are meant so.
    private static bool LooksLikeUtf8(ReadOnlySpan<char> text) =>
        text[0] is >= '\u00C2' and <= '\u00F4' && text.Length > 1 && text[1] is >= '\u0080' and <= '\u00BF' && !text.ContainsAnyExceptInRange('\0', '\u00FF');

    private static string FromUtf8(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : text;
    }

    private static string WithSpecials(string text) => !text.AsSpan().ContainsAnyInRange('\u0080', '\u009F') ? text
        : string.Create(text.Length, text, (meant, written) =>
        {
            for (var at = 0; at < meant.Length; at++)
            {
                meant[at] = written[at] is >= '\u0080' and <= '\u009F' ? Specials[written[at] - '\u0080'] : written[at];
            }
        });
}
