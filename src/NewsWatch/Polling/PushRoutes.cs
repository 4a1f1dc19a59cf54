using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace NewsWatch.Polling;

/// <summary>The callback address that hubs call: <c>/push/TOKEN</c>.</summary>
public static class PushRoutes
{
    private const int LargestPush = 15 * 1024 * 1024;
    private const int LongestChallenge = 4 * 1024;

    /// <summary>Adds the callback; it answers 404 until a public address is configured. Needs a <see cref="PushReceiver"/> among the services.</summary>
    public static IEndpointRouteBuilder MapWebSub(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/push/{token}", ConfirmAsync);
        routes.MapPost("/push/{token}", TakeAsync);
        return routes;
    }

    private static async Task<IResult> ConfirmAsync(string token, HttpRequest request, PushReceiver receiver, CancellationToken cancellation)
    {
        var challenge = request.Query["hub.challenge"].ToString();
        long? lease = long.TryParse(request.Query["hub.lease_seconds"], CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
        var meant = receiver.IsOn && challenge.Length <= LongestChallenge
            && await receiver.ConfirmAsync(token, request.Query["hub.mode"].ToString(), request.Query["hub.topic"].ToString(), lease, cancellation);
        return meant ? Results.Text(challenge, "text/plain") : Results.NotFound();
    }

    private static async Task<IResult> TakeAsync(string token, HttpRequest request, PushReceiver receiver, CancellationToken cancellation)
    {
        if (!receiver.IsOn)
        {
            return Results.NotFound();
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = LargestPush;
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellation);
        return await receiver.TakeAsync(token, request.Headers["X-Hub-Signature"], request.ContentType, body.ToArray(), cancellation) ? Results.Accepted() : Results.NotFound();
    }
}
