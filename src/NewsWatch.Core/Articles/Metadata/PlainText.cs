using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Articles.Metadata;

/// <summary>Texts of metadata as a person would read them.</summary>
internal static partial class PlainText
{
    private const int MaxLine = 1_000;

    /// <summary>Characters of markup that are looked at for one line.</summary>
    public const int MaxRead = 20_000;

    /// <summary>One line: markup dropped, entities decoded, white space folded, control and zero-width characters dropped, at most 1,000 characters; null when nothing is left.</summary>
    public static string? OneLine(string? text)
    {
        if (text is null)
        {
            return null;
        }

        text = text.Length <= MaxRead ? text : text[..MaxRead];
        var bare = text.Contains('<', StringComparison.Ordinal) ? Tag().Replace(text, " ") : text;
        var folded = Fold(bare.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(bare) : bare);
        return folded.Length == 0 ? null : folded.Length <= MaxLine ? folded : folded[..MaxLine];
    }

    /// <summary>Several paragraphs, separated by a blank line; null when nothing is left.</summary>
    public static string? OfMarkup(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var marked = text.Contains('<', StringComparison.Ordinal) ? Tag().Replace(ParagraphTag().Replace(text, "\n"), "") : text;
        var lines = marked.Split('\n').Select(line => Fold(WebUtility.HtmlDecode(line))).Where(line => line.Length > 0);
        var joined = string.Join("\n\n", lines);
        return joined.Length == 0 ? null : joined;
    }

    /// <summary>White space runs as one space, none at the ends; control, zero-width and soft-hyphen characters dropped.</summary>
    public static string Fold(ReadOnlySpan<char> text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                AppendSpace(folded);
            }
            else if (!char.IsControl(c) && c is not ('\u200B' or '\uFEFF' or '\u00AD' or '\u2060'))
            {
                folded.Append(c);
            }
        }

        if (folded.Length > 0 && folded[^1] == ' ')
        {
            folded.Length--;
        }

        return folded.ToString();
    }

    private static void AppendSpace(StringBuilder text)
    {
        if (text.Length > 0 && text[^1] != ' ')
        {
            text.Append(' ');
        }
    }

    [GeneratedRegex("</?[a-zA-Z!][^<>]*>", RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Tag();

    [GeneratedRegex("<(?:/p|/div|/li|/h[1-6]|br ?/?|/blockquote)>", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, RegexLimit.Milliseconds)]
    private static partial Regex ParagraphTag();
}
