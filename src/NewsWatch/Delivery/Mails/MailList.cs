using System.Globalization;
using NewsWatch.Storage;

namespace NewsWatch.Delivery.Mails;

/// <summary>Several alerts in one mail: the most severe first, then the newest; the first ones in full, each other in a line with its link.</summary>
internal static class MailList
{
    private const int MostOfLead = 90;
    private const int MostRules = 20;

    /// <summary>The content of a message about at least two articles, with so many of them in full.</summary>
    public static MailContent Of(ClaimedBundle bundle, IReadOnlyList<AlertView> views, int full)
    {
        var rules = views.SelectMany(view => view.Rules).GroupBy(rule => rule.Title).Select(rule => (Title: rule.Key, Count: rule.Count())).ToList();
        var alerts = Alerts(bundle, views.Count);
        return new()
        {
            Subject = Subject(bundle, views, alerts, [.. rules.Select(rule => rule.Title)]),
            Lead = Lead(views),
            Title = rules.Count == 1 ? $"{alerts}: {rules[0].Title}" : string.Create(CultureInfo.InvariantCulture, $"{alerts} of {rules.Count} rules"),
            Because = Because(bundle) + (bundle.Part > 1 ? " This part goes on where the message before it ended." : ""),
            Summary = rules.Count == 1 ? "" : Summary(rules),
            Alerts = [.. views.Take(full)],
            Brief = [.. views.Skip(full)],
        };
    }

    private static string Summary(List<(string Title, int Count)> rules)
    {
        var named = string.Join(", ", rules.Take(MostRules).Select(rule => string.Create(CultureInfo.InvariantCulture, $"{rule.Title}: {rule.Count}")));
        return rules.Count > MostRules ? string.Create(CultureInfo.InvariantCulture, $"{named}, and {rules.Count - MostRules} more rules") : named;
    }

    private static string Subject(ClaimedBundle bundle, IReadOnlyList<AlertView> views, string alerts, IReadOnlyList<string> rules)
    {
        var tag = views[0].Tag;
        return Kind(bundle) switch
        {
            "digest" or "quiet" or "overflow" => SubjectLine.Of(tag, Heading(bundle), $"{alerts}: {string.Join(", ", rules)}", ""),
            _ => SubjectLine.Of(tag, rules[0], $"{alerts}: {views[0].Headline.Text}", ""),
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

    private static string Alerts(ClaimedBundle bundle, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} alerts{(bundle.Part > 1 ? $", part {bundle.Part}" : "")}");

    private static string Kind(ClaimedBundle bundle) => bundle.Bundle.Split('/')[0];
}
