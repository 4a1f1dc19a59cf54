using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Messages.Mail;

/// <summary>What a mail says, before it has a form.</summary>
internal sealed record MailContent
{
    public required string Subject { get; init; }

    /// <summary>The first words of both parts.</summary>
    public required string Lead { get; init; }

    /// <summary>The title of a mail with several alerts, or of a notice; a single alert's title is its headline.</summary>
    public required string Title { get; init; }

    /// <summary>Alerts in full.</summary>
    public IReadOnlyList<AlertView> Alerts { get; init; } = [];

    /// <summary>All alerts in a line each; empty where all follow in full.</summary>
    public IReadOnlyList<ContentsLine> Contents { get; init; } = [];

    /// <summary>How many rules of a single alert are explained; the others are named.</summary>
    public int RulesExplained { get; init; } = int.MaxValue;

    /// <summary>A notice's paragraphs.</summary>
    public IReadOnlyList<string> Paragraphs { get; init; } = [];

    /// <summary>True where the paragraphs are lines whose columns and breaks count, as of a compiler.</summary>
    public bool IsListing { get; init; }

    /// <summary>Why a mail with several alerts comes as one; empty for others.</summary>
    public string Because { get; init; } = "";

    /// <summary>In which zone a list's times are; empty for others.</summary>
    public string Times { get; init; } = "";

    /// <summary>How many alerts of which rule, where there are several rules; else empty.</summary>
    public string Summary { get; init; } = "";

    /// <summary>What a subscriber can do about these mails; empty for notices.</summary>
    public string UnsubscribeUrl { get; init; } = "";

    /// <summary>True for a mail about one article.</summary>
    public bool IsSingle => Alerts.Count == 1 && Contents.Count == 0;

    /// <summary>FLASH, URGENT, or nothing: the most severe of its alerts.</summary>
    public string Tag => Alerts.Count > 0 ? Alerts[0].Tag : "";

    /// <summary>The line between the contents and the alerts in full: their number; empty where there are no contents.</summary>
    public string InFull => Contents.Count == 0 ? "" : Contents.Count == Alerts.Count ? "All of them in full" : $"The first {Alerts.Count} in full";

    /// <summary>True where each alert names its rule, because there are several.</summary>
    public bool NamesRules => Summary.Length > 0;

    /// <summary>Whom to ask about the rules.</summary>
    public IReadOnlyList<string> Owners => [.. Alerts.Concat(Contents.Select(line => line.Alert)).SelectMany(alert => alert.Rules).Select(rule => rule.Owner).OfType<string>().Distinct()];

    /// <summary>The content of a message.</summary>
    /// <param name="bundle">The message; its alerts are clean.</param>
    /// <param name="zone">The reader's zone.</param>
    /// <param name="known">Stories that the reader has had a message about.</param>
    /// <param name="feedback">Where the reader says whether an alert was useful, by its key.</param>
    public static MailContent Create(ClaimedBundle bundle, TimeZoneInfo zone, IReadOnlySet<long>? known = null, IReadOnlyDictionary<string, string>? feedback = null) => AlertView.All(bundle.Alerts, zone, known, feedback) switch
    {
        [] => MailSize.Largest(NoticeLines.Of(bundle.Notice).Count, lines => Notice(bundle, lines)),
        [var only] => MailSize.Largest(only.Rules.Count, rules => Single(only, rules)),
        var several => MailSize.Largest(Math.Min(several.Count, MailList.MaxInFull), full => MailList.Create(bundle, several, zone, full)),
    };

    /// <summary>The content of alerts about one article with so many of its rules explained.</summary>
    public static MailContent Single(AlertView alert, int rules) => new()
    {
        Subject = SubjectLine.Of(alert.Tag, alert.Headline.Text, alert.Negated, alert.Source),
        Lead = alert.Statement.Length > 0 ? alert.Statement : alert.Lead,
        Title = alert.Headline.Text,
        Alerts = [alert],
        RulesExplained = rules,
    };

    /// <summary>The content as a mail of its thread. A follow-up's subject is an earlier mail's, so its first line tells the news.</summary>
    public MailContent In(MailThread thread) => this with { Subject = thread.Subject, Lead = thread.Note + (thread.IsFollowUp && IsSingle ? FollowUpLead(Alerts[0]) : Lead) };

    private static string FollowUpLead(AlertView alert) => alert.NewLine.Length > 0 ? alert.NewLine : $"{alert.RuleTitle}: {alert.Line}";

    private static MailContent Notice(ClaimedBundle bundle, int lines)
    {
        var subject = TextCleaner.Line(bundle.Notice?.Subject ?? "NewsWatch", 120);
        return new()
        {
            Subject = SubjectLine.Shorten(bundle.Kind == "notice" ? $"[NewsWatch] {subject}" : subject, SubjectLine.MaxLength),
            Lead = subject,
            Title = subject,
            Paragraphs = NoticeLines.First(bundle.Notice, lines),
            IsListing = bundle.Notice?.IsListing == true,
        };
    }
}
