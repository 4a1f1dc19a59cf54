using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NewsWatch.Configuration;
using NewsWatch.Messages.Unsubscribing;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;

namespace NewsWatch.Web;

/// <summary>
/// <c>/f/TOKEN</c>: GET shows a page with three buttons and changes nothing, so that link scanners say nothing in a reader's name; POST alone acts, at once, and the last word counts.
/// </summary>
internal static class FeedbackRoutes
{
    /// <summary>Adds the two routes.</summary>
    public static void MapFeedback(this IEndpointRouteBuilder routes)
    {
        routes.MapReading("/f/{token}", ShowAsync);
        routes.MapPost("/f/{token}", ActAsync);
    }

    private static async Task<IResult> ShowAsync(string token, FeedbackTokens tokens, ConfigurationHolder configuration, HttpContext context) =>
        await tokens.ReadAsync(token, context.RequestAborted) is { } grant
            ? TokenPages.Page(context, FeedbackPage.Ask(grant, configuration.Current))
            : TokenPages.Unknown(context);

    private static async Task<IResult> ActAsync(
        string token, FeedbackTokens tokens, UnsubscribeTokens ways, ConfigurationHolder configuration, Database database, FeedbackMetrics metrics, TimeProvider clock, HttpContext context)
    {
        if (await tokens.ReadAsync(token, context.RequestAborted) is not { } grant)
        {
            return TokenPages.Unknown(context);
        }

        var (form, refusal) = await TokenPages.FormAsync(context.Request);
        if (form is null)
        {
            return Results.StatusCode(refusal);
        }

        if (!FeedbackPage.Verdicts.TryGetValue(form["verdict"].ToString(), out var verdict))
        {
            return Results.BadRequest();
        }

        if (await database.WriteAsync(db => FeedbackStore.Give(db, grant.Alert, grant.Subscriber, verdict, clock.GetUtcNow())) > 0)
        {
            metrics.Given(verdict);
        }

        var way = verdict == FeedbackVerdict.NotUseful ? await ways.CreateAsync(UnsubscribeTokens.GrantOf(grant.Subscriber, grant.Content), context.RequestAborted) : null;
        return TokenPages.Page(context, FeedbackPage.Done(verdict, grant, configuration.Current, way is null ? null : $"/u/{way}"));
    }
}
