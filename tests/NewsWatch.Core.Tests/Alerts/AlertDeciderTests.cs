using NewsWatch.Core.Alerts;
using NewsWatch.Core.Stories;

namespace NewsWatch.Core.Tests.Alerts;

/// <summary>The whole decision about an article in one call.</summary>
public sealed class AlertDeciderTests
{
    private static readonly MatchedRule Ceasefire = new("ceasefire", Severity.Urgent, new Dictionary<string, string>());
    private static readonly MatchedRule Tariffs = Ceasefire with { Rule = "tariffs" };

    [Fact]
    public void Each_match_is_decided_for_each_subscriber_and_channel()
    {
        var decisions = Decide([Ceasefire, Tariffs], Everybody(Some.Anna, Some.Room));

        Assert.Equal(["ceasefire", "tariffs"], decisions.Select(decision => decision.Facts.Rule));
        Assert.All(decisions, decision => Assert.Equal(["anna mail", "room hook"], decision.Deliveries.Select(delivery => $"{delivery.To.Subscriber.Id} {delivery.To.Channel}")));
        Assert.All(decisions, decision => Assert.All(decision.Deliveries, delivery => Assert.IsType<DeliveryPlan.Immediate>(delivery.Plan)));
    }

    [Fact]
    public void A_suppressed_match_has_no_deliveries()
    {
        var decision = Assert.Single(Decide([Ceasefire with { Muted = new(Some.Noon.AddHours(1), "the desk moves") }], Everybody(Some.Anna)));

        Assert.StartsWith("rule ceasefire is muted until", Assert.IsType<AlertDecision.Suppress>(decision.Decision).Why, StringComparison.Ordinal);
        Assert.Empty(decision.Deliveries);
    }

    [Fact]
    public void An_article_older_than_its_source_allows_is_suppressed()
    {
        var news = News([Ceasefire]) with { Published = Some.Noon.AddHours(-37), FirstSeen = Some.Noon, MaxAge = TimeSpan.FromHours(36) };

        var decision = Assert.Single(AlertDecider.Decide(news, [], Everybody(Some.Anna), Fresh, Some.Noon));

        Assert.Equal("too old: published 2025-08-04 23:00 UTC, first seen 2025-08-06 12:00 UTC; MaxAge is 36h", ((AlertDecision.Suppress)decision.Decision).Why);
    }

    [Fact]
    public void A_muted_channel_keeps_the_alert_from_its_subscriber_alone()
    {
        var audience = Everybody(Some.Anna, Some.Room) with { MutedChannels = new Dictionary<string, Muting> { ["hook"] = new(Some.Noon.AddHours(1), "it moves") } };

        var plans = Assert.Single(Decide([Ceasefire], audience)).Deliveries.ToDictionary(delivery => delivery.To.Subscriber.Id, delivery => delivery.Plan);

        Assert.IsType<DeliveryPlan.Immediate>(plans["anna"]);
        Assert.StartsWith("channel hook is muted until", Assert.IsType<DeliveryPlan.None>(plans["room"]).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Alerts_of_one_article_count_under_one_cap()
    {
        var capped = Some.Anna with { Cap = new(1, TimeSpan.FromHours(1)) };

        var plans = Decide([Ceasefire, Tariffs, Ceasefire with { Rule = "floods" }], Everybody(capped)).Select(decision => decision.Deliveries.Single().Plan).ToList();

        Assert.IsType<DeliveryPlan.Immediate>(plans[0]);
        Assert.True(Assert.IsType<DeliveryPlan.Overflow>(plans[1]).IsFirst);
        Assert.False(Assert.IsType<DeliveryPlan.Overflow>(plans[2]).IsFirst);
        Assert.Equal(((DeliveryPlan.Overflow)plans[1]).Bundle, ((DeliveryPlan.Overflow)plans[2]).Bundle);
    }

    [Fact]
    public void Alerts_of_one_article_leave_as_one_message_where_routes_group_by_story()
    {
        var grouping = Everybody(Some.Anna with { Cap = new(1, TimeSpan.FromHours(1)) }) with { Routes = new Route { GroupBy = GroupBy.Story } };

        var plans = Decide([Ceasefire, Tariffs], grouping).Select(decision => Assert.IsType<DeliveryPlan.Grouped>(decision.Deliveries.Single().Plan)).ToList();

        Assert.Equal([false, true], plans.Select(plan => plan.Joins));
        Assert.Equal(plans[0].Bundle, plans[1].Bundle);
    }

    [Fact]
    public void A_subscriber_of_two_channels_has_one_past()
    {
        var both = new Route { Children = [new Route { Via = "mail", Continue = true }, new Route { Via = "hook" }] };

        var plans = Assert.Single(Decide([Ceasefire], Everybody(Some.Anna with { Cap = new(1, TimeSpan.FromHours(1)) }) with { Routes = both })).Deliveries.Select(delivery => delivery.Plan);

        Assert.Equal([VerdictOutcome.Send, VerdictOutcome.Cap], plans.Select(plan => plan.Outcome));
    }

    private static IReadOnlyList<MatchDecision> Decide(IReadOnlyList<MatchedRule> matches, Audience audience) => AlertDecider.Decide(News(matches), [], audience, Fresh, Some.Noon);

    private static MatchedNews News(IReadOnlyList<MatchedRule> matches) => new() { Matches = matches, Change = ArticleChange.New, Story = 7, StoryKey = "00aa", FirstSeen = Some.Noon };

    private static Audience Everybody(params IReadOnlyList<Subscriber> subscribers) =>
        new(null, subscribers.ToDictionary(subscriber => subscriber.Id), new Dictionary<string, Muting>());

    private static SubscriberState Fresh(AlertFacts alert, Destination to) => SubscriberState.Fresh;
}
