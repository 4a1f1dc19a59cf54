namespace NewsWatch.Core.Alerts;

/// <summary>Which subscribers an alert goes to, over which channels.</summary>
public static class Routing
{
    /// <summary>Walks the routing tree; without one, every subscriber whose rules include the alert's gets it at once.</summary>
    /// <returns>Each subscriber and channel once, in the order of the routes; the first route that names them decides how.</returns>
    public static IReadOnlyList<Destination> Of(AlertFacts alert, Route? routes, IReadOnlyDictionary<string, Subscriber> subscribers)
    {
        var found = new List<Destination>();
        Walk(routes ?? new Route(), new Route(), alert, subscribers, found);
        return [.. found.DistinctBy(destination => (destination.Subscriber.Id, destination.Channel))];
    }

    /// <summary>True when the route or one below it took the alert.</summary>
    private static bool Walk(
        Route route, Route parent, AlertFacts alert, IReadOnlyDictionary<string, Subscriber> subscribers, List<Destination> found)
    {
        if (route.If?.Matches(alert) == false)
        {
            return false;
        }

        var whole = Inherit(route, parent);
        var taken = false;
        foreach (var child in route.Children)
        {
            var took = Walk(child, whole, alert, subscribers, found);
            taken |= took;
            if (took && !child.Continue)
            {
                break;
            }
        }

        if (!taken)
        {
            found.AddRange(Destinations(whole, alert, subscribers));
        }

        return true;
    }

    private static Route Inherit(Route route, Route parent) => route with
    {
        To = route.To.Count > 0 ? route.To : parent.To,
        Via = route.Via ?? parent.Via,
        GroupBy = route.GroupBy ?? parent.GroupBy,
        Wait = route.Wait ?? parent.Wait,
        FollowUpEvery = route.FollowUpEvery ?? parent.FollowUpEvery,
        Remind = route.Remind ?? parent.Remind,
        Digest = route.Digest.Count > 0 ? route.Digest : parent.Digest,
    };

    private static IEnumerable<Destination> Destinations(Route route, AlertFacts alert, IReadOnlyDictionary<string, Subscriber> subscribers)
    {
        var handling = new Handling(route.GroupBy ?? GroupBy.None, route.Wait ?? TimeSpan.Zero, route.FollowUpEvery ?? TimeSpan.Zero, route.Digest) { Remind = route.Remind ?? TimeSpan.Zero };
        if (route.To.Count == 0)
        {
            return subscribers.Values
                .Where(subscriber => Wants(subscriber, alert))
                .Select(subscriber => new Destination(subscriber, route.Via ?? subscriber.Channel, handling, Wanted: true));
        }

        return route.To
            .Where(subscribers.ContainsKey)
            .Select(id => subscribers[id])
            .Select(subscriber => new Destination(subscriber, route.Via ?? subscriber.Channel, handling, Wants(subscriber, alert)));
    }

    private static bool Wants(Subscriber subscriber, AlertFacts alert) => subscriber.Rules?.Contains(alert.Rule) != false;
}
