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
        return grant is null ? Unknown(context) : Page(context, UnsubscribePage.Ask(grant, configuration.Current), StatusCodes.Status200OK);
    }

    private static async Task<IResult> ActAsync(string token, UnsubscribeTokens tokens, ConfigurationHolder configuration, UnsubscribeRegister register, HttpContext context)
    {
        if (await tokens.ReadAsync(token, context.RequestAborted) is not { } grant)
        {
            return Unknown(context);
        }

        if (!context.Request.HasFormContentType)
        {
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }

        var (form, refusal) = await FormAsync(context.Request);
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
        return Page(context, UnsubscribePage.Done(scope, grant, configuration.Current), StatusCodes.Status200OK);
    }

    /// <summary>The form, or the status that says what is wrong with it.</summary>
    private static async Task<(IFormCollection? Form, int Refusal)> FormAsync(HttpRequest request)
    {
        try
        {
            return (await request.ReadFormAsync(request.HttpContext.RequestAborted), StatusCodes.Status200OK);
        }
        catch (BadHttpRequestException refused)
        {
            return (null, refused.StatusCode);
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException)
        {
            return (null, StatusCodes.Status400BadRequest);
        }
    }

    /// <summary>What a choice means: one click is the narrowest thing that the mail was about as a whole: its rule, else everything.</summary>
    private static string? Scope(UnsubscribeGrant grant, string choice) => choice switch
    {
        "" or "rule" when grant.Rule is { } rule => $"rule:{rule}",
        "story" when grant.Story is { } story => $"story:{story}",
        "" or "all" => "all",
        _ => null,
    };

    private static IResult Unknown(HttpContext context) => Page(context, UnsubscribePage.Unknown(), StatusCodes.Status410Gone);

    private static IResult Page(HttpContext context, string html, int status)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = $"default-src 'none'; style-src '{UnsubscribePage.StyleHash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        return Results.Content(html, "text/html; charset=utf-8", statusCode: status);
    }
}
