using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace NewsWatch.Desk.Tests.Support;

/// <summary>
/// An OpenID provider on loopback, by the books and strict: discovery, a page on which a person signs in, codes that hold once, for one client, address and PKCE challenge,
/// and signed ID tokens. It is of another site than the desk: localhost, not 127.0.0.1.
/// </summary>
internal sealed class LocalProvider : IAsyncDisposable
{
    public const string ClientId = "newswatch desk";
    public const string ClientSecret = "s3cret: 100%";

    private readonly ConcurrentDictionary<string, Grant> _grants = new();
    private readonly RSA _key = RSA.Create(2048);
    private readonly WebApplication _app;
    private readonly TimeProvider _clock;

    private LocalProvider(WebApplication app, TimeProvider clock) => (_app, _clock) = (app, clock);

    /// <summary>Its address, which is its issuer.</summary>
    public string Authority => $"http://localhost:{new Uri(_app.Urls.First()).Port}";

    /// <summary>What the next tokens say of people, by their names.</summary>
    public Dictionary<string, JsonObject> People { get; } = new()
    {
        ["olga"] = new JsonObject { ["preferred_username"] = "olga", ["groups"] = new JsonArray("newsroom", "desk") },
        ["vera"] = new JsonObject { ["email"] = "vera@example.com", ["email_verified"] = true },
        ["mallory"] = new JsonObject { ["preferred_username"] = "mallory", ["email"] = "vera@example.com", ["email_verified"] = false, ["groups"] = new JsonArray("guests") },
    };

    /// <summary>Changes the claims of the next tokens.</summary>
    public Action<JsonObject> Change { get; set; } = _ => { };

    /// <summary>What was wrong with calls of the desk.</summary>
    public ConcurrentQueue<string> Refused { get; } = new();

    /// <summary>False for a provider that takes the secret in the form alone.</summary>
    public bool TakesBasic { get; set; } = true;

    public static async Task<LocalProvider> StartAsync(TimeProvider clock)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        var app = builder.Build();
        var provider = new LocalProvider(app, clock);
        app.UseRouting();
        app.MapGet("/.well-known/openid-configuration", provider.Discover);
        app.MapGet("/authorize", provider.Ask);
        app.MapPost("/authorize", provider.GrantAsync);
        app.MapPost("/token", provider.RedeemAsync);
        app.UseEndpoints(_ => { });
        await app.StartAsync();
        return provider;
    }

    /// <summary>The settings of a desk that signs in here.</summary>
    public (string, string)[] Settings(string secretFile) =>
    [
        ("Web:Oidc:Authority", Authority), ("Web:Oidc:ClientId", ClientId), ("Web:Oidc:ClientSecret", $"file:{secretFile}"),
        ("Web:Oidc:Operators", "groups=newsroom"), ("Web:Oidc:Viewers", "email=vera@example.com"),
    ];

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private string Discover() => new JsonObject
    {
        ["issuer"] = Authority,
        ["authorization_endpoint"] = $"{Authority}/authorize?tenant=news",
        ["token_endpoint"] = $"{Authority}/token",
        ["token_endpoint_auth_methods_supported"] = TakesBasic ? new JsonArray("client_secret_basic", "client_secret_post") : new JsonArray("client_secret_post"),
    }.ToJsonString();

    /// <summary>The page on which a person signs in.</summary>
    private IResult Ask(HttpRequest request)
    {
        var fields = string.Concat(request.Query.Select(pair => $"<input type=hidden name='{WebUtility.HtmlEncode(pair.Key)}' value='{WebUtility.HtmlEncode(pair.Value)}'>"));
        return Results.Content($"<!DOCTYPE html><title>Provider</title><form method=post>{fields}<input id=name name=name><button>Sign in</button></form>", "text/html");
    }

    private async Task<IResult> GrantAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (form["response_type"] != "code" || form["client_id"] != ClientId || form["code_challenge_method"] != "S256" || !$"{form["scope"]}".Split(' ').Contains("openid") || request.Query["tenant"] != "news")
        {
            return Refuse($"authorize: {request.QueryString}");
        }

        if (!People.ContainsKey(form["name"]!))
        {
            return Results.Redirect($"{form["redirect_uri"]}?error=access_denied&state={Uri.EscapeDataString(form["state"]!)}");
        }

        var code = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        _grants[code] = new(form["name"]!, form["redirect_uri"]!, form["code_challenge"]!, form["nonce"]!);
        return Results.Redirect($"{form["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(form["state"]!)}");
    }

    private async Task<IResult> RedeemAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (!IsClient(request, form))
        {
            return Refuse("token: another client");
        }

        if (!_grants.TryRemove(form["code"].ToString(), out var grant))
        {
            return Refuse("token: the code does not hold");
        }

        if (form["redirect_uri"] != grant.Redirect || Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != grant.Challenge)
        {
            return Refuse("token: another address or verifier");
        }

        var now = _clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject { ["iss"] = Authority, ["aud"] = ClientId, ["sub"] = $"id-of-{grant.Name}", ["iat"] = now, ["exp"] = now + 300, ["nonce"] = grant.Nonce };
        foreach (var (name, value) in People[grant.Name])
        {
            claims[name] = value?.DeepClone();
        }

        Change(claims);
        return Results.Text(new JsonObject { ["access_token"] = "unused", ["token_type"] = "Bearer", ["id_token"] = Signed(claims) }.ToJsonString(), "application/json");
    }

    private bool IsClient(HttpRequest request, IFormCollection form) => TakesBasic
        ? request.Headers.Authorization == $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Uri.EscapeDataString(ClientId)}:{Uri.EscapeDataString(ClientSecret)}"))}"
        : form["client_id"] == ClientId && form["client_secret"] == ClientSecret;

    private string Signed(JsonObject claims)
    {
        var signed = $"{Part("""{"alg":"RS256","typ":"JWT"}""")}.{Part(claims.ToJsonString())}";
        return $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";

        static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
    }

    private IResult Refuse(string why)
    {
        Refused.Enqueue(why);
        return Results.BadRequest();
    }

    private sealed record Grant(string Name, string Redirect, string Challenge, string Nonce);
}
