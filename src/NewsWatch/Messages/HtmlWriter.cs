using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using NewsWatch.Core.Rules;

namespace NewsWatch.Messages;

/// <summary>The few pieces that mails are made of; all text goes through the encoder.</summary>
internal sealed class HtmlWriter
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly StringBuilder _html = new();

    /// <summary>Text, encoded.</summary>
    public static string Text(string text) => Encoder.Encode(text);

    /// <summary>Text from outside, encoded, that reorders nothing beside it.</summary>
    public static string Isolated(string text) => Bidi.IsRightToLeft(text) ? $"<bdi>{Text(text)}</bdi>" : Text(text);

    /// <summary>A query, encoded: its right-to-left words each in their place.</summary>
    public static string Query(string query) => $"<code>{string.Concat(Bidi.Parts(query).Select(Isolated))}</code>";

    /// <summary>HTML as a link; as it is where there is none.</summary>
    public static string Linked(SafeLink? link, string html) => link is null ? html : $"<a href=\"{Text(link.Address)}\">{html}</a>";

    /// <summary>Lines whose columns and breaks count.</summary>
    public HtmlWriter Listing(IEnumerable<string> lines) => Element("pre", Text(string.Join('\n', lines)));

    /// <summary>An excerpt with its hits marked; negated ones say so.</summary>
    public static string Marked(Excerpt excerpt)
    {
        var html = new StringBuilder();
        var at = 0;
        foreach (var mark in excerpt.Marks)
        {
            html.Append(Text(excerpt.Text[at..mark.Start])).Append("<mark>").Append(Text(excerpt.Text.Substring(mark.Start, mark.Length))).Append("</mark>");
            html.Append(mark.Negated ? " <i>(negated)</i>" : "");
            at = mark.Start + mark.Length;
        }

        return html.Append(Text(excerpt.Text[at..])).ToString();
    }

    /// <summary>An element on a line; the attributes and the content are HTML.</summary>
    public HtmlWriter Element(string tag, string html, string attributes = "")
    {
        _html.Append('<').Append(tag).Append(attributes.Length > 0 ? " " : "").Append(attributes).Append('>').Append(html).Append("</").Append(tag).Append(">\n");
        return this;
    }

    /// <summary>A paragraph; the style is a class name or nothing.</summary>
    public HtmlWriter Paragraph(string html, string style = "") => Element("p", html, style.Length > 0 ? $"class=\"{style}\"" : "");

    /// <summary>An element of words from outside, in their language and their direction.</summary>
    public HtmlWriter Foreign(string tag, string html, string language) =>
        Element(tag, html, $"dir=\"auto\"{(language.Length > 0 ? $" lang=\"{Text(language)}\"" : "")}");

    /// <summary>HTML as it is.</summary>
    public HtmlWriter Raw(string html)
    {
        _html.Append(html);
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _html.ToString();
}
