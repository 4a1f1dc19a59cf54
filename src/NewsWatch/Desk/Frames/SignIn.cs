using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NewsWatch.Configuration;
using NewsWatch.Desk.Access;
using NewsWatch.Messages;

namespace NewsWatch.Desk.Frames;

/// <summary>What the page to sign in shows.</summary>
/// <param name="To">The page to go to afterwards.</param>
/// <param name="Problem">Why the last attempt was not accepted; null before the first.</param>
public sealed record SignInModel(string To, string? Problem);

/// <summary>Signing in and out, and the choice of colours.</summary>
internal static class SignIn
{
    private const int MaxName = 40;

    /// <summary>The page with the form.</summary>
    public static IResult Ask(HttpContext context) => Page(context, Inside(context.Request.Query["to"].ToString()), null, StatusCodes.Status200OK);

    /// <summary>Takes the form.</summary>
    public static async Task<IResult> TakeAsync(HttpContext context)
    {
        var keeper = context.RequestServices.GetRequiredService<Doorkeeper>();
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var to = Inside(form["to"].ToString());
        if (keeper.Wait(context) is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Page(context, to, "Too many attempts. Try again in a minute.", StatusCodes.Status429TooManyRequests);
        }

        return await keeper.SignInAsync(context, form["token"].ToString().Trim(), TextCleaner.Line(form["name"].ToString().Trim(), MaxName))
            ? Results.Redirect(to)
            : Page(context, to, "Not accepted.", StatusCodes.Status403Forbidden);
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
        return PageResult.Of<SignInPage, SignInModel>(new("Sign in", "/desk/sign-in", Theme.Of(context.Request), null, null, zone, now), new(to, problem), status);
    }
}
