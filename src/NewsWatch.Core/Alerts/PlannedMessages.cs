namespace NewsWatch.Core.Alerts;

/// <summary>The recent past of subscribers together with the messages that one call of <see cref="AlertDecider"/> has planned already.</summary>
internal sealed class PlannedMessages(Func<AlertFacts, Destination, SubscriberState> past)
{
    private readonly List<(string Subscriber, DateTimeOffset At)> _messages = [];
    private readonly Dictionary<string, EarlierMessage> _last = [];

    /// <summary>What a decision about this destination must know.</summary>
    public SubscriberState StateOf(AlertFacts alert, Destination to)
    {
        var state = past(alert, to);
        return state with
        {
            Messages = [.. state.Messages.Concat(_messages.Where(message => message.Subscriber == to.Subscriber.Id).Select(message => message.At)).Order()],
            Group = LastOf(DeliveryPolicy.GroupOf(alert, to)) ?? state.Group,
            Overflow = LastOf(DeliveryPolicy.OverflowOf(to)) ?? state.Overflow,
        };
    }

    /// <summary>Remembers a plan for the decisions after it.</summary>
    /// <returns>The plan.</returns>
    public DeliveryPlan Add(AlertFacts alert, Destination to, DeliveryPlan plan)
    {
        if (plan is DeliveryPlan.Immediate or DeliveryPlan.Grouped { Joins: false })
        {
            _messages.Add((to.Subscriber.Id, ((DeliveryPlan.Planned)plan).At));
        }

        var kind = plan is DeliveryPlan.Grouped ? DeliveryPolicy.GroupOf(alert, to) : plan is DeliveryPlan.Overflow ? DeliveryPolicy.OverflowOf(to) : null;
        if (kind is not null && plan is DeliveryPlan.Planned { Bundle: { } bundle, At: var at })
        {
            _last[kind] = new(bundle, at, IsOpen: true);
        }

        return plan;
    }

    private EarlierMessage? LastOf(string? kind) => kind is null ? null : _last.GetValueOrDefault(kind);
}
