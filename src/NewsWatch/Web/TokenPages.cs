using Microsoft.AspNetCore.Http;

namespace NewsWatch.Web;

/// <summary>What the pages behind the links of mails share: how a form is read, and what every answer carries.</summary>
internal static class TokenPages
{
    /// <summary>The form, or the status that says what is wrong with it.</summary>
    public static async Task<(IFormCollection? Form, int Refusal)> FormAsync(HttpRequest request)
    {
        if (!request.HasFormContentType)
        {
            return (null, StatusCodes.Status415UnsupportedMediaType);
        }

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

    /// <summary>For a token that is invalid or over.</summary>
    public static IResult Unknown(HttpContext context) => Page(context, UnsubscribePage.Unknown(), StatusCodes.Status410Gone);

    /// <summary>A page that loads nothing, runs nothing and is found by nobody.</summary>
    public static IResult Page(HttpContext context, string html, int status = StatusCodes.Status200OK)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = $"default-src 'none'; style-src '{UnsubscribePage.StyleHash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        return Results.Content(html, "text/html; charset=utf-8", statusCode: status);
    }
}
