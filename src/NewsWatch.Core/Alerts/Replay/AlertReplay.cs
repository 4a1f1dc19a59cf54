namespace NewsWatch.Core.Alerts.Replay;

/// <summary>
/// Decides readings of the past again, in their order, under one configuration: each decision sees what was alerted before it and nothing later. The decisions are those of
/// <see cref="AlertDecider"/>; each message counts as accepted at the moment it was due.
/// </summary>
/// <param name="audience">The subscribers and the routes to them.</param>
/// <param name="alerts">What was alerted before the first reading.</param>
/// <param name="messages">What was sent before the first reading.</param>
/// <param name="key">Returns the key of an alert.</param>
public sealed class AlertReplay(Audience audience, PastAlerts alerts, PastMessages messages, Func<AlertFacts, AlertDecision.Alert, string> key)
{
    /// <summary>Decides a reading, and remembers what it alerts for the readings after it.</summary>
    /// <param name="news">The article and the rules that matched it.</param>
    /// <param name="place">Where the article belongs.</param>
    /// <param name="at">When the reading was decided.</param>
    public IReadOnlyList<MatchDecision> Decide(MatchedNews news, ArticlePlace place, DateTimeOffset at)
    {
        var decisions = AlertDecider.Decide(news, alerts.Of(place), audience, (alert, to) => messages.StateOf(alert, to, at), at);
        foreach (var (facts, decision, deliveries) in decisions)
        {
            if (decision is not AlertDecision.Alert alert)
            {
                continue;
            }

            alerts.Add(place, new(key(facts, alert), facts.Rule, alert.Reason, alert.Step, facts.Severity, at));
            foreach (var delivery in deliveries)
            {
                messages.Add(delivery, at);
            }
        }

        return decisions;
    }
}
