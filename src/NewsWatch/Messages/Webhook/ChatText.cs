using System.Globalization;
using NewsWatch.Core.Alerts;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Messages.Webhook;

/// <summary>A line with a link: one of several alerts.</summary>
internal sealed record ChatItem(string Text, SafeLink? Link);

/// <summary>A message for a chat: a title, lines, and links, before any chat's own markup.</summary>
/// <param name="Title">One line.</param>
/// <param name="Link">Where the title leads.</param>
/// <param name="Lines">What follows it.</param>
/// <param name="Items">The alerts, where there are several.</param>
internal sealed record ChatText(string Title, SafeLink? Link, IReadOnlyList<string> Lines, IReadOnlyList<ChatItem> Items, Severity Severity)
{
    /// <summary>The text of alerts about at least one article.</summary>
    public static ChatText From(ClaimedBundle bundle, TimeZoneInfo zone)
    {
        var views = AlertView.All(bundle.Alerts, zone);
        var severity = bundle.Alerts.Max(alert => alert.Severity);
        var tag = severity == Severity.Routine ? "" : $"[{severity.ToString().ToUpperInvariant()}] ";
        if (views.Count > 1)
        {
            var title = string.Create(CultureInfo.InvariantCulture, $"{tag}{views.Count} alerts{(bundle.Part > 1 ? $", part {bundle.Part}" : "")}");
            return new(title, null, [], [.. views.Select(view => new ChatItem(view.Line, view.Link))], severity);
        }

        var only = views[0];
        return new(
            $"{tag}{only.Headline.Text}",
            only.Link,
            [
                $"{only.Reason} | {only.Compact}{(only.Negated.Length > 0 ? $" | NOT: {only.Negated}" : "")}",
                .. only.Foreign.Length > 0 ? [only.Foreign] : Array.Empty<string>(),
                .. only.Known,
                .. only.StorySize.Length > 0 ? [$"Story: {only.StorySize}"] : Array.Empty<string>(),
                .. only.Change is { } change ? Changed(change) : only.Best is { } best ? [TextCleaner.Line(best.Text, 400)] : Array.Empty<string>(),
                $"Why: {only.RuleTitle}: {only.Matched}",
            ],
            [],
            severity);
    }

    private static string[] Changed(ChangeView change) =>
    [
        TextCleaner.Line(change.Statement, 400),
        .. change.Items.Take(2).SelectMany(item => new[] { item.Old is { } old ? $"Was: {old.Text}" : "", item.New is { } now ? $"Now: {now.Text}" : "" }).Where(line => line.Length > 0).Select(line => TextCleaner.Line(line, 400)),
    ];

    /// <summary>The text of a notice or a test with so many of its lines.</summary>
    public static ChatText From(Notice? notice, int lines) => new(TextCleaner.Line(notice?.Subject), null, NoticeLines.First(notice, lines), [], Severity.Routine);

    /// <summary>The same with lines of at most so many characters each, links not counted.</summary>
    public ChatText Shortened(int most) => this with
    {
        Title = SubjectLine.Shorten(Title, most),
        Lines = [.. Lines.Select(line => SubjectLine.Shorten(line, most))],
        Items = [.. Items.Select(item => item with { Text = SubjectLine.Shorten(item.Text, most) })],
    };
}
