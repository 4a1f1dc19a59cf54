using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Changes;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Stories;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Stories;

namespace NewsWatch.Processing;

/// <summary>
/// Rules that ask for changes (<c>changed:number</c>), in commit 2: one that has matched an article waits, and alerts when what any rule has told of the article changes
/// in that way. Its routes say who hears of it.
/// </summary>
internal sealed class AskedChanges(WatchConfiguration configuration, ChangeAlertWriter alerts, DateTimeOffset now)
{
    /// <summary>Decides the rules that wait for changes of an article.</summary>
    /// <param name="rules">What changed for the rules that alerted.</param>
    /// <returns>The alerts, each with its recipients.</returns>
    public IEnumerable<ToldAlert> Save(Session db, StoredArticle known, IReadOnlyList<RuleChanges> rules, string toldTitle, Article version, long? reading)
    {
        List<TextChange> told = [.. rules.SelectMany(rule => rule.Changes.Changes).Where(change => change.IsTold).DistinctBy(change => (change.Class, change.Before, change.After)).OrderByDescending(change => change.Class)];
        var changes = new ArticleChanges(told[0].Class, told);
        var waiting = VerdictStore.WaitingForChange(db, known.Id).Where(rule => configuration.Rules.TryGetValue(rule, out var watch) && AlertPolicy.IsAskedFor(watch.Rule.Needs, changes)).ToList();
        if (waiting.Count == 0)
        {
            yield break;
        }

        var earlier = ToldVersionStore.Alerts(db, known.Id);
        var matches = MatchedArticle.OfStored(known, configuration).Matches;
        foreach (var rule in waiting)
        {
            var first = Named(rules[0].Alerts[0], configuration.Rules[rule], matches.FirstOrDefault(match => match.RuleId == rule));
            var reasons = earlier.Where(one => one.Content.Rule.Id == rule).Select(one => one.Alert.Reason).ToList();
            var decision = AlertPolicy.DecideChange(changes, reasons, ToldVersionStore.LastStep(db, rule, first.Story));
            if (decision is AlertDecision.Alert alert && configuration.Rules[rule].Muted?.IsOn(now) != true)
            {
                var content = alerts.ContentOf(db, first, earlier[^1].Content with { Severity = first.Severity }, alert, toldTitle, version, changes);
                yield return alerts.Save(db, content, Planned(db, known, content), reading);
            }
        }
    }

    /// <summary>Another rule's alert about the article, as this rule would have told it.</summary>
    private static AlertContent Named(AlertContent alert, WatchRule rule, ExcerptedMatch? match) => alert with
    {
        Severity = rule.Severity,
        Rule = new(rule.Id, rule.Title, rule.When, rule.Owner, rule.Labels),
        Hits = match?.Hits ?? [],
        Deadlines = match?.Deadlines ?? [],
        Quotes = [],
        FollowUp = null,
    };

    private List<PlannedDelivery> Planned(Session db, StoredArticle known, AlertContent content)
    {
        var news = configuration.News([content.Rule.Id], known.Source, ArticleChange.Edit, content.Story, StoryStore.Get(db, content.Story).Key) with { Language = known.Article.Language };
        var facts = news.FactsOf(news.Matches[0]) with { Reason = content.Reason };
        return [.. Routing.Of(facts, configuration.Audience.Routes, configuration.Audience.Subscribers).Select(to => alerts.Planned(db, facts, to, null))];
    }
}
