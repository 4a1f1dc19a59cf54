using NewsWatch.Core.Alerts;
using NewsWatch.Core.Changes;
using NewsWatch.Core.Rules;

namespace NewsWatch.Messages;

/// <summary>What changed of an alerted article, in a reader's words.</summary>
/// <param name="Statement">What happened, in a sentence or two.</param>
/// <param name="Told">What was told before: the headline, and when.</param>
/// <param name="Items">Each change with its old and new sentence.</param>
internal sealed record ChangeView(string Statement, string Told, IReadOnlyList<ChangeItem> Items)
{
    private const int MaxStillCarried = 5;

    /// <summary>The sentence as it is now, or as it was; null where there is none.</summary>
    public Excerpt? Best => Items.Select(item => item.New ?? item.Old).FirstOrDefault();

    /// <summary>The changes that clean alerts about one article tell; null where they tell none.</summary>
    public static ChangeView? From(IReadOnlyList<AlertContent> alerts, TimeZoneInfo zone)
    {
        var change = alerts[0].Change;
        return change is null ? null : new(
            Stated(alerts[0], change, zone),
            $"\"{change.ToldTitle}\", {MailTime.Full(change.Told, zone)}",
            [.. alerts.SelectMany(alert => alert.Change?.Changes ?? []).DistinctBy(one => (one.Old?.Text, one.New?.Text)).Where(one => one.Old is not null || one.New is not null).Select(one => new ChangeItem(Heading(one), one.Old, one.New) { IsWithdrawal = one.Class == ChangeClass.Withdrawn })]);
    }

    private static string Stated(AlertContent alert, ChangeFacts change, TimeZoneInfo zone)
    {
        var seen = $"Seen {MailTime.Full(change.Seen, zone)}.";
        return change.Class switch
        {
            ChangeClass.Gone => $"The page of this article is gone. {StillCarried(alert)}{seen}",
            ChangeClass.Withdrawn => $"A notice has replaced this article. {StillCarried(alert)}{seen}",
            _ => $"This article has changed since you were alerted. {seen}",
        };
    }

    private static string StillCarried(AlertContent alert) => alert.OtherSources.Count == 0
        ? ""
        : $"The report was also carried by {string.Join(", ", alert.OtherSources.Select(other => other.Name).Distinct().Take(MaxStillCarried))}. ";

    private static string Heading(AlertedChange change) => change.Class switch
    {
        ChangeClass.FactAdded or ChangeClass.Live => "Added",
        ChangeClass.FactRemoved => "Taken away",
        ChangeClass.Correction => "Correction by the publisher",
        ChangeClass.Withdrawn => "Notice",
        ChangeClass.Negation => "Meaning reversed",
        ChangeClass.Number => "Number changed",
        ChangeClass.Date => "Date changed",
        ChangeClass.Name => "Name changed",
        ChangeClass.Quote => "Quote changed",
        _ => "Changed",
    };
}

/// <summary>One change.</summary>
internal sealed record ChangeItem(string Heading, Excerpt? Old, Excerpt? New)
{
    /// <summary>True for the notice that stands in place of the article.</summary>
    public bool IsWithdrawal { get; init; }
}
