using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Changes;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Stories;
using NewsWatch.Storage.Subscribers;

namespace NewsWatch.Processing;

/// <summary>
/// Corrections and withdrawals, in commit 2: what changed of an alerted article goes to those who got the alert. With the alert, the version becomes the one that was told (<see cref="ArticleWriter"/>).
/// </summary>
internal sealed class ChangeWriter(WatchConfiguration configuration, DateTimeOffset now)
{
    /// <summary>Decides on a version of an alerted article. The first page that is read after an alert is only kept: there is none before it to compare it with.</summary>
    /// <param name="comparison">What was compared before the write; compared anew where another version was told meanwhile.</param>
    /// <returns>The alerts, each with its recipients.</returns>
    public IReadOnlyList<ToldAlert> Save(Session db, StoredArticle known, ToldStage stage, Article version, VersionComparison? comparison, long? reading)
    {
        var told = ToldVersionStore.DocumentOf(db, known.Id, stage);
        if (told is null)
        {
            if (stage == ToldStage.Page && PageWatchStore.Find(db, known.Id) is not null)
            {
                ToldVersionStore.Tell(db, known.Id, stage, DocumentStore.Keep(db, DocumentWrite.Of(version)), now);
            }

            return [];
        }

        var compared = comparison is { } before && before.Stage == stage && before.Told == told ? before : VersionComparison.Of(db, known.Id, stage, version);
        if (compared is null)
        {
            return [];
        }

        return [.. compared.Rules.Select(rule => Save(db, known, rule, compared.ToldTitle, version, reading)).OfType<ToldAlert>()];
    }

    /// <summary>The page of an alerted article is gone for good.</summary>
    public IReadOnlyList<ToldAlert> Gone(Session db, StoredArticle known)
    {
        var gone = new ArticleChanges(ChangeClass.Gone, [new(ChangeClass.Gone, true, null, null, null, null)]);
        return
        [
            .. ToldVersionStore.Alerts(db, known.Id).Select(alert => alert.Content).GroupBy(content => content.Rule.Id)
                .Select(rule => Save(db, known, new([.. rule], gone), known.Article.Title, known.Article, null)).OfType<ToldAlert>(),
        ];
    }

    private ToldAlert? Save(Session db, StoredArticle known, RuleChanges rule, string toldTitle, Article version, long? reading)
    {
        var (first, last) = (rule.Alerts[0], rule.Alerts[^1]);
        if (rule.Changes.Class == ChangeClass.None)
        {
            return null;
        }

        var decision = AlertPolicy.DecideChange(rule.Changes, [.. rule.Alerts.Select(alert => alert.Reason)], ToldVersionStore.LastStep(db, first.Rule.Id, first.Story));
        if (decision is not AlertDecision.Alert alert)
        {
            QuietChangeStore.Add(db, known.Id, new(first.Rule.Id, now, ((AlertDecision.Suppress)decision).Why));
            return null;
        }

        var content = ContentOf(db, first, last, alert, toldTitle, version, rule.Changes);
        var number = AlertStore.Add(db, content, configuration.Version, now);
        var deliveries = ToldVersionStore.Recipients(db, first.Rule.Id, known.Id).Select(to => Planned(db, content, to)).OfType<PlannedDelivery>().ToList();
        foreach (var delivery in deliveries)
        {
            AlertWriter.Send(db, content, number, delivery, now);
            VerdictStore.Add(db, new(known.Id, first.Rule.Id, delivery.To.Subscriber.Id, now, delivery.Plan.Outcome, delivery.Plan.Reason, delivery.Plan.Why, number, reading));
        }

        return new(number, now, content.Severity, first.Rule.Id, version.Title, [.. deliveries.Select(delivery => AlertWriter.Noted(delivery, now)).OfType<ToldDelivery>()]);
    }

    /// <summary>Null for a subscriber who left the configuration.</summary>
    private PlannedDelivery? Planned(Session db, AlertContent content, AlertedRecipient recipient)
    {
        if (!configuration.Subscribers.TryGetValue(recipient.Subscriber, out var subscriber))
        {
            return null;
        }

        var to = new Destination(subscriber, recipient.Channel, Handling.AtOnce, Wanted: true);
        var facts = new AlertFacts { Rule = content.Rule.Id, Severity = content.Severity, Labels = content.Rule.Labels, Story = content.Story, StoryKey = StoryStore.Get(db, content.Story).Key };
        var plan = DeliveryPolicy.DecideChange(facts, to, SubscriberHistory.Of(db, facts, to, 1, now) with { Silences = SilenceStore.On(db, now) }, configuration.Audience.MutedChannels, recipient.Held, now);
        return new(to, plan);
    }

    private AlertContent ContentOf(Session db, AlertContent first, AlertContent last, AlertDecision.Alert decision, string toldTitle, Article version, ArticleChanges changes) => first with
    {
        Severity = last.Severity,
        Key = $"{first.Rule.Id}/{StoryStore.Get(db, first.Story).Key}/{StoredName.Of(decision.Reason)}/{decision.Step}",
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
        Change = new(last.Key, toldTitle, last.Change?.Seen ?? first.Article.FirstSeen, now, changes.Class, [.. changes.Changes.Where(change => change.IsTold).Take(ChangeFacts.MaxChanges).Select(AlertedChange.Of)]),
    };
}
