using System.Globalization;
using System.Text;

namespace NewsWatch.Core.Text;

/// <summary>Text that every function takes, and in time that grows with its length: normalisation refuses halves of surrogate pairs, and sorts the marks behind a letter.</summary>
public static class Utf16Sanitizer
{
    /// <summary>Most marks behind one letter (UAX #15, stream-safe text format).</summary>
    internal const int MaxMarks = 30;

    /// <summary>The text with U+FFFD in place of half a surrogate pair and of a noncharacter, and at most 30 marks behind a letter.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().ContainsAnyExceptInRange('\0', '\u02FF') ? Cleaned(text) : text;
    }

    private static string Cleaned(string text)
    {
        var clean = new StringBuilder(text.Length);
        Span<char> units = stackalloc char[2];
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            marks = IsMark(rune) ? marks + 1 : 0;
            if (marks <= MaxMarks)
            {
                clean.Append(IsNone(rune.Value) ? "\uFFFD" : units[..rune.EncodeToUtf16(units)]);
            }
        }

        return clean.ToString();
    }

    private static bool IsMark(Rune rune) =>
        rune.Value >= 0x300 && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static bool IsNone(int rune) => (rune & 0xFFFE) == 0xFFFE || rune is >= 0xFDD0 and <= 0xFDEF;
}
