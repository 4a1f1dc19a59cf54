using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using NewsWatch.Storage.Sources;

namespace NewsWatch.WebSub;

/// <summary>The callback address that hubs call: <c>/push/TOKEN</c>.</summary>
public static class PushRoutes
{
    private const int MaxChallengeLength = 4 * 1024;

    /// <summary>
    /// Adds the callback, which replies 404 until a public address is configured. Needs a <see cref="PushReceiver"/> and a <see cref="PushConfirmation"/>
    /// among the services.
    /// </summary>
    public static IEndpointRouteBuilder MapWebSub(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/push/{token}", ConfirmAsync);
        routes.MapPost("/push/{token}", TakeAsync);
        return routes;
    }

    private static async Task<IResult> ConfirmAsync(string token, HttpRequest request, PushConfirmation confirmation, CancellationToken cancellationToken)
    {
        var challenge = request.Query["hub.challenge"].ToString();
        long? lease = long.TryParse(request.Query["hub.lease_seconds"], CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
        var meant = challenge.Length <= MaxChallengeLength
            && await confirmation.ConfirmAsync(token, request.Query["hub.mode"].ToString(), request.Query["hub.topic"].ToString(), lease, cancellationToken);
        return meant ? Results.Text(challenge, "text/plain") : Results.NotFound();
    }

    /// <summary>The token is looked up before a byte of the body is read; without a subscription the connection ends with the answer.</summary>
    private static async Task<IResult> TakeAsync(string token, HttpContext context, PushReceiver receiver)
    {
        if (receiver.Find(token) is not { } push)
        {
            return Unread(context, StatusCodes.Status404NotFound);
        }

        if (context.Request.ContentLength > PushReceiver.MaxBody)
        {
            return Unread(context, StatusCodes.Status413PayloadTooLarge);
        }

        Limit(context, PushReceiver.MaxBody);
        try
        {
            return await ReceiveAsync(push, context, receiver);
        }
        catch (BadHttpRequestException refused)
        {
            return Unread(context, refused.StatusCode);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return Unread(context, StatusCodes.Status408RequestTimeout);
        }
    }

    private static async Task<IResult> ReceiveAsync(Push push, HttpContext context, PushReceiver receiver)
    {
        var request = context.Request;
        var body = new PushedBody(request.Headers["X-Hub-Signature"], request.ContentType, request.ContentLength, request.Body);
        return await receiver.TakeAsync(push, body, context.RequestAborted) is PushOutcome.Busy or PushOutcome.UsedUp
            ? Unread(context, StatusCodes.Status429TooManyRequests)
            : Results.Accepted();
    }

    /// <summary>The server does not wait for a body that nobody reads.</summary>
    private static IResult Unread(HttpContext context, int status)
    {
        Limit(context, 0);
        context.Response.Headers.Connection = "close";
        return Results.StatusCode(status);
    }

    private static void Limit(HttpContext context, long bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = bytes;
        }
    }
}
