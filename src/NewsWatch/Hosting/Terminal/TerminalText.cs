using NewsWatch.Messages;

namespace NewsWatch.Hosting.Terminal;

/// <summary>Untrusted text on a terminal: control characters (escape sequences above all) become visible and harmless.</summary>
internal static class TerminalText
{
    /// <summary>One line, whatever breaks are in it.</summary>
    public static string Line(string text) => Clean(text).Replace('\n', ' ');

    /// <summary>Our own text, which keeps its line breaks, with untrusted text inside.</summary>
    public static string Clean(string text) => TextCleaner.Visible(text);
}
