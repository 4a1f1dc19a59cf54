namespace NewsWatch.Configuration.Templates;

/// <summary>Markdown as chats read it.</summary>
internal static class MarkdownText
{
    private const string Obeyed = "\\`*_{}[]()#+-.!|~<>@:&";

    /// <summary>Text in which no Markdown is obeyed.</summary>
    public static string Escape(string text) => string.Concat(text.Select(c => Obeyed.Contains(c, StringComparison.Ordinal) ? "\\" + c : c.ToString()));
}
