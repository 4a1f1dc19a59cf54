using Microsoft.AspNetCore.Http;

namespace NewsWatch.Desk.Frames;

/// <summary>Light, dark, or as the system has it: in a cookie, so that the first paint is right without script.</summary>
internal static class Theme
{
    private const string Cookie = "newswatch-theme";
    private static readonly string[] Names = ["system", "light", "dark"];

    /// <summary>The theme of this browser.</summary>
    public static string Of(HttpRequest request) => request.Cookies[Cookie] is { } name && Names.Contains(name) ? name : Names[0];

    /// <summary>Keeps the next theme for a year: system, light, dark, system, ...</summary>
    public static void Turn(HttpContext context) => context.Response.Cookies.Append(
        Cookie,
        Names[(Array.IndexOf(Names, Of(context.Request)) + 1) % Names.Length],
        new() { MaxAge = TimeSpan.FromDays(365), Path = "/", SameSite = SameSiteMode.Strict, HttpOnly = true, Secure = context.Request.IsHttps });
}
