using Microsoft.AspNetCore.Http;
using NewsWatch.Core.Alerts;
using NewsWatch.Desk.Frames;
using NewsWatch.Storage.Views;

namespace NewsWatch.Desk.Pages;

/// <summary>All subscribers.</summary>
public sealed record SubscriberListModel(IReadOnlyList<SubscriberRow> Subscribers);

/// <summary>A subscriber and what was sent in 7 days.</summary>
/// <param name="Tally">Null when nothing was.</param>
public sealed record SubscriberRow(Subscriber Subscriber, RecipientTally? Tally);

/// <summary>One subscriber.</summary>
/// <param name="Rules">The ids and titles of the rules that are for them.</param>
public sealed record SubscriberModel(SubscriberRow Row, IReadOnlyList<(string Id, string Title)> Rules, IReadOnlyList<DeliveryLine> Deliveries);

/// <summary>Subscribers: who gets what, when, how much.</summary>
internal static class SubscriberPages
{
    private const int Days = 7;
    private const int MaxDeliveries = 30;

    public static IResult List(DeskRequest request)
    {
        var tallies = request.Database.Read(db => DeliveryViews.Tallies(db, request.Now.AddDays(-Days)));
        return request.Show<SubscriberListPage, SubscriberListModel>("Subscribers", new(
            [.. request.Configuration.Subscribers.Values.OrderBy(subscriber => subscriber.Id, StringComparer.Ordinal).Select(subscriber => new SubscriberRow(subscriber, tallies.GetValueOrDefault(subscriber.Id)))]));
    }

    public static IResult One(DeskRequest request)
    {
        if (!request.Configuration.Subscribers.TryGetValue(request.Part("id"), out var subscriber))
        {
            return request.Missing("subscriber");
        }

        var (tallies, deliveries) = request.Database.Read(db => (
            DeliveryViews.Tallies(db, request.Now.AddDays(-Days)), DeliveryViews.List(db, new(Subscriber: subscriber.Id, Most: MaxDeliveries))));
        return request.Show<SubscriberPage, SubscriberModel>(subscriber.Id, new(
            new(subscriber, tallies.GetValueOrDefault(subscriber.Id)),
            [.. request.Configuration.Rules.Values.Where(rule => subscriber.Rules?.Contains(rule.Id) != false).Select(rule => (rule.Id, rule.Title))],
            deliveries));
    }
}
