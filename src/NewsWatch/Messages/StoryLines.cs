using System.Globalization;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Stories.Origins;

namespace NewsWatch.Messages;

/// <summary>What a message says of its alert's story, in a reader's words.</summary>
internal static class StoryLines
{
    private const int MaxNew = 90;
    private const int MinSentence = 40;
    private const int MaxOrigins = 6;
    private const int MaxVia = 5;

    /// <summary>What an alert says that no headline and no sentence of its article says; empty for other alerts.</summary>
    public static string Statement(AlertContent alert, TimeZoneInfo zone) => alert.Reason switch
    {
        AlertReason.DeadlineMoved or AlertReason.DeadlineNear when alert.Deadlines.Count > 0 => VoiceLines.News(alert, zone),
        AlertReason.Corroboration => SubjectLine.Shorten(Confirmed(alert), MaxNew),
        _ => "",
    };

    /// <summary>The first line of a follow-up: only what is new, and who says so; empty for other alerts.</summary>
    public static string New(AlertContent alert, string clock, TimeZoneInfo zone)
    {
        if (Statement(alert, zone) is { Length: > 0 } statement)
        {
            return statement;
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

    /// <summary>Who tells the story, and who of them found out; empty in alerts of earlier versions.</summary>
    public static string Sources(AlertContent alert)
    {
        if (alert.StoryFacts?.Sources is not { } sources)
        {
            return "";
        }

        var count = sources.Publishers == 1 ? "1 publisher" : string.Create(CultureInfo.InvariantCulture, $"{sources.Publishers} publishers, {sources.Independent} independent");
        var origins = sources.Origins.Take(MaxOrigins).Select(Named);
        return $"{count}: {string.Join(", ", origins)}{(sources.Origins.Count > MaxOrigins ? ", and others" : "")}";
    }

    private static string Confirmed(AlertContent alert) => alert.StoryFacts?.Sources is { Independent: > 1 } sources
        ? string.Create(CultureInfo.InvariantCulture, $"Confirmed by {sources.Independent} independent sources: {string.Join(", ", sources.Origins.Select(origin => origin.Name))}")
        : $"Confirmed: {Sources(alert)}";

    private static string Named(Origin origin)
    {
        var via = origin.Via.Count == 0 ? "" : $"via {string.Join(", ", origin.Via.Take(MaxVia))}{(origin.Via.Count > MaxVia ? " and others" : "")}";
        var remarks = new[] { origin.IsStateAffiliated ? "state-affiliated" : "", via }.Where(remark => remark.Length > 0).ToList();
        return $"{(origin.Kind == OriginKind.Outlet ? "own report of " : "")}{origin.Name}{(remarks.Count > 0 ? $" ({string.Join("; ", remarks)})" : "")}";
    }

    /// <summary>How many reports a story has, and in how many articles; empty where it has one report.</summary>
    public static string Size(AlertContent alert) => alert.StoryFacts is { Reports: > 1 } story
        ? string.Create(CultureInfo.InvariantCulture, $"{story.Reports} reports{(story.Articles > story.Reports ? $" in {story.Articles} articles" : "")}")
        : "";

    private static string Told(EarlierNews news, TimeZoneInfo zone) =>
        $"{news.Headline} ({news.Source}, {MailTime.Local(news.At, zone, "ddd HH:mm")}{(news.AlsoBy.Count > 0 ? $"; since then also {string.Join(", ", news.AlsoBy)}" : "")})";
}
