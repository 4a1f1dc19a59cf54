using Microsoft.AspNetCore.Http;
using NewsWatch.Desk.Frames;
using NewsWatch.Desk.Parts;
using NewsWatch.Storage.Views;

namespace NewsWatch.Desk.Pages;

/// <summary>The list of deliveries.</summary>
public sealed record DeliveryListModel(Rows<DeliveryLine> Rows, DeliveryAsked Asked, IReadOnlyList<string> Subscribers, IReadOnlyList<string> Channels);

/// <summary>One delivery and its attempts.</summary>
/// <param name="Together">Others of the same message.</param>
public sealed record DeliveryModel(DeliveryLine Delivery, IReadOnlyList<AttemptLine> Attempts, IReadOnlyList<DeliveryLine> Together);

/// <summary>Deliveries that wait or failed, with the server's reply.</summary>
internal static class DeliveryPages
{
    public static IResult List(DeskRequest request)
    {
        var asked = new DeliveryAsked(
            request.Asked.OneOf("state", DeliveryViews.States), request.Asked.Text("subscriber"), request.Asked.Text("channel"), request.Asked.Number("before"), Paging.Size + 1);
        return request.Show<DeliveryListPage, DeliveryListModel>("Deliveries", new(
            Paging.Page(
                request.Database.Read(db => DeliveryViews.List(db, asked)),
                "/desk/deliveries",
                asked.Before is null,
                delivery => Paging.Place(delivery.Id),
                ("state", asked.State),
                ("subscriber", asked.Subscriber),
                ("channel", asked.Channel)),
            asked,
            [.. request.Configuration.Subscribers.Keys.Order(StringComparer.Ordinal)],
            [.. request.Configuration.Channels.Keys.Order(StringComparer.Ordinal)]));
    }

    public static IResult One(DeskRequest request)
    {
        var model = request.Number("id") is { } id ? request.Database.Read(db => DeliveryViews.Find(db, id) is { } delivery
            ? new DeliveryModel(delivery, DeliveryViews.Attempts(db, delivery), DeliveryViews.Together(db, delivery))
            : null) : null;
        return model is null ? request.Missing("delivery") : request.Show<DeliveryPage, DeliveryModel>("Delivery", model);
    }
}
