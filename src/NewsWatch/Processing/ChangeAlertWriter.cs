using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Changes;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Stories;
using NewsWatch.Storage.Subscribers;

namespace NewsWatch.Processing;

/// <summary>Writes alerts about a change of an alerted article: what they say, and when each subscriber gets them.</summary>
internal sealed class ChangeAlertWriter(WatchConfiguration configuration, DateTimeOffset now)
{
    /// <summary>What an alert says of the change.</summary>
    /// <param name="first">The first alert about the article: its rule and its article are told again.</param>
    /// <param name="last">The last one: that is what is corrected.</param>
    public AlertContent ContentOf(Session db, AlertContent first, AlertContent last, AlertDecision.Alert decision, string toldTitle, Article version, ArticleChanges changes) => first with
    {
        Severity = last.Severity,
        Key = AlertStore.KeyOf(first.Rule.Id, StoryStore.Get(db, first.Story).Key, decision.Reason, decision.Step),
        Reason = decision.Reason,
        Step = decision.Step,
        Article = first.Article with
        {
            Title = decision.Reason == AlertReason.Withdrawal ? toldTitle : version.Title,
            Published = version.Published ?? first.Article.Published,
        },
        // What the told version denied, the corrected one may affirm.
        Hits = decision.Reason == AlertReason.Withdrawal ? first.Hits : [.. first.Hits.Select(hit => hit with { NegationCue = null })],
        Excerpts = [],
        Change = new(last.Key, toldTitle, last.Change?.Seen ?? first.Article.FirstSeen, now, changes.Class, [.. changes.Changes.Where(change => change.IsTold).Take(ChangeFacts.MaxChanges).Select(AlertedChange.From)]),
    };

    /// <summary>When a subscriber gets it.</summary>
    /// <param name="held">The message that the alert itself is still held for; null when it left, or when there was none.</param>
    public PlannedDelivery Planned(Session db, AlertFacts facts, Destination to, HeldMessage? held)
    {
        var state = SubscriberHistory.Read(db, facts, to, 1, now) with { Silences = SilenceStore.On(db, now) };
        return new(to, DeliveryPolicy.DecideChange(facts, to, state, configuration.Audience.MutedChannels, held, now));
    }

    /// <summary>Writes an alert with its deliveries and their verdicts.</summary>
    /// <param name="reading">The number of the reading that showed the change; null where the page showed none.</param>
    public ToldAlert Save(Session db, AlertContent content, IReadOnlyList<PlannedDelivery> deliveries, long? reading)
    {
        var number = AlertStore.Add(db, content, configuration.Version, now);
        foreach (var delivery in deliveries)
        {
            AlertWriter.Send(db, content, number, delivery, now);
            VerdictStore.Add(db, new(content.Article.Id, content.Rule.Id, delivery.To.Subscriber.Id, now, delivery.Plan.Outcome, delivery.Plan.Reason, delivery.Plan.Why, number, reading));
        }

        return new(number, now, content.Severity, content.Rule.Id, content.Article.Title, [.. deliveries.Select(delivery => AlertWriter.Noted(delivery, now)).OfType<ToldDelivery>()]);
    }
}
