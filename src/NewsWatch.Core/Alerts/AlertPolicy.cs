using System.Globalization;
using NewsWatch.Core.Alerts.Deadlines;
using NewsWatch.Core.Changes;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Stories;

namespace NewsWatch.Core.Alerts;

/// <summary>Decides whether a match becomes an alert, and why: a pure function.</summary>
public static class AlertPolicy
{
    /// <summary>Decides for one rule that matched one version of an article.</summary>
    /// <param name="match">The rule.</param>
    /// <param name="news">The article.</param>
    /// <param name="earlier">All alerts of the article's story so far.</param>
    /// <param name="now">The current time.</param>
    public static AlertDecision Decide(MatchedRule match, MatchedNews news, IReadOnlyList<EarlierAlert> earlier, DateTimeOffset now)
    {
        if ((Muting.WhyOf($"rule {match.Rule}", match.Muted, now) ?? Muting.WhyOf($"source {news.Source}", news.Muted, now)) is { } muted)
        {
            return new AlertDecision.Suppress(VerdictReason.Muted, muted);
        }

        if (TooOld(news) is { } tooOld)
        {
            return new AlertDecision.Suppress(VerdictReason.TooOld, tooOld);
        }

        var alerted = earlier.Where(alert => alert.Rule == match.Rule).ToList();
        if (!match.Needs.AreMetBy(news.Sources.Publishers, news.Sources.Independent))
        {
            return new AlertDecision.Suppress(VerdictReason.WaitsForSources, Waits(match, news));
        }

        if (match.Needs.Changes != ChangedKinds.None)
        {
            return new AlertDecision.Suppress(VerdictReason.WaitsForChange, $"waits for {match.Needs}: it alerts when an article that was alerted changes in that way");
        }

        if (alerted.Count == 0)
        {
            return new AlertDecision.Alert(match.Needs.AsksForSources ? AlertReason.Corroboration : AlertReason.FirstReport, 1);
        }

        // Of two events that look like one, a missed one costs more than one that is told twice.
        var same = alerted.Find(alert => news.IsDoubtful ? alert.IsOfArticle : alert.IsOfReport);
        return ReasonFor(match, news.Change, alerted, same) is { } reason
            ? new AlertDecision.Alert(reason, alerted.Max(alert => alert.Step) + 1)
            : new AlertDecision.Suppress(
                VerdictReason.SameStory,
                $"same story as alert {same!.Key} of {same.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC; a copy or an edit adds no alert{(news.Joined.Length > 0 ? $" ({news.Joined})" : "")}");
    }

    /// <summary>Decides whether those who got a rule's alerts about an article hear that it changed.</summary>
    /// <param name="changes">What changed since the version that was told.</param>
    /// <param name="told">The reasons of the rule's alerts about the article so far.</param>
    /// <param name="step">The last step of the rule's alerts about the story.</param>
    public static AlertDecision DecideChange(ArticleChanges changes, IReadOnlyCollection<AlertReason> told, int step)
    {
        if (changes.Class is ChangeClass.Withdrawn or ChangeClass.Gone)
        {
            return told.Contains(AlertReason.Withdrawal)
                ? new AlertDecision.Suppress(VerdictReason.SameStory, "the withdrawal was told already")
                : new AlertDecision.Alert(AlertReason.Withdrawal, step + 1);
        }

        return changes.IsTold
            ? new AlertDecision.Alert(AlertReason.Correction, step + 1)
            : new AlertDecision.Suppress(VerdictReason.SameStory, changes.IsVersion
                ? $"changed ({ChangeNames.Of(changes.Class)}), but nothing that the alert said"
                : "the page shows a wall, an error or another text; the last good version stays");
    }

    /// <summary>Whether a rule that waits for changes alerts of these: what is told of them has each kind that it asks for.</summary>
    public static bool IsAskedFor(StoryNeeds needs, ArticleChanges changes) => changes.IsTold && changes.Changes.Where(change => change.IsTold)
        .Aggregate(ChangedKinds.Any, (kinds, change) => kinds | KindOf(change.Class)).HasFlag(needs.Changes);

    private static ChangedKinds KindOf(ChangeClass change) => change switch
    {
        ChangeClass.Number => ChangedKinds.Number,
        ChangeClass.Negation => ChangedKinds.Negation,
        ChangeClass.Name => ChangedKinds.Name,
        ChangeClass.Date => ChangedKinds.Date,
        ChangeClass.Correction => ChangedKinds.Correction,
        ChangeClass.Withdrawn or ChangeClass.Gone => ChangedKinds.Withdrawn,
        _ => ChangedKinds.Any,
    };

    private static string Waits(MatchedRule match, MatchedNews news) => string.Create(
        CultureInfo.InvariantCulture,
        $"waits for {match.Needs}: the story has {Count(news.Sources.Publishers, "publisher")} and {Count(news.Sources.Independent, "independent source")} so far");

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static string? TooOld(MatchedNews news) => news.FirstSeen - news.Published > news.MaxAge
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"too old: published {news.Published!.Value.UtcDateTime:yyyy-MM-dd HH:mm} UTC, first seen {news.FirstSeen.UtcDateTime:yyyy-MM-dd HH:mm} UTC; MaxAge is {news.MaxAge.TotalHours:0.##}h")
        : null;

    /// <summary>Why a rule that alerted about the story alerts again; null for no reason.</summary>
    /// <param name="alerted">Its alerts so far.</param>
    /// <param name="same">The one of the same report; null where the rule told other reports of the story.</param>
    private static AlertReason? ReasonFor(MatchedRule match, ArticleChange change, List<EarlierAlert> alerted, EarlierAlert? same) => change switch
    {
        ArticleChange.Withdrawal => AlertReason.Withdrawal,
        ArticleChange.Correction => AlertReason.Correction,
        _ when match.Severity > alerted.Max(alert => alert.Severity) => AlertReason.Escalation,
        _ when match.Deadline == DeadlineNews.Moved => AlertReason.DeadlineMoved,
        _ when same is not null && change != ArticleChange.LiveUpdate => null,
        _ => match.Deadline == DeadlineNews.Set ? AlertReason.DeadlineSet : AlertReason.Update,
    };
}
