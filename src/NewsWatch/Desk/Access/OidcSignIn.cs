using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NewsWatch.Configuration.Binding;
using NewsWatch.Messages;

namespace NewsWatch.Desk.Access;

/// <summary>Signing in at the OpenID provider: out to it, and back with a code.</summary>
internal sealed partial class OidcSignIn(OidcSettings settings, OidcProvider provider, Doorkeeper keeper, ILogger<OidcSignIn> logger)
{
    private const string PlainCookie = "newswatch-oidc";
    private const string SecureCookie = "__Host-newswatch-oidc";
    private const int MaxTo = 1_000;
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);

    /// <summary>Begins a sign-in; returns the provider's address for the browser, or null if the provider cannot be used now.</summary>
    /// <param name="to">The page to go to afterwards.</param>
    public async Task<string?> BeginAsync(HttpContext context, string to)
    {
        var secret = OidcSecret.Create();
        var (address, problem) = await provider.EntranceAsync(secret, Redirect(context.Request), context.RequestAborted);
        if (address is null)
        {
            Unusable(logger, TextCleaner.Line(problem));
            return null;
        }

        var kept = $"{secret.Text}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(to.Length <= MaxTo ? to : ""))}";
        context.Response.Cookies.Append(CookieName(context.Request), kept, Cookie(context.Request));
        return address;
    }

    /// <summary>Ends a sign-in with what the provider sent the browser back with; returns the page to go to, or null if it is not accepted.</summary>
    public async Task<string?> EndAsync(HttpContext context)
    {
        var kept = context.Request.Cookies[CookieName(context.Request)]?.Split('.') ?? [];
        context.Response.Cookies.Delete(CookieName(context.Request), Cookie(context.Request));
        var problem = await TakeAsync(context, kept is [var secret, _] ? new(secret) : null);
        if (problem is null)
        {
            return PageIn(kept[1]);
        }

        keeper.Failed(context);
        NotAccepted(logger, TextCleaner.Line(problem));
        return null;
    }

    /// <summary>Lets in whom the code stands for; returns why nobody.</summary>
    private async Task<string?> TakeAsync(HttpContext context, OidcSecret? secret)
    {
        var query = context.Request.Query;
        if (secret is null || !secret.Began(query["state"].ToString()))
        {
            return "this browser began no sign-in, or longer than ten minutes ago";
        }

        if (query["code"].ToString() is not { Length: > 0 } code)
        {
            return $"the provider says {query["error"]} {query["error_description"]}";
        }

        var (claims, problem) = await provider.RedeemAsync(code, secret, Redirect(context.Request), context.RequestAborted);
        if (claims is not { } known)
        {
            return $"the provider: {problem}";
        }

        var name = TextCleaner.Line(IdToken.NameIn(known), Visitor.MaxName);
        if (settings.RoleOf(known) is not { } role)
        {
            return $"no claim of {name} is among Web:Oidc:Operators and Web:Oidc:Viewers";
        }

        keeper.Open(context, role, name);
        return null;
    }

    private string Redirect(HttpRequest request) => settings.RedirectUri?.AbsoluteUri ?? $"{request.Scheme}://{request.Host}{SignInReader.ReturnPath}";

    private static string PageIn(string kept) => Base64Url.IsValid(kept) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(kept)) : "";

    private static string CookieName(HttpRequest request) => request.IsHttps ? SecureCookie : PlainCookie;

    /// <summary>Lax: the provider's redirect comes from another site and must bring it.</summary>
    private static CookieOptions Cookie(HttpRequest request) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = request.IsHttps, Path = "/", MaxAge = GoodFor, IsEssential = true };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The OpenID provider cannot be used: {Problem}")]
    private static partial void Unusable(ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in by the OpenID provider was not accepted: {Problem}")]
    private static partial void NotAccepted(ILogger logger, string problem);
}
