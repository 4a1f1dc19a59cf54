using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Changes;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Locks;
using NewsWatch.Storage.Stories;

namespace NewsWatch.Processing;

/// <summary>
/// Corrections and withdrawals, in commit 2: what changed of an alerted article goes to those who got the alert. With the alert, the version becomes the one that was told (<see cref="ArticleWriter"/>).
/// </summary>
internal sealed class ChangeWriter(WatchConfiguration configuration, DateTimeOffset now)
{
    private readonly ChangeAlertWriter _alerts = new(configuration, now);

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
                ToldVersionStore.Tell(db, known.Id, stage, DocumentStore.Keep(db, DocumentWrite.From(version)), now);
            }

            return [];
        }

        var compared = comparison is { } before && before.Stage == stage && before.Told == told ? before : VersionComparison.From(db, known.Id, stage, version);
        if (compared is null)
        {
            return [];
        }

        return Save(db, known, compared.Rules, compared.ToldTitle, version, reading);
    }

    /// <summary>The page of an alerted article is gone for good.</summary>
    public IReadOnlyList<ToldAlert> Gone(Session db, StoredArticle known)
    {
        var gone = new ArticleChanges(ChangeClass.Gone, [new(ChangeClass.Gone, true, null, null, null, null)]);
        var alerts = ToldVersionStore.Alerts(db, known.Id).Select(alert => alert.Content).GroupBy(content => content.Rule.Id);
        return Save(db, known, [.. alerts.Select(rule => new RuleChanges([.. rule], gone))], known.Article.Title, known.Article, null);
    }

    /// <summary>First those who got an alert hear of it, then the rules that ask for changes.</summary>
    private List<ToldAlert> Save(Session db, StoredArticle known, IReadOnlyList<RuleChanges> rules, string toldTitle, Article version, long? reading)
    {
        List<ToldAlert> told = [.. rules.Where(rule => !WaitsForChange(rule.Alerts[0].Rule.Id)).Select(rule => Save(db, known, rule, toldTitle, version, reading)).OfType<ToldAlert>()];
        if (rules.Any(rule => rule.Changes.IsTold))
        {
            told.AddRange(new AskedChanges(configuration, _alerts, now).Save(db, known, rules, toldTitle, version, reading));
        }

        return told;
    }

    private bool WaitsForChange(string rule) => configuration.Rules.TryGetValue(rule, out var watch) && watch.Rule.Needs.Changes != ChangedKinds.None;

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

        var content = _alerts.ContentOf(db, first, last, alert, toldTitle, version, rule.Changes);
        var recipients = ToldVersionStore.Recipients(db, first.Rule.Id, known.Id);
        if (db.Lock(recipients.Select(recipient => LockKey.Subscriber(recipient.Subscriber))))
        {
            recipients = ToldVersionStore.Recipients(db, first.Rule.Id, known.Id); // what was held may be on its way by now
        }

        return _alerts.Save(db, content, [.. recipients.Select(to => Planned(db, content, to)).OfType<PlannedDelivery>()], reading);
    }

    /// <summary>Null for a subscriber who left the configuration.</summary>
    private PlannedDelivery? Planned(Session db, AlertContent content, AlertedRecipient recipient)
    {
        if (!configuration.Subscribers.TryGetValue(recipient.Subscriber, out var subscriber))
        {
            return null;
        }

        var facts = new AlertFacts { Rule = content.Rule.Id, Severity = content.Severity, Labels = content.Rule.Labels, Story = content.Story, StoryKey = StoryStore.Get(db, content.Story).Key };
        return _alerts.Planned(db, facts, new Destination(subscriber, recipient.Channel, Handling.AtOnce, Wanted: true), recipient.Held);
    }
}
