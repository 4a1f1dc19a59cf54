using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NewsWatch.Configuration;
using NewsWatch.Desk.Access;
using NewsWatch.Messages;

namespace NewsWatch.Desk.Frames;

/// <summary>What the page to sign in shows.</summary>
/// <param name="To">The page to go to afterwards.</param>
/// <param name="Problem">Why the last attempt was not accepted; null before the first.</param>
/// <param name="Provider">The host of the OpenID provider; null for none.</param>
public sealed record SignInModel(string To, string? Problem, string? Provider);

/// <summary>Signing in and out, and the choice of colours.</summary>
internal static class SignIn
{
    /// <summary>The page with the form.</summary>
    public static IResult Ask(HttpContext context) => Page(context, Inside(context.Request.Query["to"].ToString()), null, StatusCodes.Status200OK);

    /// <summary>Takes the form.</summary>
    public static async Task<IResult> TakeAsync(HttpContext context)
    {
        var keeper = context.RequestServices.GetRequiredService<Doorkeeper>();
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var to = Inside(form["to"].ToString());
        return TooMany(context, to) ?? (await keeper.SignInAsync(context, form["token"].ToString().Trim(), TextCleaner.Line(form["name"].ToString().Trim(), Visitor.MaxName))
            ? Results.Redirect(to)
            : Page(context, to, "Not accepted.", StatusCodes.Status403Forbidden));
    }

    /// <summary>Leads to the OpenID provider. By a link and not by a form: the page's policy keeps forms, and what they lead to, on this site.</summary>
    public static async Task<IResult> GoAsync(HttpContext context)
    {
        var to = Inside(context.Request.Query["to"].ToString());
        if (context.RequestServices.GetService<OidcSignIn>() is not { } oidc)
        {
            return Results.NotFound();
        }

        return await oidc.BeginAsync(context, to) is { } address
            ? Results.Redirect(address)
            : Page(context, to, "The sign-in provider cannot be used just now. The log says why.", StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Takes what the provider sent the browser back with.</summary>
    public static async Task<IResult> ComeBackAsync(HttpContext context)
    {
        if (context.RequestServices.GetService<OidcSignIn>() is not { } oidc)
        {
            return Results.NotFound();
        }

        return TooMany(context, "/desk/") ?? (await oidc.EndAsync(context) is { } to ? Onward(Inside(to)) : Page(context, "/desk/", "Not accepted.", StatusCodes.Status403Forbidden));
    }

    /// <summary>
    /// A page that goes on by itself: a redirect would still count as coming from the provider's site, and the session's strict cookie would stay behind.
    /// </summary>
    private static IResult Onward(string to) => Results.Content(
        $"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0;url={HtmlEncoder.Default.Encode(to)}\"><title>Signed in · NewsWatch</title></head>"
        + $"<body><main><h1>Signed in</h1><p><a href=\"{HtmlEncoder.Default.Encode(to)}\">Go on to the desk</a></p></main></body></html>",
        "text/html; charset=utf-8");

    private static PageResult? TooMany(HttpContext context, string to)
    {
        if (context.RequestServices.GetRequiredService<Doorkeeper>().Wait(context) is not { } wait)
        {
            return null;
        }

        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Page(context, to, "Too many attempts. Try again in a minute.", StatusCodes.Status429TooManyRequests);
    }

    /// <summary>Ends the session.</summary>
    public static IResult Leave(HttpContext context)
    {
        context.RequestServices.GetRequiredService<Doorkeeper>().SignOut(context);
        return Results.Redirect("/desk/sign-in");
    }

    /// <summary>Turns to the next theme, and back to the page.</summary>
    public static async Task<IResult> TurnThemeAsync(HttpContext context)
    {
        Theme.Turn(context);
        return Results.Redirect(Inside((await context.Request.ReadFormAsync(context.RequestAborted))["to"].ToString()));
    }

    /// <summary>An address of the desk; anything else becomes the first page, so that no link leads a person who signed in elsewhere.</summary>
    public static string Inside(string to) =>
        to.StartsWith("/desk/", StringComparison.Ordinal) && !to.Contains('\\', StringComparison.Ordinal) && !to.Contains("//", StringComparison.Ordinal) && !to.Any(char.IsControl) ? to : "/desk/";

    private static PageResult Page(HttpContext context, string to, string? problem, int status)
    {
        var zone = context.RequestServices.GetRequiredService<ConfigurationHolder>().Current.Defaults.TimeZone;
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return PageResult.Of<SignInPage, SignInModel>(new("Sign in", "/desk/sign-in", Theme.Of(context.Request), null, null, zone, now), new(to, problem, context.RequestServices.GetRequiredService<DeskSettings>().Oidc?.Authority.Host), status);
    }
}
