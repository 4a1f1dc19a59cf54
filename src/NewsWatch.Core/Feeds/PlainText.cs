using System.Net;
using System.Text.RegularExpressions;

namespace NewsWatch.Core.Feeds;

/// <summary>The text of a fragment of HTML: blocks become paragraphs, tags go, entities are resolved.</summary>
internal static partial class PlainText
{
    public static string Of(string html)
    {
        var blocks = Block().Replace(html, "\n\n");
        var text = WebUtility.HtmlDecode(Tag().Replace(blocks, ""));
        return string.Join("\n\n", text.Split('\n').Select(line => Blank().Replace(line, " ").Trim()).Where(line => line.Length > 0));
    }

    [GeneratedRegex(@"</?(p|div|br|li|ul|ol|h[1-6]|blockquote|tr)\b[^>]*>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    [GeneratedRegex(@"<[/!?a-zA-Z][^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Blank();
}
