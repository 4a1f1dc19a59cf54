using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using NewsWatch.Core.Rules;

namespace NewsWatch.Delivery.Mails;

/// <summary>
/// The HTML part: the same facts as the text, one column of at most 600 px, light and dark, readable without its styles. It loads nothing.
/// All text goes through the encoder; hits are bold and underlined as well as coloured, negated ones say so.
/// </summary>
internal sealed class MailHtml
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly StringBuilder _html = new();

    private MailHtml()
    {
    }

    /// <summary>The whole document.</summary>
    /// <param name="mail">What it says.</param>
    /// <param name="language">BCP 47 tag of our own words.</param>
    public static string Render(MailContent mail, string language = "en") => new MailHtml().Page(mail, language);

    private string Page(MailContent mail, string language)
    {
        _html.Append("<!DOCTYPE html>\n<html lang=\"").Append(Text(language)).Append("\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n")
            .Append("<title>").Append(Text(mail.Subject)).Append("</title>\n<style>\n").Append(MailStyle.Css).Append("</style>\n</head>\n<body>\n")
            .Append("<div class=\"pre\">").Append(Text(SubjectLine.Shorten(mail.Lead, 90))).Append("</div>\n<div class=\"page\">\n");
        if (mail.IsSingle)
        {
            Single(mail.Alerts[0]);
        }
        else
        {
            Several(mail);
        }

        Footer(mail);
        return _html.Append("</div>\n</body>\n</html>\n").ToString();
    }

    private void Single(AlertView alert)
    {
        Label(alert);
        _html.Append("<h1>").Append(Linked(alert.Link, Isolated(Marked(alert.Headline)))).Append("</h1>\n");
        Line("by", $"{Isolated(Text(alert.Source))} · {Text(alert.Clock)}");
        foreach (var excerpt in alert.Excerpts)
        {
            _html.Append("<blockquote>").Append(Isolated(Marked(excerpt))).Append("</blockquote>\n");
        }

        if (alert.Link is { } link)
        {
            Line("go", $"<a href=\"{Text(link.Address)}\">Read it at {Text(link.Host)}</a>");
        }

        _html.Append("<dl>\n");
        foreach (var (label, value) in alert.Facts)
        {
            _html.Append("<dt>").Append(label).Append("</dt><dd>").Append(Isolated(Text(value))).Append("</dd>\n");
        }

        _html.Append("</dl>\n");
        Why(alert);
        Others(alert.Others);
    }

    private void Why(AlertView alert)
    {
        _html.Append("<div class=\"why\">\n<h2>Why you got this</h2>\n");
        Line("", $"Rule <b>{Isolated(Text(alert.RuleTitle))}</b> ({Text(alert.RuleId)})");
        _html.Append("<ul>\n");
        foreach (var clause in alert.Clauses)
        {
            _html.Append("<li><code>").Append(Text(clause.Clause)).Append("</code>: ").Append(Isolated(Text(clause.Found))).Append("</li>\n");
        }

        _html.Append("</ul>\n");
        Line("small", $"The rule asks for: <code>{Text(alert.Query)}</code>");
        _html.Append("</div>\n");
    }

    private void Others(IReadOnlyList<OtherView> others)
    {
        if (others.Count == 0)
        {
            return;
        }

        _html.Append("<h2>Also reported by</h2>\n<ul>\n");
        foreach (var other in others)
        {
            _html.Append("<li><b>").Append(Isolated(Text(other.Name))).Append("</b>: ").Append(Linked(other.Link, Isolated(Text(other.Title))))
                .Append(other.When.Length > 0 ? $", {Text(other.When)}" : "").Append("</li>\n");
        }

        _html.Append("</ul>\n");
    }

    private void Several(MailContent mail)
    {
        _html.Append("<h1>").Append(Isolated(Text(mail.Title))).Append("</h1>\n");
        if (mail.Because.Length > 0)
        {
            Line("by", Text(mail.Because));
        }

        foreach (var paragraph in mail.Paragraphs)
        {
            Line("", Isolated(Text(paragraph)));
        }

        foreach (var (alert, number) in mail.Alerts.Select((alert, at) => (alert, at + 1)))
        {
            _html.Append("<div class=\"item\">\n");
            Label(alert);
            _html.Append("<h2>").Append(number.ToString(CultureInfo.InvariantCulture)).Append(". ").Append(Linked(alert.Link, Isolated(Marked(alert.Headline)))).Append("</h2>\n");
            Line("small", Isolated(Text(alert.Compact)));
            Line("small", Text(alert.CompactWhy));
            _html.Append("</div>\n");
        }

        Brief(mail);
    }

    private void Brief(MailContent mail)
    {
        if (mail.Brief.Count == 0)
        {
            return;
        }

        _html.Append("<ul>\n");
        foreach (var alert in mail.Brief)
        {
            _html.Append("<li>").Append(Linked(alert.Link, Isolated(Text(alert.Lead)))).Append("</li>\n");
        }

        _html.Append("</ul>\n");
        if (mail.Uncounted > 0)
        {
            Line("", string.Create(CultureInfo.InvariantCulture, $"and {mail.Uncounted} more."));
        }
    }

    private void Footer(MailContent mail)
    {
        _html.Append("<div class=\"foot\">\n");
        var owners = mail.Alerts.Select(alert => alert.Owner).OfType<string>().Distinct().ToList();
        Line("", $"NewsWatch{(owners.Count > 0 ? $". Questions about the rule: {Text(string.Join(", ", owners))}" : "")}");
        if (mail.UnsubscribeUrl.Length > 0)
        {
            Line("", $"<a href=\"{Text(mail.UnsubscribeUrl)}\">Fewer of these mails, or none</a>");
        }

        _html.Append("</div>\n");
    }

    private void Label(AlertView alert) =>
        Line("tag " + (alert.Tag.Length > 0 ? alert.Tag.ToLowerInvariant() : "routine"), $"{(alert.Tag.Length > 0 ? $"<b>{alert.Tag}</b> " : "")}{Text(alert.Reason)}");

    private void Line(string style, string html) =>
        _html.Append(style.Length > 0 ? $"<p class=\"{style}\">" : "<p>").Append(html).Append("</p>\n");

    private static string Marked(Excerpt excerpt)
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

    private static string Linked(SafeLink? link, string html) => link is null ? html : $"<a href=\"{Text(link.Address)}\">{html}</a>";

    private static string Isolated(string html) => $"<bdi>{html}</bdi>";

    private static string Text(string text) => Encoder.Encode(text);
}
