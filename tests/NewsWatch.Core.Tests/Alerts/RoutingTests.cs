using NewsWatch.Core.Alerts;

namespace NewsWatch.Core.Tests.Alerts;

public sealed class RoutingTests
{
    private static readonly Route Desk = new()
    {
        To = ["anna"],
        Via = "mail",
        GroupBy = GroupBy.Story,
        FollowUpEvery = TimeSpan.FromMinutes(10),
        Children =
        [
            new() { If = Some.If("severity = flash"), To = ["anna", "room"], Continue = true },
            new() { If = Some.If("severity = routine"), Digest = [new(7, 0), new(17, 0)] },
            new() { If = Some.If("label.desk = fx"), To = ["room"], Via = "hook", GroupBy = GroupBy.None },
        ],
    };

    [Fact]
    public void Without_routes_everybody_whose_rules_include_it_is_told_at_once()
    {
        var subscribers = new[] { Some.Anna with { Rules = new HashSet<string> { "ceasefire" } }, Some.Ben with { Rules = new HashSet<string> { "tariffs" } }, Some.Room };

        var destinations = Routing.Of(Some.Alert, null, subscribers.ToDictionary(subscriber => subscriber.Id));

        Assert.Equal([("anna", "mail"), ("room", "hook")], Names(destinations));
        Assert.All(destinations, destination => Assert.Equal(Handling.AtOnce, destination.Handling));
    }

    [Fact]
    public void Where_no_child_matches_the_route_itself_takes_it()
    {
        var destination = Assert.Single(Route(Severity.Urgent));

        Assert.Equal(("anna", "mail"), (destination.Subscriber.Id, destination.Channel));
        Assert.Equal((GroupBy.Story, TimeSpan.FromMinutes(10)), (destination.Handling.GroupBy, destination.Handling.FollowUpEvery));
    }

    [Fact]
    public void The_first_child_that_matches_wins_and_inherits()
    {
        var destination = Assert.Single(Route(Severity.Routine, "fx"));

        Assert.Equal("anna", destination.Subscriber.Id);
        Assert.Equal([new(7, 0), new(17, 0)], destination.Handling.Digest);
        Assert.Equal(GroupBy.Story, destination.Handling.GroupBy);
    }

    [Fact]
    public void Continue_looks_at_the_next_child_too_but_not_at_the_parent() =>
        Assert.Equal([("anna", "mail"), ("room", "mail"), ("room", "hook")], Names(Route(Severity.Flash, "fx")));

    [Fact]
    public void A_subscriber_is_told_once_over_one_channel() =>
        Assert.Equal([("anna", "mail"), ("room", "mail")], Names(Route(Severity.Flash)));

    [Fact]
    public void What_the_subscribers_own_rules_leave_out_is_not_wanted()
    {
        var anna = Some.Anna with { Rules = new HashSet<string> { "tariffs" } };

        var destination = Assert.Single(Routing.Of(Some.Alert, Desk, new Dictionary<string, Subscriber> { ["anna"] = anna }));

        Assert.False(destination.Wanted);
    }

    [Fact]
    public void A_root_with_a_condition_takes_nothing_else() =>
        Assert.Empty(Routing.Of(Some.Alert, new Route { If = Some.If("rule = tariffs") }, Some.Everybody));

    private static IReadOnlyList<Destination> Route(Severity severity, string desk = "") => Routing.Of(
        Some.Alert with { Severity = severity, Labels = new Dictionary<string, string> { ["desk"] = desk } }, Desk, Some.Everybody);

    private static IEnumerable<(string, string)> Names(IEnumerable<Destination> destinations) =>
        destinations.Select(destination => (destination.Subscriber.Id, destination.Channel));
}
