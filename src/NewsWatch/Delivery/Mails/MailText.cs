using System.Text;
using NewsWatch.Core.Rules;

namespace NewsWatch.Delivery.Mails;

/// <summary>The plain text part: complete, 78 columns; hits stand between asterisks.</summary>
internal static class MailText
{
    private const int Columns = 78;
    private const int MostShownOfLead = 90;

    public static string Render(MailContent mail)
    {
        var text = new StringBuilder();
        Wrap(text, Bidi.Isolate(SubjectLine.Shorten(mail.Lead, MostShownOfLead)));
        text.Append('\n');
        if (mail.IsSingle)
        {
            Single(text, mail.Alerts[0]);
        }
        else
        {
            Several(text, mail);
        }

        Footer(text, mail);
        return text.ToString();
    }

    private static void Single(StringBuilder text, AlertView alert)
    {
        Heading(text, alert, "");
        foreach (var excerpt in alert.Excerpts)
        {
            Wrap(text, Bidi.Isolate(Marked(excerpt)), "  ");
            text.Append('\n');
        }

        foreach (var (label, value) in alert.Facts)
        {
            Wrap(text, $"{label + ":",-12}{Bidi.Isolate(value)}", "", "            ");
        }

        text.Append("\nWHY YOU GOT THIS\n");
        Wrap(text, $"Rule: {Bidi.Isolate(alert.RuleTitle)} ({alert.RuleId})");
        foreach (var clause in alert.Clauses)
        {
            Wrap(text, $"- {clause.Clause}: {Bidi.Isolate(clause.Found)}", "", "  ");
        }

        Wrap(text, $"The rule asks for: {alert.Query}");
        if (alert.Others.Count > 0)
        {
            text.Append("\nALSO REPORTED BY\n");
            foreach (var other in alert.Others)
            {
                Wrap(text, $"- {Bidi.Isolate(other.Name)}: {Bidi.Isolate(other.Title)}{(other.When.Length > 0 ? $", {other.When}" : "")}", "", "  ");
                Url(text, other.Link, "  ");
            }
        }
    }

    private static void Several(StringBuilder text, MailContent mail)
    {
        Wrap(text, mail.Title == mail.Lead ? "" : Bidi.Isolate(mail.Title));
        Wrap(text, mail.Because);
        foreach (var paragraph in mail.Paragraphs)
        {
            text.Append('\n');
            Wrap(text, Bidi.Isolate(paragraph));
        }

        foreach (var (alert, number) in mail.Alerts.Select((alert, at) => (alert, at + 1)))
        {
            text.Append('\n');
            Heading(text, alert, $"{number}. ");
            Wrap(text, $"   {Bidi.Isolate(alert.Compact)}", "", "   ");
            Wrap(text, $"   {alert.CompactWhy}", "", "   ");
        }

        foreach (var alert in mail.Brief)
        {
            text.Append('\n');
            Wrap(text, $"- {Bidi.Isolate(alert.Lead)}", "", "  ");
            Url(text, alert.Link, "  ");
        }

        if (mail.Uncounted > 0)
        {
            Wrap(text, $"\nand {mail.Uncounted} more.");
        }
    }

    private static void Heading(StringBuilder text, AlertView alert, string number)
    {
        var indent = new string(' ', number.Length);
        Wrap(text, number + (alert.Tag.Length > 0 ? $"{alert.Tag} | " : "") + alert.Reason, "", indent);
        Wrap(text, Bidi.Isolate(Marked(alert.Headline)), indent);
        Url(text, alert.Link, indent);
        if (number.Length == 0)
        {
            text.Append('\n');
        }
    }

    private static void Footer(StringBuilder text, MailContent mail)
    {
        text.Append("\n-- \n");
        var owner = mail.Alerts.Select(alert => alert.Owner).OfType<string>().Distinct().ToList();
        Wrap(text, $"NewsWatch{(owner.Count > 0 ? $". Questions about the rule: {string.Join(", ", owner)}" : "")}");
        if (mail.UnsubscribeUrl.Length > 0)
        {
            text.Append("Fewer of these mails, or none:\n").Append(mail.UnsubscribeUrl).Append('\n');
        }
    }

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

    private static void Url(StringBuilder text, SafeLink? link, string indent)
    {
        if (link is not null)
        {
            text.Append(indent).Append(link.Address).Append('\n');
        }
    }

    private static void Wrap(StringBuilder text, string paragraph, string indent = "", string? hanging = null)
    {
        if (paragraph.Length == 0)
        {
            return;
        }

        var line = new StringBuilder(indent);
        var empty = true;
        foreach (var word in paragraph.Split(' '))
        {
            if (!empty && line.Length + 1 + word.Length > Columns)
            {
                text.Append(line.ToString().TrimEnd()).Append('\n');
                line.Clear().Append(hanging ?? indent);
                empty = true;
            }

            line.Append(empty ? "" : " ").Append(word);
            empty = false;
        }

        text.Append(line.ToString().TrimEnd()).Append('\n');
    }
}
