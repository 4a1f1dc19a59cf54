using Microsoft.Extensions.Configuration;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Json;

namespace NewsWatch.Desk.Access;

/// <summary>The desk's settings in the section Web.</summary>
/// <param name="IsOn"><c>Web:Desk</c>; without it no page exists.</param>
/// <param name="ViewerToken"><c>Web:ViewerToken</c>: opens every page, but shows no addresses of people; null for none.</param>
/// <param name="Oidc"><c>Web:Oidc</c>: an OpenID provider that people sign in at; null for none.</param>
/// <param name="Proxy"><c>Web:Proxy</c>: a proxy that says who asks; null for none.</param>
internal sealed record DeskSettings(bool IsOn, string? ViewerToken, OidcSettings? Oidc, ProxySettings? Proxy)
{
    /// <summary>Reads the settings; an empty one counts as absent.</summary>
    /// <exception cref="SettingException">A setting cannot be used; the message says which and what to write.</exception>
    public static DeskSettings From(IConfiguration settings) => new(
        !string.Equals(settings["Web:Desk"], "false", StringComparison.OrdinalIgnoreCase),
        string.IsNullOrWhiteSpace(settings["Web:ViewerToken"]) ? null : settings["Web:ViewerToken"],
        settings.GetSection("Web:Oidc") is var oidc && oidc.Exists() ? OidcSettings.From(oidc) : null,
        settings.GetSection("Web:Proxy") is var proxy && proxy.Exists() ? ProxySettings.From(proxy) : null);

    /// <summary>A setting of a section.</summary>
    /// <exception cref="SettingException">It is wrong, or missing though it is needed.</exception>
    public static T Read<T>(IConfigurationSection section, string key, Func<string, ParseResult<T>> read, bool isNeeded = false)
    {
        var text = section[key];
        if (string.IsNullOrWhiteSpace(text))
        {
            return isNeeded ? throw new SettingException($"{section.Path}:{key} is missing.") : default!;
        }

        var (value, error) = read(text);
        return error is null ? value! : throw new SettingException($"{section.Path}:{key}: {error}");
    }
}
