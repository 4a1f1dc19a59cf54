namespace NewsWatch.Core.Alerts.Replay;

/// <summary>A scope that a subscriber does not want any more: <c>all</c>, <c>rule:ID</c> or <c>story:KEY</c>, from a time on.</summary>
public sealed record PastUnsubscription(string Subscriber, string Scope, DateTimeOffset At);

/// <summary>A message of the past, or one that waits.</summary>
/// <param name="Bundle">Its name where it holds several alerts; null for one of its own.</param>
/// <param name="Counts">True if it counts for the cap: one that is no digest.</param>
public sealed record PastMessage(string Subscriber, string? Bundle, DateTimeOffset At, bool Counts);

/// <summary>What subscribers were sent so far, as far as decisions look at it, and how many messages that made a day.</summary>
public sealed class PastMessages
{
    private readonly ILookup<string, PastUnsubscription> _unsubscribed;
    private readonly Dictionary<string, List<DateTimeOffset>> _counted = [];
    private readonly Dictionary<string, EarlierMessage> _last = [];
    private readonly HashSet<string> _bundles = [];
    private readonly Dictionary<string, MessageLoad> _loads = [];

    /// <summary>Begins with what was there before.</summary>
    public PastMessages(IEnumerable<PastUnsubscription> unsubscribed, IEnumerable<PastMessage> messages)
    {
        _unsubscribed = unsubscribed.ToLookup(entry => entry.Subscriber);
        foreach (var message in messages.OrderBy(message => message.At))
        {
            Remember(message);
        }
    }

    /// <summary>The messages of each subscriber since the beginning, by id.</summary>
    public IReadOnlyDictionary<string, MessageLoad> Loads => _loads;

    /// <summary>What a decision about this destination must know.</summary>
    public SubscriberState StateOf(AlertFacts alert, Destination to, DateTimeOffset at) => new()
    {
        Unsubscribed = _unsubscribed[to.Subscriber.Id].Where(entry => entry.At <= at).Select(entry => entry.Scope).ToHashSet(),
        Messages = Counted(to.Subscriber, at),
        Group = DeliveryPolicy.GroupOf(alert, to) is { } group ? Last(group, at) : null,
        Overflow = Last(DeliveryPolicy.OverflowOf(to), at),
    };

    /// <summary>Remembers what was planned.</summary>
    public void Add(PlannedDelivery delivery, DateTimeOffset at)
    {
        var (to, plan) = delivery;
        var load = LoadOf(to.Subscriber);
        load.Count(plan.Outcome);
        if (plan is not DeliveryPlan.Planned planned)
        {
            return;
        }

        if (Remember(new(to.Subscriber.Id, planned.Bundle, planned.At, planned.Kind is DeliveryKind.Alert or DeliveryKind.Group)))
        {
            load.Add(planned.At);
        }

        if (plan is DeliveryPlan.Overflow { IsFirst: true })
        {
            load.Add(at); // the subscriber hears at once that the cap is reached
        }
    }

    /// <summary>Returns false for a message that is known already.</summary>
    private bool Remember(PastMessage message)
    {
        if (message.Bundle is { } bundle)
        {
            if (!_bundles.Add(bundle))
            {
                return false;
            }

            _last[PrefixOf(bundle)] = new(bundle, message.At, IsOpen: true);
        }

        if (message.Counts)
        {
            if (!_counted.TryGetValue(message.Subscriber, out var times))
            {
                _counted[message.Subscriber] = times = [];
            }

            times.Add(message.At);
        }

        return true;
    }

    /// <summary>As many of the last messages as the cap looks at, oldest first; those before its window are forgotten.</summary>
    private IReadOnlyList<DateTimeOffset> Counted(Subscriber subscriber, DateTimeOffset at)
    {
        if (subscriber.Cap.IsNone || _counted.GetValueOrDefault(subscriber.Id) is not { } times)
        {
            return [];
        }

        times.RemoveAll(time => time <= at - subscriber.Cap.Window);
        return [.. times.OrderDescending().Take(subscriber.Cap.Count).Order()];
    }

    private EarlierMessage? Last(string prefix, DateTimeOffset at) =>
        _last.GetValueOrDefault(prefix) is { } last ? last with { IsOpen = last.At > at } : null;

    private MessageLoad LoadOf(Subscriber subscriber)
    {
        if (!_loads.TryGetValue(subscriber.Id, out var load))
        {
            _loads[subscriber.Id] = load = new(subscriber.TimeZone);
        }

        return load;
    }

    /// <summary>The names of a group's messages, and of overflow digests, are equal up to the time behind the last slash.</summary>
    private static string PrefixOf(string bundle) => bundle[..(bundle.LastIndexOf('/') + 1)];
}
