using System.Globalization;
using System.Text;
using NewsWatch.Core.Rules;

namespace NewsWatch.Delivery.Mails;

/// <summary>The plain text part: complete, 78 columns; hits stand between asterisks.</summary>
internal static class MailText
{
    private const int MostShownOfLead = 90;

    /// <summary>The whole part.</summary>
    public static string Render(MailContent mail)
    {
        var text = new WrappedText().Add(Bidi.Isolate(SubjectLine.Shorten(mail.Lead, MostShownOfLead))).Line();
        if (mail.IsSingle)
        {
            Single(text, mail);
        }
        else
        {
            Several(text, mail);
        }

        Footer(text, mail);
        return text.ToString();
    }

    /// <summary>One of several alerts.</summary>
    public static string Item(AlertView alert, int number)
    {
        var text = new WrappedText();
        var indent = new string(' ', string.Create(CultureInfo.InvariantCulture, $"{number}. ").Length);
        if (alert.IsNotable)
        {
            text.Add($"{number}. {alert.Label}").Add(Bidi.Isolate(Marked(alert.Headline)), indent);
        }
        else
        {
            text.Add($"{number}. {Bidi.Isolate(Marked(alert.Headline))}", "", indent);
        }

        foreach (var excerpt in alert.Excerpts.Take(1))
        {
            text.Add(Bidi.Isolate(Marked(excerpt)), indent + "  ");
        }

        return text.Add(Bidi.Isolate(alert.Compact), indent).Add(Bidi.Isolate(alert.CompactOthers), indent).Add(alert.CompactMatch, indent).Link(alert.Link, indent).ToString();
    }

    /// <summary>One of several alerts in a line.</summary>
    public static string Brief(AlertView alert) => new WrappedText().Add($"- {Bidi.Isolate(alert.Lead)}", "", "  ").Link(alert.Link, "  ").ToString();

    /// <summary>Hits between asterisks; negated ones say so.</summary>
    public static string Marked(Excerpt excerpt)
    {
        var text = new StringBuilder();
        var at = 0;
        foreach (var mark in excerpt.Marks)
        {
            text.Append(excerpt.Text, at, mark.Start - at).Append('*').Append(excerpt.Text, mark.Start, mark.Length).Append(mark.Negated ? "* (negated)" : "*");
            at = mark.Start + mark.Length;
        }

        return text.Append(excerpt.Text, at, excerpt.Text.Length - at).ToString();
    }

    private static void Single(WrappedText text, MailContent mail)
    {
        var alert = mail.Alerts[0];
        text.Add($"{alert.Label} | {Bidi.Isolate(alert.RuleTitles)}").Add(Bidi.Isolate(Marked(alert.Headline))).Link(alert.Link, "").Line();
        foreach (var excerpt in alert.Excerpts)
        {
            text.Add(Bidi.Isolate(Marked(excerpt)), "  ").Line();
        }

        foreach (var (label, value) in alert.Facts)
        {
            text.Add($"{label + ":",-12}{Bidi.Isolate(value)}", "", "            ");
        }

        text.Line().Line("WHY YOU GOT THIS");
        foreach (var (rule, at) in alert.Rules.Take(mail.RulesExplained).Select((rule, at) => (rule, at)))
        {
            Why(at > 0 ? text.Line() : text, rule);
        }

        foreach (var rule in alert.Rules.Skip(mail.RulesExplained))
        {
            text.Add($"Rule: {Bidi.Isolate(rule.Title)} ({rule.Id})");
        }

        if (alert.Others.Count > 0)
        {
            text.Line().Line("ALSO REPORTED BY");
            foreach (var other in alert.Others.Take(AlertView.MostOthers))
            {
                text.Add($"- {Bidi.Isolate(other.Name)}: {Bidi.Isolate(other.Title)}{(other.When.Length > 0 ? $", {other.When}" : "")}", "", "  ").Link(other.Link, "  ");
            }

            text.Add(alert.MoreOthers);
        }
    }

    private static void Why(WrappedText text, RuleView rule)
    {
        text.Add($"Rule: {Bidi.Isolate(rule.Title)} ({rule.Id})");
        foreach (var clause in rule.Clauses)
        {
            text.Add($"- {clause.Clause}: {clause.Found}", "", "  ");
        }

        text.Add($"The rule asks for: {rule.Query}");
    }

    private static void Several(WrappedText text, MailContent mail)
    {
        text.Add(mail.Title == mail.Lead ? "" : Bidi.Isolate(mail.Title)).Add(mail.Because).Add(Bidi.Isolate(mail.Summary));
        foreach (var (paragraph, at) in mail.Paragraphs.Select((paragraph, at) => (paragraph, at)))
        {
            (at > 0 ? text.Line() : text).Add(Bidi.Isolate(paragraph));
        }

        foreach (var (title, alerts) in mail.Sections())
        {
            if (title.Length > 0)
            {
                text.Line().Add(Bidi.Isolate(title.ToUpperInvariant()));
            }

            foreach (var (alert, number) in alerts)
            {
                text.Line().Verbatim(Item(alert, number));
            }
        }

        foreach (var alert in mail.Brief)
        {
            text.Line().Verbatim(Brief(alert));
        }
    }

    private static void Footer(WrappedText text, MailContent mail)
    {
        text.Line().Line("-- ").Add($"NewsWatch{(mail.Owners.Count > 0 ? $". Questions about the rule: {string.Join(", ", mail.Owners)}" : "")}");
        if (mail.UnsubscribeUrl.Length > 0)
        {
            text.Line("Fewer of these mails, or none:").Line(mail.UnsubscribeUrl);
        }
    }
}
