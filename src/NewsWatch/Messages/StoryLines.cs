using System.Globalization;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Messages;

/// <summary>What a message says of its alert's story, in a reader's words.</summary>
internal static class StoryLines
{
    private const int MaxNew = 90;
    private const int MinSentence = 40;

    /// <summary>The first line of a follow-up: only what is new, and who says so; empty for other alerts.</summary>
    public static string New(AlertContent alert, string clock, TimeZoneInfo zone)
    {
        if (alert.Reason is AlertReason.DeadlineMoved or AlertReason.DeadlineNear && alert.Deadlines.Count > 0)
        {
            return VoiceLines.News(alert, zone);
        }

        if (alert.FollowUp is not { } news)
        {
            return "";
        }

        var word = alert.Reason == AlertReason.Escalation ? "Severity raised" : news.MayRepeat ? "Perhaps new" : "New";
        var source = $" ({alert.Article.SourceName}, {clock})";
        return $"{word}: {SubjectLine.Shorten(news.New, Math.Max(MinSentence, MaxNew - word.Length - 2 - source.Length))}{source}";
    }

    /// <summary>What the thread has told, and what else it was told as: a line each.</summary>
    public static IReadOnlyList<string> Known(AlertContent alert, TimeZoneInfo zone) =>
    [
        .. alert.FollowUp is { } news ? [$"{(news.MayRepeat ? "May repeat" : "Known before")}: {Told(news.Before, zone)}"] : Array.Empty<string>(),
        .. alert.StoryFacts is { AlsoToldAs: { Count: > 0 } others } ? [$"Also told as: {string.Join("; ", others)}"] : Array.Empty<string>(),
    ];

    /// <summary>How many reports a story has, and in how many articles; empty where it has one report.</summary>
    public static string Size(AlertContent alert) => alert.StoryFacts is { Reports: > 1 } story
        ? string.Create(CultureInfo.InvariantCulture, $"{story.Reports} reports{(story.Articles > story.Reports ? $" in {story.Articles} articles" : "")}")
        : "";

    private static string Told(EarlierNews news, TimeZoneInfo zone) =>
        $"{news.Headline} ({news.Source}, {MailTime.Local(news.At, zone, "ddd HH:mm")}{(news.AlsoBy.Count > 0 ? $"; since then also {string.Join(", ", news.AlsoBy)}" : "")})";
}
