using System.Globalization;
using NewsWatch.Core.Alerts;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Messages.Mail;

/// <summary>Several alerts in one mail, the most severe first, then the newest: a line with a link for each, then the first ones in full.</summary>
internal static class MailList
{
    /// <summary>The number of alerts in full; the others are in the contents with their links.</summary>
    public const int MaxInFull = 10;

    /// <summary>So few need no contents.</summary>
    private const int MaxWithoutContents = 3;

    private const int MaxLead = 90;
    private const int MaxRules = 20;

    /// <summary>The content of a message about at least two articles, with so many of them in full.</summary>
    public static MailContent Create(ClaimedBundle bundle, IReadOnlyList<AlertView> views, TimeZoneInfo zone, int full)
    {
        var rules = views.SelectMany(view => view.Rules).GroupBy(rule => rule.Title).Select(rule => (Title: rule.Key, Count: rule.Count())).ToList();
        var alerts = Alerts(bundle, views.Count);
        var size = IsOneStory(bundle) ? views[0].StorySize : "";
        views = IsOneStory(bundle) ? [.. views.Select((view, at) => view with { StorySize = "", Known = at == views.Count - 1 ? view.Known : [] })] : views;
        return new()
        {
            Subject = Subject(bundle, views, alerts, [.. rules.Select(rule => rule.Title)]),
            Lead = Lead(views),
            Title = rules.Count == 1 ? $"{alerts}: {rules[0].Title}" : string.Create(CultureInfo.InvariantCulture, $"{alerts} of {rules.Count} rules"),
            Because = Because(bundle) + (size.Length > 0 ? $" The story has {size}." : "") + (bundle.Part > 1 ? " This part goes on where the message before it ended." : ""),
            Times = MailTime.Zone(views[0].At, zone),
            Summary = rules.Count == 1 ? "" : Summary(rules),
            Contents = full < views.Count || views.Count > MaxWithoutContents ? Contents(views, zone) : [],
            Alerts = [.. views.Take(full)],
        };
    }

    private static List<ContentsLine> Contents(IReadOnlyList<AlertView> views, TimeZoneInfo zone)
    {
        var form = views.DistinctBy(view => MailTime.Local(view.At, zone, "yyyyMMdd")).Count() == 1 ? "HH:mm" : "ddd HH:mm";
        return [.. views.Select(view => new ContentsLine(view, MailTime.Local(view.At, zone, form)))];
    }

    private static string Summary(List<(string Title, int Count)> rules)
    {
        var named = string.Join(", ", rules.Take(MaxRules).Select(rule => string.Create(CultureInfo.InvariantCulture, $"{rule.Title}: {rule.Count}")));
        return rules.Count > MaxRules ? string.Create(CultureInfo.InvariantCulture, $"{named}, and {rules.Count - MaxRules} more rules") : named;
    }

    private static string Subject(ClaimedBundle bundle, IReadOnlyList<AlertView> views, string alerts, IReadOnlyList<string> rules)
    {
        var (first, when) = (views[0], When(bundle));
        return when.Length == 0 && bundle.Part == 1 && IsOneStory(bundle)
            ? SubjectLine.Of(first.Tag, first.Headline.Text, first.Negated, string.Create(CultureInfo.InvariantCulture, $"+{views.Count - 1} more"))
            : SubjectLine.Of(first.Tag, $"{alerts}{when}: {(rules.Count == 1 ? rules[0] : first.Headline.Text)}", "", "");
    }

    private static string Lead(IReadOnlyList<AlertView> views)
    {
        var more = string.Create(CultureInfo.InvariantCulture, $" (+{views.Count - 1} more)");
        return SubjectLine.Shorten(views[0].Line, MaxLead - more.Length) + more;
    }

    private static string When(ClaimedBundle bundle) => BundleName.CauseOf(bundle.Bundle) switch
    {
        BundleCause.QuietHours => " after quiet hours",
        BundleCause.Overflow => " over your limit",
        BundleCause.Digest => " in your digest",
        BundleCause.Silence => " held back until now",
        _ => "",
    };

    private static string Because(ClaimedBundle bundle) => BundleName.CauseOf(bundle.Bundle) switch
    {
        BundleCause.QuietHours => "They came during your quiet hours and were held until now.",
        BundleCause.Overflow => "They were over your limit of messages, so they come in one.",
        BundleCause.Digest => "You get these alerts in a digest.",
        BundleCause.Silence => "The operator kept them back for a time and sends them now.",
        _ => IsOneStory(bundle)
            ? "They are about one story, so they come in one message."
            : "They came within a short time, so they come in one message.",
    };

    private static bool IsOneStory(ClaimedBundle bundle) => bundle.Alerts.DistinctBy(alert => alert.Story).Count() == 1;

    private static string Alerts(ClaimedBundle bundle, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} alerts{(bundle.Part > 1 ? $", part {bundle.Part}" : "")}");
}

/// <summary>An alert in a line of its mail's contents.</summary>
/// <param name="When">The reader's time, as short as the list allows.</param>
internal sealed record ContentsLine(AlertView Alert, string When);
