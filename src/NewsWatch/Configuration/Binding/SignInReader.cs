using System.Net;
using NewsWatch.Configuration.Json;

namespace NewsWatch.Configuration.Binding;

/// <summary>Checks how people sign in to the desk: <c>Web:Oidc</c> and <c>Web:Proxy</c>. The host reads the same values with environment variables over them.</summary>
internal static class SignInReader
{
    /// <summary>The path that the provider leads people back to.</summary>
    public const string ReturnPath = "/desk/sign-in/oidc";

    /// <summary>Checks the two sections.</summary>
    public static void Check(Section web)
    {
        if (web.Object("Oidc") is { } oidc)
        {
            oidc.RequiredText("Authority");
            oidc.RequiredText("ClientId");
            oidc.Value("Authority", Authority, null!);
            oidc.Value("ClientSecret", text => Secrets.IsReference(text) ? text : ParseResult<string>.Wrong("literal secrets are refused. Use \"env:NAME\" or \"file:/path\"."), "");
            oidc.Value("RedirectUri", Redirect, null!);
            oidc.Value("Operators", Claims, []);
            oidc.Value("Viewers", Claims, []);
            oidc.Close();
        }

        if (web.Object("Proxy") is { } proxy)
        {
            proxy.RequiredText("Header");
            proxy.Text("GroupsHeader");
            proxy.RequiredText("From");
            proxy.Value("From", Networks, []);
            proxy.Value("Operators", People, []);
            proxy.Value("Viewers", People, []);
            proxy.Close();
        }
    }

    /// <summary>An OpenID provider: https, or http on this machine.</summary>
    public static ParseResult<Uri> Authority(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && IsSafe(url) && url.Query.Length == 0 && url.Fragment.Length == 0
            ? url
            : ParseResult<Uri>.Wrong($"\"{text}\" is not the address of an OpenID provider. Write e.g. https://login.example.com/realms/news.");

    /// <summary>True where what is sent cannot be read on the way: by https, or on this machine.</summary>
    public static bool IsSafe(Uri url) => url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback);

    /// <summary>The desk's own address for the provider to lead back to.</summary>
    public static ParseResult<Uri> Redirect(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && IsSafe(url) && url.PathAndQuery == ReturnPath
            ? url
            : ParseResult<Uri>.Wrong($"\"{text}\" is not the desk's address to come back to. Write e.g. https://desk.example.com{ReturnPath}.");

    /// <summary>Claims and their values, divided by commas: <c>groups=newsroom, email=olga@example.com</c>.</summary>
    public static ParseResult<IReadOnlyList<(string Claim, string Value)>> Claims(string text)
    {
        var claims = Divided(text).Select(part => (Part: part, At: part.IndexOf('=', StringComparison.Ordinal))).ToList();
        return claims.Find(claim => claim.At < 1 || claim.At == claim.Part.Length - 1) is { Part: { } wrong }
            ? ParseResult<IReadOnlyList<(string, string)>>.Wrong($"\"{wrong}\" is not a claim with its value. Write e.g. groups=newsroom, email=olga@example.com.")
            : new([.. claims.Select(claim => (claim.Part[..claim.At].TrimEnd(), claim.Part[(claim.At + 1)..].TrimStart()))], null);
    }

    /// <summary>Names and groups of people, divided by commas: <c>olga, group:newsroom</c>; <c>*</c> is everybody.</summary>
    public static ParseResult<IReadOnlyList<string>> People(string text) => new(Divided(text), null);

    /// <summary>Networks, divided by commas: <c>10.0.0.0/8, 127.0.0.1</c>.</summary>
    public static ParseResult<IReadOnlyList<IPNetwork>> Networks(string text)
    {
        var networks = new List<IPNetwork>();
        foreach (var part in Divided(text))
        {
            if (Network(part) is not { } network)
            {
                return ParseResult<IReadOnlyList<IPNetwork>>.Wrong($"\"{part}\" is not a network. Write e.g. 10.0.0.0/8 or 127.0.0.1.");
            }

            networks.Add(network);
        }

        return networks.Count > 0 ? new(networks, null) : ParseResult<IReadOnlyList<IPNetwork>>.Wrong("names no network. Write those that the proxy calls from, e.g. 127.0.0.1.");
    }

    private static IPNetwork? Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;

    private static string[] Divided(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
