using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using NewsWatch.Configuration;
using NewsWatch.Delivery;
using NewsWatch.Desk.Frames;
using NewsWatch.Desk.Parts;
using NewsWatch.Messages;
using NewsWatch.Messages.Mail;
using NewsWatch.Messages.Webhook;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Views;

namespace NewsWatch.Desk.Pages;

/// <summary>The list of deliveries.</summary>
public sealed record DeliveryListModel(Rows<DeliveryLine> Rows, DeliveryAsked Asked, IReadOnlyList<string> Subscribers, IReadOnlyList<string> Channels);

/// <summary>One delivery and its attempts.</summary>
/// <param name="Together">Others of the same message.</param>
/// <param name="Message">What its reader gets; null for a viewer, and where it cannot be shown.</param>
/// <param name="Problem">Why an act on it was not done; null when nothing is wrong.</param>
public sealed record DeliveryModel(DeliveryLine Delivery, IReadOnlyList<AttemptLine> Attempts, IReadOnlyList<DeliveryLine> Together, MessagePreview? Message, string? Problem);

/// <summary>A message as its reader gets it.</summary>
/// <param name="Subject">Of a mail; null for a webhook.</param>
/// <param name="Text">The mail's plain text, or the webhook's body.</param>
public sealed record MessagePreview(string? Subject, string Text);

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

    public static IResult One(DeskRequest request) => Page(request, null, StatusCodes.Status200OK);

    public static async Task<IResult> ReplayAsync(DeskRequest request, IFormCollection fields)
    {
        var id = request.Number("id") ?? 0;
        return await request.Get<Replay>().OpenDeadAsync(id, request.Visitor.Name, request.Aborted)
            ? Results.Redirect(string.Create(CultureInfo.InvariantCulture, $"/desk/deliveries/{id}"))
            : Page(request, "Only a message that was given up is sent again: another copy would tell its reader the same.", StatusCodes.Status409Conflict);
    }

    /// <summary>The mail's HTML as a document of its own, for a frame that lets it do nothing.</summary>
    public static IResult Mail(DeskRequest request)
    {
        if (!request.Visitor.MayAct)
        {
            return request.Refuse(StatusCodes.Status403Forbidden, "Operators alone read messages", "A message names the person who gets it.");
        }

        return request.Number("id") is { } id && request.Database.Read(db => DeliveryStore.Look(db, id)) is { Unreadable: null } bundle && IsMail(bundle, request)
            ? new FramedResult(request.Get<MailComposer>().Preview(bundle).Html)
            : request.Missing("mail");
    }

    private static IResult Page(DeskRequest request, string? problem, int status)
    {
        var model = request.Number("id") is { } id ? request.Database.Read(db => DeliveryViews.Find(db, id) is { } delivery
            ? new DeliveryModel(delivery, DeliveryViews.Attempts(db, delivery), DeliveryViews.Together(db, delivery), request.Visitor.MayAct ? PreviewOf(DeliveryStore.Look(db, id), request) : null, problem)
            : null) : null;
        return model is null ? request.Missing("delivery") : request.Show<DeliveryPage, DeliveryModel>("Delivery", model, status);
    }

    private static MessagePreview? PreviewOf(ClaimedBundle? bundle, DeskRequest request)
    {
        if (bundle is not { Unreadable: null })
        {
            return null;
        }

        if (IsMail(bundle, request))
        {
            var (subject, text, _) = request.Get<MailComposer>().Preview(bundle);
            return new(subject, text);
        }

        var clean = bundle with { Alerts = [.. bundle.Alerts.Select(TextCleaner.Alert)] };
        return request.Configuration.Channels.GetValueOrDefault(bundle.Channel) is Channel.Webhook channel && WebhookBody.Fits(clean, channel, request.Configuration)
            ? new(null, Encoding.UTF8.GetString(WebhookBody.Create(clean, channel with { Template = channel.Template?.WithoutSecrets() }, request.Configuration).Bytes))
            : null;
    }

    private static bool IsMail(ClaimedBundle bundle, DeskRequest request) => request.Configuration.Channels.GetValueOrDefault(bundle.Channel) is Channel.Email or Channel.Pickup;
}
