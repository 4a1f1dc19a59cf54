using System.Globalization;

namespace NewsWatch.Core.Text;

/// <summary>Digits as other scripts write them: a regular expression's <c>\d</c> takes them, and a number's parser does not.</summary>
internal static class Digits
{
    /// <summary>The text with 0 to 9 in place of each decimal digit; the text itself when it has no others.</summary>
    public static string Ascii(string text) =>
        System.Text.Ascii.IsValid(text) || !text.Any(IsOther) ? text : string.Concat(text.Select(c => IsOther(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : c));

    private static bool IsOther(char c) => char.IsDigit(c) && !char.IsAsciiDigit(c);
}
