using NewsWatch.Messages;

namespace NewsWatch.Hosting.Terminal;

/// <summary>Text of strangers on a terminal: control characters (escape sequences above all) become visible and harmless.</summary>
internal static class TerminalText
{
    /// <summary>One line, whatever breaks are in it.</summary>
    public static string Line(string text) => Clean(text).Replace('\n', ' ');

    /// <summary>Text that keeps its line breaks: our own, with texts of strangers inside.</summary>
    public static string Clean(string text) => TextCleaner.Visible(text);
}
