using System.Globalization;
using static NewsWatch.Messages.HtmlWriter;

namespace NewsWatch.Messages.Mail;

/// <summary>
/// The HTML part: the same facts as the text, one column of at most 600 px, light and dark, readable without its styles. It loads nothing.
/// Hits are bold and underlined as well as coloured, negated ones say so.
/// </summary>
internal static class MailHtml
{
    private const int MaxShownOfLead = 90;

    /// <summary>The whole document.</summary>
    /// <param name="mail">What it says.</param>
    public static string Render(MailContent mail)
    {
        var html = new HtmlWriter().Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Raw("<meta name=\"color-scheme\" content=\"light dark\">\n").Element("title", Text(mail.Subject)).Raw($"<style>\n{MailStyle.Css}{(mail.Alerts.Any(alert => alert.Change is not null) ? MailStyle.Changes : "")}</style>\n</head>\n<body>\n")
            .Element("div", Text(SubjectLine.Shorten(mail.Lead, MaxShownOfLead)), "class=\"pre\"").Raw(Column).Raw($"<div class=\"page{Style(mail.Alerts)}\">\n");
        if (mail.IsSingle)
        {
            Single(html, mail);
        }
        else
        {
            Several(html, mail);
        }

        Footer(html, mail);
        return html.Raw("</div>\n").Raw(ColumnEnd).Raw("</body>\n</html>\n").ToString();
    }

    /// <summary>One of several alerts.</summary>
    private static string Item(AlertView alert, int number, string heading, bool namesRules)
    {
        var html = new HtmlWriter().Raw("<div class=\"item\">\n");
        if (alert.IsNotable)
        {
            html.Paragraph(Label(alert), "tag");
        }

        html.Foreign(heading, $"{number.ToString(CultureInfo.InvariantCulture)}. {Linked(alert.Link, Marked(alert.Headline))}", alert.Language);
        if (alert.Best is { } excerpt)
        {
            html.Foreign("p", Marked(excerpt), alert.Language);
        }

        string[] small = [alert.Foreign, $"{alert.Source}, {alert.Day}{(namesRules ? $" | {alert.RuleTitles}" : "")}", alert.CompactOthers, alert.CompactKnown, alert.CompactMatch];
        html.Paragraph(string.Join("<br>", small.Where(line => line.Length > 0).Select(Isolated)), "small");
        Feedback(html, alert);
        return html.Raw("</div>\n").ToString();
    }

    private static string Line(ContentsLine line)
    {
        var alert = line.Alert;
        var foreign = alert.Foreign.Length > 0 ? $"<br>{Text(alert.Foreign)}" : "";
        return new HtmlWriter().Element("li", $"<i>{Text(line.When)}</i> {Label(alert, alert.IsNew ? "" : alert.Reason)}{Linked(alert.Link, Isolated(alert.News))} <i>({Isolated(alert.Source)}){foreign}</i>").ToString();
    }

    /// <summary>Outlook for Windows knows no max-width.</summary>
    private const string Column = "<!--[if mso]><table role=\"presentation\" width=\"600\" align=\"center\"><tr><td><![endif]-->\n";

    private const string ColumnEnd = "<!--[if mso]></td></tr></table><![endif]-->\n";

    private static void Single(HtmlWriter html, MailContent mail)
    {
        var alert = mail.Alerts[0];
        html.Paragraph($"{Label(alert)} · {Isolated(alert.RuleTitles)}", "tag");
        html.Foreign("h1", Linked(alert.Link, Marked(alert.Headline)), alert.Language).Paragraph($"{Isolated(alert.Source)} · {Text(alert.Clock)}", "by");
        if (alert.Foreign.Length > 0)
        {
            html.Paragraph(Isolated(alert.Foreign), "by");
        }

        if (alert.Statement.Length > 0)
        {
            html.Paragraph($"<b>{Isolated(alert.Statement)}</b>");
        }

        if (alert.Known.Count > 0)
        {
            html.Paragraph(string.Join("<br>", alert.Known.Select(Isolated)), "known");
        }

        foreach (var (excerpt, at) in alert.Excerpts.Select((excerpt, at) => (excerpt, at)))
        {
            if (at > 0 && excerpt.LeavesGapAfter(alert.Excerpts[at - 1]))
            {
                html.Paragraph(AlertView.Gap, "gap");
            }

            html.Foreign("blockquote", Marked(excerpt), alert.Language);
        }

        MailChanges.Write(html, alert);
        if (alert.Link is { } link)
        {
            html.Paragraph($"<a href=\"{Text(link.Address)}\">Read at {Text(link.Host)}</a>", "go");
        }

        html.Raw("<dl>\n");
        foreach (var (label, value) in alert.Facts)
        {
            html.Raw($"<dt>{label}</dt>").Element("dd", Isolated(value));
        }

        html.Raw("</dl>\n");
        Why(html, alert.Rules, mail.RulesExplained);
        Others(html, alert);
        Feedback(html, alert);
    }

