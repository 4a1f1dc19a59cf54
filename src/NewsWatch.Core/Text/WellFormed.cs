namespace NewsWatch.Core.Text;

/// <summary>Text that every function takes: normalisation refuses halves of surrogate pairs and characters that are none, and what it throws would lose a whole document.</summary>
public static class WellFormed
{
    /// <summary>The text with U+FFFD in place of half a surrogate pair and of a noncharacter.</summary>
    public static string Of(string text) => string.Concat(text.EnumerateRunes().Select(rune => IsNone(rune.Value) ? "\uFFFD" : rune.ToString()));

    private static bool IsNone(int rune) => (rune & 0xFFFE) == 0xFFFE || rune is >= 0xFDD0 and <= 0xFDEF;
}
