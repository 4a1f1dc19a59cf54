namespace NewsWatch.Messages;

/// <summary>Keeps right-to-left text from reordering its neighbours (UAX #9 isolates).</summary>
internal static class Bidi
{
    private const char FirstStrongIsolate = '\u2068';
    private const char PopIsolate = '\u2069';

    /// <summary>The text, isolated when it holds right-to-left letters; other text is left alone, for programs that show the marks.</summary>
    public static string Isolate(string text) => IsRightToLeft(text) ? FirstStrongIsolate + text + PopIsolate : text;

    /// <summary>True when the text holds right-to-left letters.</summary>
    public static bool IsRightToLeft(string text) => text.Any(IsRightToLeft);

    private static bool IsRightToLeft(char c) => c is (>= '\u0590' and <= '\u08FF') or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFF');
}
