using NewsWatch.Storage;

namespace NewsWatch.Delivery.Mails;

/// <summary>What a mail says, before it has a form.</summary>
internal sealed record MailContent
{
    public required string Subject { get; init; }

    /// <summary>The first words of both parts.</summary>
    public required string Lead { get; init; }

    /// <summary>The title of a mail with several alerts, or of a notice; a single alert's title is its headline.</summary>
    public required string Title { get; init; }

    /// <summary>Alerts told in full.</summary>
    public IReadOnlyList<AlertView> Alerts { get; init; } = [];

    /// <summary>Alerts told in one line each.</summary>
    public IReadOnlyList<AlertView> Brief { get; init; } = [];

    /// <summary>How many rules of a single alert are explained; the others are named.</summary>
    public int RulesExplained { get; init; } = int.MaxValue;

    /// <summary>A notice's paragraphs.</summary>
    public IReadOnlyList<string> Paragraphs { get; init; } = [];

    /// <summary>Why a mail with several alerts comes as one; empty for others.</summary>
    public string Because { get; init; } = "";

    /// <summary>How many alerts of which rule, where there are several rules; else empty.</summary>
    public string Summary { get; init; } = "";

    /// <summary>What a subscriber can do about these mails; empty for notices.</summary>
    public string UnsubscribeUrl { get; init; } = "";

    /// <summary>True for a mail about one article.</summary>
    public bool IsSingle => Alerts.Count == 1 && Brief.Count == 0;

    /// <summary>The alerts in full, rule by rule; a title of a section only where there are several.</summary>
    public IEnumerable<(string Title, IReadOnlyList<(AlertView Alert, int Number)> Alerts)> Sections()
    {
        var number = 0;
        foreach (var rule in Alerts.GroupBy(alert => alert.RuleTitle))
        {
            yield return (Summary.Length > 0 ? rule.Key : "", [.. rule.Select(alert => (alert, ++number))]);
        }
    }

    /// <summary>Whom to ask about the rules.</summary>
    public IReadOnlyList<string> Owners => [.. Alerts.Concat(Brief).SelectMany(alert => alert.Rules).Select(rule => rule.Owner).OfType<string>().Distinct()];

    /// <summary>The content of a message.</summary>
    /// <param name="bundle">The message; its alerts are clean.</param>
    /// <param name="zone">The reader's zone.</param>
    /// <param name="known">Stories that the reader has had a message about.</param>
    public static MailContent Of(ClaimedBundle bundle, TimeZoneInfo zone, IReadOnlySet<long>? known = null) => AlertView.All(bundle.Alerts, zone, known) switch
    {
        [] => MailSize.Largest(NoticeLines.Of(bundle.Notice).Count, lines => Notice(bundle, lines)),
        [var only] => MailSize.Largest(only.Rules.Count, rules => Single(only, rules)),
        var several => MailSize.Largest(several.Count, full => MailList.Of(bundle, several, full)),
    };

    /// <summary>The content of alerts about one article with so many of its rules explained.</summary>
    public static MailContent Single(AlertView alert, int rules) => new()
    {
        Subject = SubjectLine.Of(alert.Tag, alert.RuleTitle, alert.Headline.Text, alert.Source),
        Lead = alert.Lead,
        Title = alert.Headline.Text,
        Alerts = [alert],
        RulesExplained = rules,
    };

    private static MailContent Notice(ClaimedBundle bundle, int lines)
    {
        var subject = TextCleaner.Line(bundle.Notice?.Subject ?? "NewsWatch", 120);
        return new()
        {
            Subject = SubjectLine.Shorten(bundle.Kind == "notice" ? $"[NewsWatch] {subject}" : subject, SubjectLine.Most),
            Lead = subject,
            Title = subject,
            Paragraphs = NoticeLines.First(bundle.Notice, lines),
        };
    }
}
