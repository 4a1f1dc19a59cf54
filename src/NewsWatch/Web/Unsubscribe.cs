using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NewsWatch.Configuration;
using NewsWatch.Messages.Unsubscribing;
using NewsWatch.Storage.Subscribers;

namespace NewsWatch.Web;

/// <summary>
/// <c>/u/TOKEN</c>: GET shows a page with a button and changes nothing, so that link scanners unsubscribe nobody; POST alone acts,
/// at once, whether from the page or from a mail program (RFC 8058).
/// </summary>
internal static class Unsubscribe
{
    /// <summary>Adds the two routes.</summary>
    public static void MapUnsubscribe(this IEndpointRouteBuilder routes)
    {
        routes.MapReading("/u/{token}", ShowAsync);
        routes.MapPost("/u/{token}", ActAsync);
    }

    private static async Task<IResult> ShowAsync(string token, UnsubscribeTokens tokens, ConfigurationHolder configuration, HttpContext context)
    {
        var grant = await tokens.ReadAsync(token, context.RequestAborted);
        return grant is null ? TokenPages.Unknown(context) : TokenPages.Page(context, UnsubscribePage.Ask(grant, configuration.Current));
    }

    private static async Task<IResult> ActAsync(string token, UnsubscribeTokens tokens, ConfigurationHolder configuration, UnsubscribeRegister register, HttpContext context)
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

        var oneClick = form["List-Unsubscribe"] == "One-Click";
        if (Scope(grant, oneClick ? "" : form["scope"].ToString()) is not { } scope)
        {
            return Results.BadRequest();
        }

        await register.AddAsync(grant.Subscriber, scope, oneClick ? "one-click" : "page");
        return TokenPages.Page(context, UnsubscribePage.Done(scope, grant, configuration.Current));
    }

    /// <summary>What a choice means: one click is the narrowest thing that the mail was about as a whole: its rule, else everything.</summary>
    private static string? Scope(UnsubscribeGrant grant, string choice) => choice switch
    {
        "" or "rule" when grant.Rule is { } rule => $"rule:{rule}",
        "story" when grant.Story is { } story => $"story:{story}",
        "" or "all" => "all",
        _ => null,
    };
}
