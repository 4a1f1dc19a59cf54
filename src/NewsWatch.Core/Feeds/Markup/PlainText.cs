using System.Buffers;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Feeds.Markup;

/// <summary>
/// The text of a fragment of HTML: blocks become paragraphs separated by a blank line, tags go, entities are resolved. One pass, never throws.
/// Of more than a million characters, which is a book, the first million counts.
/// </summary>
internal static partial class PlainText
{
    private const int MaxDeclarationLength = 400;
    private const int ClosedWithin = 10_000;
    private static readonly SearchValues<char> Inside = SearchValues.Create("<>\"'");

    private const int MaxMarkupLength = 1_000_000;

    /// <summary>The text of markup.</summary>
    public static string Of(string html)
    {
        var meant = MojibakeRepair.Undo(Beginning(html));
        if (!meant.AsSpan().ContainsAny('<', '&') && ParagraphWriter.IsTidy(meant))
        {
            return meant;
        }

        var text = new ParagraphWriter(meant.Length);
        Write(meant, text);
        return text.Finish();
    }

    /// <summary>The text on one line, as titles are.</summary>
    public static string Line(string html) => Of(html).Replace("\n\n", " ", StringComparison.Ordinal);

    /// <summary>Text as written: only blanks are collapsed.</summary>
    public static string Verbatim(string plain)
    {
        var text = new ParagraphWriter(plain.Length);
        foreach (var line in MojibakeRepair.Undo(Beginning(plain)).AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace())
            {
                text.Paragraph();
            }

            text.Append(line);
            text.Append(" ");
        }

        return text.Finish();
    }

    /// <summary>The text of markup that is part of the document itself (XHTML).</summary>
    public static string Of(XElement element)
    {
        var text = new ParagraphWriter(256);
        Write(element, text);
        return text.Finish();
    }

    private static string Beginning(string markup) => markup.Length <= MaxMarkupLength ? markup : markup[..MaxMarkupLength];

    private static void Write(XElement element, ParagraphWriter text)
    {
        foreach (var node in element.Nodes())
        {
            if (node is XText words)
            {
                text.Append(MojibakeRepair.Undo(words.Value));
            }
            else if (node is XElement inner && HtmlNames.Of(inner.Name.LocalName) is not HtmlMeaning.Silent and var meaning)
            {
                text.ParagraphIf(meaning == HtmlMeaning.Block);
                Write(inner, text);
                text.ParagraphIf(meaning == HtmlMeaning.Block);
            }
        }
    }

    private static void Write(ReadOnlySpan<char> html, ParagraphWriter text)
    {
        // How much of the text follows from where its last comment ends: to look for the end of each that begins would take the square of the time.
        var behindComments = html.LastIndexOf("-->") is >= 0 and var last ? html.Length - last : int.MaxValue;
        while (html.Length > 0)
        {
            var mark = html.IndexOfAny('<', '&');
            text.Append(mark < 0 ? html : html[..mark]);
            if (mark < 0)
            {
                return;
            }

            html = html[mark..];
            html = html[(html[0] == '&' ? Entity(html, text) : Comment(html, behindComments) ?? Tag(html, text))..];
        }
    }

    private static int Entity(ReadOnlySpan<char> html, ParagraphWriter text)
    {
        var length = HtmlEntities.Read(html, out var meaning);
        text.Append(meaning);
        return length;
    }

    // The length of a comment that begins here; null for none, or one that never ends.
    private static int? Comment(ReadOnlySpan<char> html, int behindComments) =>
        html.StartsWith("<!--") && html.Length >= behindComments ? html.IndexOf("-->") + "-->".Length : null;

    private static int Tag(ReadOnlySpan<char> html, ParagraphWriter text)
    {
        if (html.StartsWith("<![CDATA["))
        {
            return "<![CDATA[".Length;
        }

        var start = html.Length > 1 && html[1] == '/' ? 2 : 1;
        if (html.Length <= start || !(char.IsAsciiLetter(html[start]) || IsDeclaration(html[start..])))
        {
            text.Append("<");
            return 1;
        }

        var name = HtmlNames.NameAt(html[start..]);
        if (End(html) is not (> 0 and var end))
        {
            return Unfinished(html, text);
        }

        var meaning = HtmlNames.Of(name);
        if (meaning == HtmlMeaning.None && IsWord(html[..end], html[end..], name))
        {
            text.Append(html[..end]);
            return end;
        }

        text.ParagraphIf(meaning == HtmlMeaning.Block);
        return start == 1 && meaning == HtmlMeaning.Silent && html[end - 1] == '>' && html[end - 2] != '/' ? end + Silent(html[end..], name) : end;
    }

    private static bool IsDeclaration(ReadOnlySpan<char> html) => html is ['!' or '?', var letter, ..] && char.IsAsciiLetter(letter) && html[..Math.Min(html.Length, MaxDeclarationLength)].Contains('>');

    // A tag ends at the first bracket outside quotes; a quote that never ends is none. Negative where another tag begins before, or the text ends.
    private static int End(ReadOnlySpan<char> html)
    {
        var at = 1;
        while (html[at..].IndexOfAny(Inside) is >= 0 and var next)
        {
            at += next;
            if (html[at] is '>' or '<')
            {
                return html[at] == '>' ? at + 1 : -1;
            }

            at += 1 + (html[at - 1] == '=' && html[(at + 1)..].IndexOf(html[at]) is >= 0 and var quoted ? quoted + 1 : 0);
        }

        return -1;
    }

    // "Talks on <truce> begin": no element of HTML, without attributes, and never closed.
    private static bool IsWord(ReadOnlySpan<char> tag, ReadOnlySpan<char> rest, ReadOnlySpan<char> name) =>
        tag.Length == name.Length + 2 && !rest[..Math.Min(rest.Length, ClosedWithin)].Contains($"</{name}", StringComparison.OrdinalIgnoreCase);

    // An angle that opens no whole tag is text; of a tag that was cut off inside its attributes these are none.
    private static int Unfinished(ReadOnlySpan<char> html, ParagraphWriter text)
    {
        foreach (var attributes in CutOff().EnumerateMatches(html))
        {
            return attributes.Length;
        }

        text.Append("<");
        return 1;
    }

    private static int Silent(ReadOnlySpan<char> html, ReadOnlySpan<char> name)
    {
        var at = 0;
        while (html[at..].IndexOf("</") is >= 0 and var next)
        {
            at += next;
            if (HtmlNames.NameAt(html[(at + 2)..]).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return at;
            }

            at += 2;
        }

        return html.Length;
    }

    [GeneratedRegex("^<[a-zA-Z][\\w:-]{0,40}(\\s+[\\w:-]{1,60}\\s?=\\s?(\"[^\"<>]*(\"|$)|'[^'<>]*('|$)))+", RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex CutOff();
}