    private static void Feedback(HtmlWriter html, AlertView alert)
    {
        if (alert.FeedbackUrl.Length > 0)
        {
            html.Paragraph($"<a href=\"{Text(alert.FeedbackUrl)}\">Useful or not?</a>", "small");
        }
    }

    private static void Why(HtmlWriter html, IReadOnlyList<RuleView> rules, int explained)
    {
        html.Raw("<div class=\"why\">\n<h2>Why you got this</h2>\n");
        foreach (var rule in rules.Take(explained))
        {
            html.Paragraph($"Rule <b>{Isolated(rule.Title)}</b> ({Text(rule.Id)})").Raw("<ul>\n");
            foreach (var clause in rule.Clauses)
            {
                html.Element("li", $"<b>{Isolated(clause.Name)}</b>: {Text(clause.Found)}");
            }

            html.Raw("</ul>\n").Paragraph($"Rule query: {Query(rule.Query)}", "small");
        }

        foreach (var rule in rules.Skip(explained))
        {
            html.Paragraph($"Rule <b>{Isolated(rule.Title)}</b> ({Text(rule.Id)})");
        }

        html.Raw("</div>\n");
    }

    private static void Others(HtmlWriter html, AlertView alert)
    {
        if (alert.Others.Count == 0)
        {
            return;
        }

        html.Raw("<h2>Also reported by</h2>\n<ul>\n");
        foreach (var other in alert.Others.Take(AlertView.MaxOthers))
        {
            html.Element("li", $"<b>{Isolated(other.Name)}</b>: {Linked(other.Link, Isolated(other.Title))}{(other.When.Length > 0 ? $", {Text(other.When)}" : "")}");
        }

        html.Raw("</ul>\n");
        if (alert.MoreOthers.Length > 0)
        {
            html.Paragraph(alert.MoreOthers);
        }
    }

    private static void Several(HtmlWriter html, MailContent mail)
    {
        html.Foreign("h1", Text(mail.Title), "");
        if (mail.Because.Length > 0)
        {
            html.Paragraph(Text($"{mail.Because} {mail.Times}"), "by");
        }

        if (mail.Summary.Length > 0)
        {
            html.Paragraph($"<b>{Isolated(mail.Summary)}</b>");
        }

        if (mail.IsListing)
        {
            html.Listing(mail.Paragraphs);
        }
        else
        {
            mail.Paragraphs.ToList().ForEach(paragraph => html.Foreign("p", Text(paragraph), ""));
        }

        List(html, mail);
    }

    private static void List(HtmlWriter html, MailContent mail)
    {
        if (mail.Contents.Count > 0)
        {
            html.Element("ol", "\n" + string.Concat(mail.Contents.Select(Line)), "class=\"list\"").Element("h2", Text(mail.InFull), "class=\"rule\"");
        }

        foreach (var (alert, at) in mail.Alerts.Select((alert, at) => (alert, at)))
        {
            html.Raw(Item(alert, at + 1, mail.Contents.Count > 0 ? "h3" : "h2", mail.NamesRules));
        }
    }

    private static void Footer(HtmlWriter html, MailContent mail)
    {
        html.Raw("<div class=\"foot\">\n").Paragraph($"NewsWatch{(mail.Owners.Count > 0 ? $". Questions about the rule: {Text(string.Join(", ", mail.Owners))}" : "")}");
        if (mail.UnsubscribeUrl.Length > 0)
        {
            html.Paragraph($"<a href=\"{Text(mail.UnsubscribeUrl)}\">Unsubscribe or change what you get</a>");
        }

        html.Raw("</div>\n");
    }

    private static string Label(AlertView alert) => Label(alert, alert.Reason).TrimEnd();

    private static string Label(AlertView alert, string reason) =>
        (alert.Tag.Length > 0 ? $"<b class=\"{alert.Tag.ToLowerInvariant()}\">{alert.Tag}</b> " : "") + (reason.Length > 0 ? Text(reason) + " " : "");

    private static string Style(IReadOnlyList<AlertView> alerts) => alerts.Count > 0 && alerts[0].Tag.Length > 0 ? $" is-{alerts[0].Tag.ToLowerInvariant()}" : "";
}
