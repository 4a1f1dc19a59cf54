using System.Globalization;
using NewsWatch.Storage;

namespace NewsWatch.Delivery.Mails;

/// <summary>Several alerts in one mail: the most severe first, then the newest; as many in full as the mail's size allows.</summary>
internal static class MailList
{
    private const int MostOfLead = 90;

    /// <summary>The content of a message about at least two articles.</summary>
    public static MailContent Of(ClaimedBundle bundle, IReadOnlyList<AlertView> views)
    {
        var rules = views.SelectMany(view => view.Rules).GroupBy(rule => rule.Title).Select(rule => (Title: rule.Key, Count: rule.Count())).ToList();
        var (full, brief) = MailSize.Split(views);
        return new()
        {
            Subject = Subject(bundle, views, [.. rules.Select(rule => rule.Title)]),
            Lead = Lead(views),
            Title = rules.Count == 1 ? $"{Alerts(views.Count)}: {rules[0].Title}" : string.Create(CultureInfo.InvariantCulture, $"{Alerts(views.Count)} of {rules.Count} rules"),
            Because = Because(bundle),
            Summary = rules.Count == 1 ? "" : string.Join(", ", rules.Select(rule => string.Create(CultureInfo.InvariantCulture, $"{rule.Title}: {rule.Count}"))),
            Alerts = [.. views.Take(full)],
            Brief = [.. views.Skip(full).Take(brief)],
            Uncounted = views.Count - full - brief,
        };
    }

    private static string Subject(ClaimedBundle bundle, IReadOnlyList<AlertView> views, IReadOnlyList<string> rules)
    {
        var tag = views[0].Tag;
        return Kind(bundle) switch
        {
            "digest" or "quiet" or "overflow" => SubjectLine.Of(tag, Heading(bundle), $"{Alerts(views.Count)}: {string.Join(", ", rules)}", ""),
            _ => SubjectLine.Of(tag, rules[0], $"{Alerts(views.Count)}: {views[0].Headline.Text}", ""),
        };
    }

    private static string Lead(IReadOnlyList<AlertView> views)
    {
        var more = string.Create(CultureInfo.InvariantCulture, $" (+{views.Count - 1} more)");
        return SubjectLine.Shorten(views[0].Lead, MostOfLead - more.Length) + more;
    }

    private static string Heading(ClaimedBundle bundle) => Kind(bundle) switch
    {
        "quiet" => "After quiet hours",
        "overflow" => "Over your limit",
        _ => "Digest",
    };

    private static string Because(ClaimedBundle bundle) => Kind(bundle) switch
    {
        "quiet" => "They came during your quiet hours and were held until now.",
        "overflow" => "They were over your limit of messages, so they come in one.",
        "digest" => "You get these alerts in a digest.",
        _ => bundle.Alerts.DistinctBy(alert => alert.Story).Count() == 1
            ? "They are about one story, so they come in one message."
            : "They came within a short time, so they come in one message.",
    };

    private static string Alerts(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} alerts");

    private static string Kind(ClaimedBundle bundle) => bundle.Bundle.Split('/')[0];
}
