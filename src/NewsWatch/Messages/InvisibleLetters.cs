namespace NewsWatch.Messages;

/// <summary>Characters that show nothing: with them a text says one thing to programs and another to readers, or seems to end where it does not.</summary>
internal static class InvisibleLetters
{
    /// <summary>U+200C and U+200D: Persian and emoji need them, but only between two visible characters.</summary>
    public static bool IsJoiner(int rune) => rune is 0x200C or 0x200D;

    /// <summary>U+FE00 to U+FE0F say which form of the character before them is meant; Mongolian has its own.</summary>
    public static bool IsVariationSelector(int rune) => rune is >= 0xFE00 and <= 0xFE0F or >= 0x180B and <= 0x180D or 0x180F;

    /// <summary>Letters and symbols whose glyph is empty: they look like a blank and become one.</summary>
    public static bool IsBlank(int rune) => rune is 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0 or 0x16FE4 or 0x1D159 or 0x13441 or 0x13442;

    /// <summary>Unicode's Default_Ignorable_Code_Point without joiners, variation selectors and fillers; bidi controls, annotations and noncharacters.</summary>
    public static bool IsIgnorable(int rune) => rune is 0xAD or 0x34F or 0x61C or 0x17B4 or 0x17B5 or 0x180E or 0x200B or 0x200E or 0x200F or 0xFEFF
        or (>= 0x2028 and <= 0x202E) or (>= 0x2060 and <= 0x206F) or (>= 0xFFF0 and <= 0xFFFB) or (>= 0xFDD0 and <= 0xFDEF)
        or (>= 0x1BCA0 and <= 0x1BCA3) or (>= 0x1D173 and <= 0x1D17A) or (>= 0xE0000 and <= 0xE0FFF) || (rune & 0xFFFE) == 0xFFFE;
}
