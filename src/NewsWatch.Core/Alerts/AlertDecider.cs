namespace NewsWatch.Core.Alerts;

/// <summary>
/// Decides what an article alerts, to whom and when. A pure function: the same article, past and time give the same decisions, so that a decision can be
/// explained, replayed and tried out.
/// </summary>
public static class AlertDecider
{
    /// <summary>Decides every match of an article.</summary>
    /// <param name="news">The article and the rules that matched it.</param>
    /// <param name="earlier">All alerts of its story so far.</param>
    /// <param name="audience">The subscribers and the routes to them.</param>
    /// <param name="past">Returns a subscriber's recent past, without what this call decides.</param>
    /// <param name="now">The current time.</param>
    /// <returns>One decision for each match, in order.</returns>
    public static IReadOnlyList<MatchDecision> Decide(
        MatchedNews news, IReadOnlyList<EarlierAlert> earlier, Audience audience, Func<AlertFacts, Destination, SubscriberState> past, DateTimeOffset now)
    {
        var messages = new PlannedMessages(past);
        var decisions = new List<MatchDecision>();
        foreach (var match in news.Matches)
        {
            var decision = audience.Silences.FirstOrDefault(silence => silence.CoversSource(news.Source, match.Severity, now)) is { } silenced
                ? new AlertDecision.Suppress(VerdictReason.Muted, silenced.Sentence)
                : AlertPolicy.Decide(match, news, earlier, now);
            var facts = news.FactsOf(match) with { Deadline = match.Due - now };
            facts = decision is AlertDecision.Alert alert ? facts with { Reason = alert.Reason } : facts;
            decisions.Add(new(facts, decision, decision is AlertDecision.Alert ? Deliver(facts, audience, messages, now) : []));
        }

        return decisions;
    }

    /// <summary>Plans one alert for each subscriber and channel that the routes lead to: the second half of <see cref="Decide"/> alone.</summary>
    public static IReadOnlyList<PlannedDelivery> Deliver(AlertFacts alert, Audience audience, Func<AlertFacts, Destination, SubscriberState> past, DateTimeOffset now) =>
        Deliver(alert, audience, new PlannedMessages(past), now);

    private static List<PlannedDelivery> Deliver(AlertFacts alert, Audience audience, PlannedMessages messages, DateTimeOffset now)
    {
        var deliveries = new List<PlannedDelivery>();
        foreach (var to in Routing.Of(alert, audience.Routes, audience.Subscribers))
        {
            var state = messages.StateOf(alert, to) with { Silences = audience.Silences };
            var plan = DeliveryPolicy.Muted(to, audience.MutedChannels, now) ?? messages.Add(alert, to, DeliveryPolicy.Decide(alert, to, state, now));
            deliveries.Add(new(to, plan));
        }

        return deliveries;
    }
}

/// <summary>What was decided about one match.</summary>
/// <param name="Facts">The match as routes and subscribers see it.</param>
/// <param name="Decision">Whether it alerts, and why.</param>
/// <param name="Deliveries">One for each subscriber and channel that the routes lead to; none where nothing alerts.</param>
public sealed record MatchDecision(AlertFacts Facts, AlertDecision Decision, IReadOnlyList<PlannedDelivery> Deliveries);

/// <summary>One alert for one subscriber over one channel.</summary>
public sealed record PlannedDelivery(Destination To, DeliveryPlan Plan);
