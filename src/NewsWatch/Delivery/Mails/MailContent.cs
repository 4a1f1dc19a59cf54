using System.Globalization;
using NewsWatch.Core.Alerts;
using NewsWatch.Storage;

namespace NewsWatch.Delivery.Mails;

/// <summary>What a mail says, before it has a form.</summary>
internal sealed record MailContent
{
    private const int MostInFull = 50;
    private const int MostListed = 300;

    public required string Subject { get; init; }

    /// <summary>The first words of both parts.</summary>
    public required string Lead { get; init; }

    /// <summary>The title of a mail with several alerts, or of a notice; a single alert's title is its headline.</summary>
    public required string Title { get; init; }

    /// <summary>Alerts told in full.</summary>
    public IReadOnlyList<AlertView> Alerts { get; init; } = [];

    /// <summary>Alerts told in one line each, where there are more than 50.</summary>
    public IReadOnlyList<AlertView> Brief { get; init; } = [];

    /// <summary>How many more there are that only the count tells of.</summary>
    public int Uncounted { get; init; }

    /// <summary>A notice's paragraphs.</summary>
    public IReadOnlyList<string> Paragraphs { get; init; } = [];

    /// <summary>Why a mail with several alerts comes as one; empty for others.</summary>
    public string Because { get; init; } = "";

    /// <summary>What a subscriber can do about these mails; empty for notices.</summary>
    public string UnsubscribeUrl { get; init; } = "";

    /// <summary>True for a mail about one alert.</summary>
    public bool IsSingle => Alerts.Count == 1 && Brief.Count == 0;

    /// <summary>The content of a message.</summary>
    /// <param name="bundle">The message; its alerts are clean.</param>
    /// <param name="zone">The reader's zone.</param>
    public static MailContent Of(ClaimedBundle bundle, TimeZoneInfo zone)
    {
        if (bundle.Alerts.Count == 0)
        {
            return Notice(bundle.Notice ?? new Notice(bundle.Bundle, "NewsWatch", ""), bundle.Kind);
        }

        var views = bundle.Alerts.Select(alert => AlertView.Of(alert, zone)).ToList();
        return views.Count == 1 ? Single(views[0]) : Several(bundle, views);
    }

    private static MailContent Single(AlertView alert) => new()
    {
        Subject = SubjectLine.Of(alert.Tag, alert.RuleTitle, alert.Headline.Text, alert.Source),
        Lead = alert.Lead,
        Title = alert.Headline.Text,
        Alerts = [alert],
    };

    private static MailContent Several(ClaimedBundle bundle, List<AlertView> views)
    {
        var rules = views.Select(view => view.RuleTitle).Distinct().ToList();
        var about = rules.Count == 1 ? rules[0] : $"{rules.Count} rules";
        var tag = bundle.Alerts.Max(alert => alert.Severity) is var severity && severity > Severity.Routine ? severity.ToString().ToUpperInvariant() : "";
        var oneStory = bundle.Alerts.Select(alert => alert.Story).Distinct().Count() == 1 && bundle.Kind != "digest";
        var newest = views[^1];
        return new()
        {
            Subject = oneStory
                ? SubjectLine.Of(tag, about, views[0].Headline.Text, $"{views[0].Source}, +{views.Count - 1}")
                : SubjectLine.Of(tag, bundle.Kind == "digest" ? "Digest" : about, string.Create(CultureInfo.InvariantCulture, $"{views.Count} alerts"), bundle.Kind == "digest" ? about : ""),
            Lead = string.Create(CultureInfo.InvariantCulture, $"{newest.Source}, {newest.Clock}: {newest.Headline.Text}, and {views.Count - 1} more"),
            Title = string.Create(CultureInfo.InvariantCulture, $"{views.Count} alerts: {about}"),
            Alerts = [.. views.Take(MostInFull)],
            Brief = [.. views.Skip(MostInFull).Take(MostListed)],
            Uncounted = Math.Max(0, views.Count - MostInFull - MostListed),
            Because = Reason(bundle),
        };
    }

    private static string Reason(ClaimedBundle bundle) => bundle.Bundle.Split('/')[0] switch
    {
        "quiet" => "They came during your quiet hours and were held until now.",
        "overflow" => "They were over your limit of messages, so they come in one.",
        "digest" => "You get these alerts in a digest.",
        _ => "They belong together, so they come in one message.",
    };

    private static MailContent Notice(Notice notice, string kind) => new()
    {
        Subject = kind == "notice" ? $"[NewsWatch] {TextCleaner.Line(notice.Subject, 120)}" : TextCleaner.Line(notice.Subject, 120),
        Lead = TextCleaner.Line(notice.Subject, 120),
        Title = TextCleaner.Line(notice.Subject, 120),
        Paragraphs = [.. TextCleaner.Lines(notice.Text).Split('\n').Where(line => line.Length > 0)],
    };
}
