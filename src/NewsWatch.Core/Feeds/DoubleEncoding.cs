using System.Text;
using System.Text.Unicode;

namespace NewsWatch.Core.Feeds;

/// <summary>Undoes UTF-8 that was taken for Latin-1 and encoded again ("CafÃ©"): when all characters of a text fit in bytes and these are valid UTF-8, they are meant so.</summary>
internal static class DoubleEncoding
{
    /// <summary>The text as it was meant.</summary>
    public static string Undo(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u00C2', '\u00F4') || text.AsSpan().ContainsAnyExceptInRange('\0', '\u00FF'))
        {
            return text;
        }

        var bytes = Encoding.Latin1.GetBytes(text);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : text;
    }
}
