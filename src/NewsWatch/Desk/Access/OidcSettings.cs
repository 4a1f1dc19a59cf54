using System.Text.Json;
using Microsoft.Extensions.Configuration;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Binding;

namespace NewsWatch.Desk.Access;

/// <summary>An OpenID provider, and what its claims make of people.</summary>
/// <param name="ClientSecret">Null for a public client: PKCE alone binds its code.</param>
/// <param name="RedirectUri">The desk's address to come back to; null for the one that the browser used.</param>
/// <param name="Operators">Claims with their values, one of which makes an operator.</param>
/// <param name="Viewers">Claims with their values, one of which makes a viewer.</param>
internal sealed record OidcSettings(
    Uri Authority, string ClientId, string? ClientSecret, Uri? RedirectUri, IReadOnlyList<(string Claim, string Value)> Operators, IReadOnlyList<(string Claim, string Value)> Viewers)
{
    /// <summary>The scopes that are asked for: who it is, with name and address.</summary>
    public const string Scopes = "openid profile email";

    /// <summary>Reads the section.</summary>
    /// <exception cref="SettingException">A setting is missing or cannot be used.</exception>
    public static OidcSettings From(IConfigurationSection section)
    {
        var settings = new OidcSettings(
            DeskSettings.Read(section, "Authority", SignInReader.Authority, isNeeded: true),
            DeskSettings.Read<string>(section, "ClientId", text => text, isNeeded: true),
            DeskSettings.Read(section, "ClientSecret", Secrets.OfProcess.Read),
            DeskSettings.Read(section, "RedirectUri", SignInReader.Redirect),
            DeskSettings.Read(section, "Operators", SignInReader.Claims) ?? [],
            DeskSettings.Read(section, "Viewers", SignInReader.Claims) ?? []);
        return settings.Operators.Count + settings.Viewers.Count > 0
            ? settings
            : throw new SettingException($"{section.Path}: nobody may sign in. Set Operators or Viewers, e.g. {section.Path}:Operators to groups=newsroom.");
    }

    /// <summary>What the claims make of their owner; null for nobody.</summary>
    public Role? RoleOf(JsonElement claims) =>
        Operators.Any(wanted => Has(claims, wanted)) ? Role.Operator : Viewers.Any(wanted => Has(claims, wanted)) ? Role.Viewer : null;

    /// <summary>An address counts only where the provider says that it is its owner's.</summary>
    private static bool Has(JsonElement claims, (string Claim, string Value) wanted) =>
        claims.TryGetProperty(wanted.Claim, out var found)
        && (wanted.Claim != "email" || (claims.TryGetProperty("email_verified", out var verified) && verified.ToString().Equals("true", StringComparison.OrdinalIgnoreCase)))
        && (found.ValueKind == JsonValueKind.Array ? found.EnumerateArray().Any(one => Is(one, wanted.Value)) : Is(found, wanted.Value));

    private static bool Is(JsonElement found, string value) => found.ValueKind is JsonValueKind.String or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number
        && found.ToString().Equals(value, found.ValueKind == JsonValueKind.String ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
}
