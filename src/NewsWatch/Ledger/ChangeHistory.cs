using NewsWatch.Core.Alerts;
using NewsWatch.Core.Changes;
using NewsWatch.Storage.Archive;

namespace NewsWatch.Ledger;

/// <summary>What was told of an article, and what became of each change since.</summary>
internal static class ChangeHistory
{
    /// <summary>One sentence for each; none for an article that was told as it is.</summary>
    /// <param name="title">The headline today.</param>
    /// <param name="time">Writes a time for the reader.</param>
    public static IReadOnlyList<string> Of(
        IReadOnlyList<(EarlierAlert Alert, AlertContent Content)> alerts, IReadOnlyList<QuietChange> quiet, string title, Func<DateTimeOffset, string> time)
    {
        var changes = alerts.Where(alert => alert.Content.Change is not null).Select(alert => (alert.Alert.At, Text: Told(alert.Content)))
            .Concat(quiet.Select(change => (change.At, Text: $"{change.Rule}: not told: {change.Why}")))
            .OrderBy(change => change.At).ToList();
        if (alerts.Count == 0 || (changes.Count == 0 && alerts[0].Content.Article.Title == title))
        {
            return [];
        }

        return [$"{time(alerts[0].Alert.At)}  told as \"{alerts[0].Content.Article.Title}\"", .. changes.Select(change => $"{time(change.At)}  {change.Text}")];
    }

    private static string Told(AlertContent alert)
    {
        var change = alert.Change!;
        var first = change.Changes.FirstOrDefault(one => one.Old is not null || one.New is not null);
        var words = first is null ? "" : $": \"{first.Old?.Text ?? "(nothing)"}\" became \"{first.New?.Text ?? "(nothing)"}\"";
        return $"{alert.Rule.Id}: {(alert.Reason == AlertReason.Withdrawal ? "withdrawn" : "corrected")} ({ChangeNames.Of(change.Class)}){words}";
    }
}
