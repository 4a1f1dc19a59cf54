using System.Text;

namespace NewsWatch.Tests.Hostile;

/// <summary>What text must be, wherever it is shown.</summary>
internal static class Inertness
{
    /// <summary>Marks that we put around texts of strangers ourselves, so that their direction stays theirs.</summary>
    public const string Isolates = "\u2066\u2067\u2068\u2069";

    /// <summary>No control character, no bidi control, nothing invisible, no half of a surrogate pair, no pile of accents; but what is named.</summary>
    public static void Of(string? text, string but)
    {
        Assert.NotNull(text);
        for (var at = 0; at < text!.Length; at++)
        {
            var isWhole = Rune.TryGetRuneAt(text, at, out var rune);
            var isMeant = rune.IsBmp && but.Contains((char)rune.Value, StringComparison.Ordinal);
            if (!isWhole || (!isMeant && (Rune.IsControl(rune) || IsUnseen(rune.Value))))
            {
                Assert.Fail($"U+{(int)text[at]:X4} in: {text[Math.Max(0, at - 20)..Math.Min(text.Length, at + 20)]}");
            }

            at += rune.Utf16SequenceLength - 1;
        }

        Assert.DoesNotMatch(@"\p{M}{9}", text);
    }

    private static bool IsUnseen(int letter) =>
        letter is 0xAD or 0x61C or 0x200B or 0x200E or 0x200F or 0x2028 or 0x2029 or 0xFEFF or 0xFFFE or 0xFFFF
            or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x2069) or (>= 0xE0000 and <= 0xE007F);
}
