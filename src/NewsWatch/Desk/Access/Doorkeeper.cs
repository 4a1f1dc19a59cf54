using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using NewsWatch.Storage;
using NewsWatch.Web;

namespace NewsWatch.Desk.Access;

/// <summary>
/// Who may come in: by the session's cookie, by a program's token, by the name that the proxy gives, and where none of these is set anybody on this machine, as a viewer.
/// </summary>
internal sealed class Doorkeeper(OperatorPort port, DeskSettings settings, Sessions sessions, FailedSignIns failures, Database database, TimeProvider clock)
{
    private const string PlainCookie = "newswatch-desk";
    private const string SecureCookie = "__Host-newswatch-desk";

    /// <summary>Who asks; null for a stranger.</summary>
    public Visitor? Admit(HttpRequest request)
    {
        if (request.Cookies[CookieName(request)] is { } secret && sessions.Find(secret) is { } visitor)
        {
            return visitor;
        }

        if (ByToken(Bearer(request)) is { } program)
        {
            return new(program, Visitor.Program, SignedIn: false);
        }

        return settings.Proxy is { } proxy && proxy.Calls(request.HttpContext) ? proxy.Named(request.Headers)
            : port.Token is null && settings is { Oidc: null, Proxy: null } ? new(Role.Viewer, Visitor.ThisMachine, SignedIn: false)
            : null;
    }

    /// <summary>True unless another site's page may have made the browser send this: a browser says where a request comes from.</summary>
    public static bool IsOwn(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || Bearer(request).Length > 0)
        {
            return true;
        }

        var site = request.Headers["Sec-Fetch-Site"].ToString();
        return site.Length > 0
            ? site == "same-origin"
            : request.Headers.Origin.ToString() == $"{request.Scheme}://{request.Host}";
    }

    /// <summary>The time until this address may try to sign in again; null for now.</summary>
    public TimeSpan? Wait(HttpContext context) => failures.Wait(From(context));

    /// <summary>Signs in with a token, or with the code of a one-time link; false if neither is accepted.</summary>
    /// <param name="name">What the record of acts is to call this person; empty for the name that made the link, or for the role.</param>
    public async Task<bool> SignInAsync(HttpContext context, string given, string name)
    {
        var maker = "";
        if ((ByToken(given) ?? ((maker = await OneTimeCode.TakeAsync(database, given, clock, context.RequestAborted)) is null ? null : Role.Operator)) is not { } role)
        {
            Failed(context);
            return false;
        }

        Open(context, role, NameOf(name, maker, role));
        return true;
    }

    /// <summary>An attempt from this address was not accepted.</summary>
    public void Failed(HttpContext context) => failures.Add(From(context));

    /// <summary>Opens a session of this browser.</summary>
    public void Open(HttpContext context, Role role, string name) =>
        context.Response.Cookies.Append(CookieName(context.Request), sessions.Open(role, name), Cookie(context.Request));

    /// <summary>Ends the session of this browser.</summary>
    public void SignOut(HttpContext context)
    {
        if (context.Request.Cookies[CookieName(context.Request)] is { } secret)
        {
            sessions.Close(secret);
        }

        context.Response.Cookies.Delete(CookieName(context.Request), Cookie(context.Request));
    }

    private static string NameOf(string given, string? maker, Role role) => given.Length > 0 ? given : maker is { Length: > 0 } ? maker : role == Role.Operator ? "operator" : "viewer";

    private Role? ByToken(string given) =>
        port.Token is { } all && Same(given, all) ? Role.Operator : settings.ViewerToken is { } pages && Same(given, pages) ? Role.Viewer : null;

    private static bool Same(string given, string token) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static string Bearer(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith("Bearer ", StringComparison.Ordinal) ? header["Bearer ".Length..] : "";

    private static IPAddress From(HttpContext context) => context.Connection.RemoteIpAddress ?? IPAddress.None;

    private static string CookieName(HttpRequest request) => request.IsHttps ? SecureCookie : PlainCookie;

    private static CookieOptions Cookie(HttpRequest request) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = request.IsHttps, Path = "/", MaxAge = Sessions.Longest, IsEssential = true };
}
