using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Extensions;
using NewsWatch.Configuration.Binding;

namespace NewsWatch.Desk.Access;

/// <summary>
/// The OpenID provider: where it lets people sign in, and whom a code stands for (authorization code flow with PKCE, RFC 6749, RFC 7636, OpenID Connect Core 1.0).
/// Each call has 10 seconds and 256 KiB, and follows no redirect.
/// </summary>
internal sealed class OidcProvider(OidcSettings settings, TimeProvider clock) : IDisposable
{
    private const int MaxReply = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Known = TimeSpan.FromHours(1);
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Patience, MaxResponseContentBufferSize = MaxReply };
    private volatile Places? _places;

    /// <summary>The provider's address at which a browser signs in, or why it has none.</summary>
    public async Task<(string? Address, string? Problem)> EntranceAsync(OidcSecret secret, string redirect, CancellationToken cancellationToken)
    {
        var (places, problem) = await PlacesAsync(cancellationToken);
        if (places is null)
        {
            return (null, problem);
        }

        var query = new QueryBuilder
        {
            { "response_type", "code" }, { "client_id", settings.ClientId }, { "redirect_uri", redirect }, { "scope", OidcSettings.Scopes },
            { "state", secret.State }, { "nonce", secret.Nonce }, { "code_challenge", secret.Challenge }, { "code_challenge_method", "S256" },
        }.ToQueryString().Value!;
        return (places.Entrance + (places.Entrance.Contains('?', StringComparison.Ordinal) ? "&" : "?") + query[1..], null);
    }

    /// <summary>Redeems a code; returns the claims of whom it stands for, or why they do not count.</summary>
    public async Task<(JsonElement? Claims, string? Problem)> RedeemAsync(string code, OidcSecret secret, string redirect, CancellationToken cancellationToken)
    {
        var (places, problem) = await PlacesAsync(cancellationToken);
        if (places is null)
        {
            return (null, problem);
        }

        using var request = Redemption(places, code, secret, redirect);
        var (reply, failure) = await CallAsync(request, cancellationToken);
        return reply is not { } said ? (null, failure)
            : IdToken.Text(said, "id_token") is not { } token ? (null, "its reply has no ID token")
            : IdToken.Read(token, places.Issuer, settings.ClientId, secret.Nonce, clock.GetUtcNow());
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Redemption(Places places, string code, OidcSecret secret, string redirect)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = redirect, ["code_verifier"] = secret.Verifier };
        var request = new HttpRequestMessage(HttpMethod.Post, places.Redemption);
        if (settings.ClientSecret is { } password && !places.WantsSecretInForm)
        {
            var pair = $"{Uri.EscapeDataString(settings.ClientId)}:{Uri.EscapeDataString(password)}"; // RFC 6749, section 2.3.1
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(pair)));
        }
        else
        {
            form["client_id"] = settings.ClientId;
            if (settings.ClientSecret is { } inForm)
            {
                form["client_secret"] = inForm;
            }
        }

        request.Content = new FormUrlEncodedContent(form);
        return request;
    }

    /// <summary>The provider's addresses, from its discovery document; asked for again after an hour.</summary>
    private async Task<(Places? Places, string? Problem)> PlacesAsync(CancellationToken cancellationToken)
    {
        if (_places is { } known && clock.GetElapsedTime(known.Read) < Known)
        {
            return (known, null);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, $"{settings.Authority.AbsoluteUri.TrimEnd('/')}/.well-known/openid-configuration");
        var (reply, failure) = await CallAsync(request, cancellationToken);
        if (reply is not { } said)
        {
            return (null, failure);
        }

        var (issuer, entrance, redemption) = (IdToken.Text(said, "issuer"), Endpoint(said, "authorization_endpoint"), Endpoint(said, "token_endpoint"));
        if (issuer is null || issuer.TrimEnd('/') != settings.Authority.AbsoluteUri.TrimEnd('/'))
        {
            return (null, $"its discovery document names the issuer \"{issuer}\". Set Web:Oidc:Authority to it");
        }

        return entrance is null || redemption is null
            ? (null, "its discovery document names no authorization_endpoint or token_endpoint with https")
            : (_places = new(issuer, entrance.AbsoluteUri, redemption, WantsForm(said), clock.GetTimestamp()), null);
    }

    private static Uri? Endpoint(JsonElement document, string name) =>
        Uri.TryCreate(IdToken.Text(document, name), UriKind.Absolute, out var url) && SignInReader.IsSafe(url) ? url : null;

    /// <summary>Basic is what a provider takes that says nothing.</summary>
    private static bool WantsForm(JsonElement document) =>
        document.TryGetProperty("token_endpoint_auth_methods_supported", out var ways) && ways.ValueKind == JsonValueKind.Array
        && ways.EnumerateArray().Select(way => way.ToString()).ToList() is var known && known.Contains("client_secret_post") && !known.Contains("client_secret_basic");

    private async Task<(JsonElement? Reply, string? Problem)> CallAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _client.SendAsync(request, cancellationToken);
            var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                return (null, $"it replied {(int)answer.StatusCode} to {request.RequestUri!.AbsolutePath}");
            }

            using var document = JsonDocument.Parse(body);
            return (document.RootElement.Clone(), null);
        }
        catch (Exception failed) when (failed is HttpRequestException or JsonException || (failed is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (null, $"{request.RequestUri!.AbsolutePath}: {failed.Message}");
        }
    }

    private sealed record Places(string Issuer, string Entrance, Uri Redemption, bool WantsSecretInForm, long Read);
}
