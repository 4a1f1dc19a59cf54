using System.Buffers.Text;
using System.Text.Json;

namespace NewsWatch.Desk.Access;

/// <summary>
/// An ID token's claims. It comes from the provider itself over a connection whose certificate was checked, which stands for its signature
/// (OpenID Connect Core 1.0, section 3.1.3.7, number 6); what it says is checked here.
/// </summary>
internal static class IdToken
{
    /// <summary>Clocks may differ by this much.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>The claims, or why they do not count.</summary>
    public static (JsonElement? Claims, string? Problem) Read(string token, string issuer, string clientId, string nonce, DateTimeOffset now)
    {
        if (Payload(token) is not { ValueKind: JsonValueKind.Object } claims)
        {
            return (null, "its ID token cannot be read");
        }

        var problem = Text(claims, "iss") != issuer ? "the ID token is of another issuer"
            : !IsFor(claims, clientId) ? "the ID token is for another client"
            : Text(claims, "nonce") != nonce ? "the ID token belongs to another sign-in"
            : !(claims.TryGetProperty("exp", out var exp) && exp.ValueKind == JsonValueKind.Number && exp.TryGetDouble(out var until) && until + Skew.TotalSeconds > now.ToUnixTimeSeconds()) ? "the ID token has ended"
            : Text(claims, "sub") is null ? "the ID token names nobody"
            : null;
        return problem is null ? (claims, null) : (null, problem);
    }

    /// <summary>What the record of acts calls the token's owner.</summary>
    public static string NameIn(JsonElement claims) => Text(claims, "preferred_username") ?? Text(claims, "email") ?? Text(claims, "name") ?? Text(claims, "sub")!;

    /// <summary>A text of a JSON object; null if it has none, or an empty one.</summary>
    public static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String && found.GetString() is { Length: > 0 } text ? text : null;

    private static bool IsFor(JsonElement claims, string clientId)
    {
        if (!claims.TryGetProperty("aud", out var audience))
        {
            return false;
        }

        var isNamed = audience.ValueKind == JsonValueKind.Array
            ? audience.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.ValueEquals(clientId))
            : audience.ValueKind == JsonValueKind.String && audience.ValueEquals(clientId);
        return isNamed && (Text(claims, "azp") ?? clientId) == clientId;
    }

    private static JsonElement? Payload(string token)
    {
        try
        {
            return token.Split('.') is [_, var payload, _] ? JsonDocument.Parse(Base64Url.DecodeFromChars(payload)).RootElement : null;
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException)
        {
            return null;
        }
    }
}
