using System.Globalization;
using System.Text;
using NewsWatch.Core.Rules;

namespace NewsWatch.Messages.Mail;

/// <summary>The plain text part: complete, 78 columns, hits between asterisks.</summary>
internal static class MailText
{
    private const int MaxShownOfLead = 90;

    /// <summary>The whole part.</summary>
    public static string Render(MailContent mail)
    {
        var text = new WrappedText().Add(Bidi.Isolate(SubjectLine.Shorten(mail.Lead, MaxShownOfLead)));
        if (mail.IsSingle)
        {
            mail.Alerts[0].Known.ToList().ForEach(line => text.Add(Bidi.Isolate(line)));
        }

        text.Line();
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

    /// <summary>One of several alerts in full.</summary>
    private static void Item(WrappedText text, AlertView alert, int number, bool namesRules)
    {
        var indent = new string(' ', string.Create(CultureInfo.InvariantCulture, $"{number}. ").Length);
        if (alert.IsNotable)
        {
            text.Add($"{number}. {alert.Label}").Add(Bidi.Isolate(Marked(alert.Headline)), indent);
        }
        else
        {
            text.Add($"{number}. {Bidi.Isolate(Marked(alert.Headline))}", "", indent);
        }

        text.Add(alert.Best is { } excerpt ? Bidi.Isolate(Marked(excerpt)) : "", indent + "  ")
            .Add(Bidi.Isolate(alert.Foreign), indent)
            .Add(Bidi.Isolate($"{alert.Source}, {alert.Day}{(namesRules ? $" | {alert.RuleTitles}" : "")}"), indent)
            .Add(Bidi.Isolate(alert.CompactOthers), indent)
            .Add(Bidi.Isolate(alert.CompactKnown), indent)
            .Add(Bidi.Isolate(alert.CompactMatch), indent)
            .Link(alert.Link, indent);
        Feedback(text, alert, indent);
    }

    /// <summary>A line of the contents, with its link below unless the alert follows in full.</summary>
    private static void Line(WrappedText text, ContentsLine line, int number, bool followsInFull)
    {
        var alert = line.Alert;
        const string indent = "    ";
        text.Add($"{number.ToString(CultureInfo.InvariantCulture) + ".",-4}{line.When} {(alert.ShortLabel.Length > 0 ? alert.ShortLabel + ": " : "")}{Bidi.Isolate(alert.News)} ({Bidi.Isolate(alert.Source)})", "", indent)
            .Add(Bidi.Isolate(alert.Foreign), indent)
            .Link(followsInFull ? null : alert.Link, indent);
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

    private static void Single(WrappedText text, MailContent mail)
    {
        var alert = mail.Alerts[0];
        text.Add($"{alert.Label} | {Bidi.Isolate(alert.RuleTitles)}").Add(Bidi.Isolate(Marked(alert.Headline))).Link(alert.Link, "").Line();
        text.Add(Bidi.Isolate(alert.Foreign)).Line(alert.Foreign.Length > 0);
        foreach (var (excerpt, at) in alert.Excerpts.Select((excerpt, at) => (excerpt, at)))
        {
            text.Add(at > 0 && excerpt.LeavesGapAfter(alert.Excerpts[at - 1]) ? AlertView.Gap : "", "  ").Add(Bidi.Isolate(Marked(excerpt)), "  ").Line();
        }

        MailChanges.Write(text, alert);
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
            foreach (var other in alert.Others.Take(AlertView.MaxOthers))
            {
                text.Add($"- {Bidi.Isolate(other.Name)}: {Bidi.Isolate(other.Title)}{(other.When.Length > 0 ? $", {other.When}" : "")}", "", "  ").Link(other.Link, "  ");
            }

            text.Add(alert.MoreOthers);
        }

        Feedback(alert.FeedbackUrl.Length > 0 ? text.Line() : text, alert, "");
    }

    private static void Feedback(WrappedText text, AlertView alert, string indent)
    {
        if (alert.FeedbackUrl.Length > 0)
        {
            text.Line($"{indent}Useful or not?").Line(indent + alert.FeedbackUrl);
        }
    }

    private static void Why(WrappedText text, RuleView rule)
    {
        text.Add($"Rule: {Bidi.Isolate(rule.Title)} ({rule.Id})");
        foreach (var clause in rule.Clauses)
        {
            text.Add($"- {Bidi.Isolate(clause.Name)}: {clause.Found}", "", "  ");
        }

        text.Add($"Rule query: {Bidi.IsolateWords(rule.Query)}");
    }

    private static void Several(WrappedText text, MailContent mail)
    {
        text.Add(mail.Title == mail.Lead ? "" : Bidi.Isolate(mail.Title)).Add($"{mail.Because} {mail.Times}".Trim()).Add(Bidi.Isolate(mail.Summary));
        foreach (var (paragraph, at) in mail.Paragraphs.Select((paragraph, at) => (paragraph, at)))
        {
            if (mail.IsListing)
            {
                text.Line(paragraph);
            }
            else
            {
                text.Line(at > 0).Add(Bidi.Isolate(paragraph));
            }
        }

        List(text, mail);
    }

    private static void List(WrappedText text, MailContent mail)
    {
        text.Line(mail.Contents.Count > 0);
        foreach (var (line, at) in mail.Contents.Select((line, at) => (line, at)))
        {
            Line(text, line, at + 1, followsInFull: at < mail.Alerts.Count);
        }

        text.Line(mail.InFull.Length > 0).Add(mail.InFull.ToUpperInvariant());
        foreach (var (alert, at) in mail.Alerts.Select((alert, at) => (alert, at)))
        {
            Item(text.Line(), alert, at + 1, mail.NamesRules);
        }
    }

    private static void Footer(WrappedText text, MailContent mail)
    {
        text.Line().Line("-- ").Add($"NewsWatch{(mail.Owners.Count > 0 ? $". Questions about the rule: {string.Join(", ", mail.Owners)}" : "")}");
        if (mail.UnsubscribeUrl.Length > 0)
        {
            text.Line("Unsubscribe or change what you get:").Line(mail.UnsubscribeUrl);
        }
    }
}
