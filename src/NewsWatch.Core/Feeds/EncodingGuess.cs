namespace NewsWatch.Core.Feeds;

/// <summary>
/// Guesses the encoding of bytes that say nothing true about it. Japanese shows by its kana, Cyrillic by being mostly high bytes whose
/// small letters outnumber the capitals; everything else is taken for western European.
/// </summary>
internal static class EncodingGuess
{
    /// <summary>The encoding's name.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var (letters, low, high, eucKana, shiftKana) = (0, 0, 0, 0, 0);
        for (var at = 0; at < bytes.Length; at++)
        {
            var b = bytes[at];
            letters += char.IsAsciiLetter((char)b) ? 1 : 0;
            low += b is >= 0xC0 and < 0xE0 ? 1 : 0;
            high += b >= 0xE0 ? 1 : 0;
            if (at + 1 < bytes.Length)
            {
                eucKana += b is 0xA4 or 0xA5 && bytes[at + 1] is >= 0xA1 and <= 0xF6 ? 1 : 0;
                shiftKana += b is 0x82 or 0x83 && bytes[at + 1] is >= 0x40 and <= 0xF1 and not 0x7F ? 1 : 0;
            }
        }

        return (eucKana, shiftKana, low, high) switch
        {
            _ when shiftKana >= 5 && shiftKana > eucKana => "shift_jis",
            _ when eucKana >= 5 && eucKana * 3 > low + high - eucKana => "euc-jp",
            _ when (low + high) * 4 < letters => "windows-1252",
            _ when low > high => "koi8-r",
            _ => "windows-1251",
        };
    }
}
