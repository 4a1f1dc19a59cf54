using NewsWatch.Core.Alerts;
using NewsWatch.Delivery.Mails;
using NewsWatch.Storage;

namespace NewsWatch.Delivery.Webhooks;

/// <summary>A message for a chat: a title, lines, and links, before any chat's own markup.</summary>
/// <param name="Title">One line.</param>
/// <param name="Link">Where the title leads.</param>
/// <param name="Lines">What follows it.</param>
/// <param name="Items">Alerts of a digest: text and link.</param>
internal sealed record ChatText(string Title, SafeLink? Link, IReadOnlyList<string> Lines, IReadOnlyList<(string Text, SafeLink? Link)> Items, Severity Severity)
{
    private const int MostItems = 10;

    public static ChatText Of(ClaimedBundle bundle, TimeZoneInfo zone)
    {
        if (bundle.Alerts.Count == 0)
        {
            return new(
                TextCleaner.Line(bundle.Notice?.Subject), null, [.. TextCleaner.Lines(bundle.Notice?.Text ?? "").Split('\n').Where(line => line.Length > 0)], [], Severity.Routine);
        }

        var views = AlertView.All(bundle.Alerts, zone);
        var severity = bundle.Alerts.Max(alert => alert.Severity);
        var tag = severity == Severity.Routine ? "" : $"[{severity.ToString().ToUpperInvariant()}] ";
        if (views.Count > 1)
        {
            var rest = views.Count - Math.Min(views.Count, MostItems);
            return new(
                $"{tag}{views.Count} alerts", null, rest > 0 ? [$"The first {MostItems} of {views.Count}:"] : [], [.. views.Take(MostItems).Select(view => (view.Lead, view.Link))], severity);
        }

        var only = views[0];
        return new(
            $"{tag}{only.Headline.Text}",
            only.Link,
            [
                $"{only.Reason} | {only.Compact}",
                .. only.Excerpts.Take(1).Select(excerpt => TextCleaner.Line(excerpt.Text, 400)),
                $"Why: {only.RuleTitle}: {only.Matched}",
            ],
            [],
            severity);
    }
}
