namespace NewsWatch.Cli;

/// <summary>Text of strangers on a terminal: control characters (escape sequences above all) become visible and harmless.</summary>
internal static class TerminalText
{
    public static string Clean(string text) =>
        string.Concat(text.Select(letter => letter is '\n' or '\t' || !char.IsControl(letter) && !IsBidiControl(letter) ? letter : '\uFFFD'));

    private static bool IsBidiControl(char letter) => letter is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\u200E' or '\u200F';
}
