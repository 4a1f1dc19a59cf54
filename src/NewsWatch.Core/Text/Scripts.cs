namespace NewsWatch.Core.Text;

/// <summary>The scripts whose words carry particles and prefixes.</summary>
public static class Scripts
{
    /// <summary>Whether a character is a Korean syllable.</summary>
    public static bool IsHangul(char c) => c is >= '\uAC00' and <= '\uD7A3';

    /// <summary>Whether a character is a letter of Arabic, Persian or Urdu.</summary>
    public static bool IsArabic(char c) => c is (>= '\u0620' and <= '\u064A') or (>= '\u0671' and <= '\u06D3');

    /// <summary>Whether a character is a Hebrew letter.</summary>
    public static bool IsHebrew(char c) => c is >= '\u05D0' and <= '\u05EA';

    /// <summary>The script of a folded character, named after its language where it has but one.</summary>
    public static string Name(char c) =>
        IsHangul(c) ? "Korean" : IsArabic(c) ? "Arabic" : IsHebrew(c) ? "Hebrew" : c is >= '\u0370' and <= '\u03FF' ? "Greek"
        : c is >= '\u3041' and <= '\u30FF' ? "Japanese" : Folding.ClassOf(c) == CharClass.Ideograph ? "Chinese" : char.IsDigit(c) ? "digits" : "other scripts";

    /// <summary>Whether a character is Cyrillic.</summary>
    public static bool IsCyrillic(char c) => c is >= '\u0400' and <= '\u052F';
}
