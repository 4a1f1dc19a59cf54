using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using NewsWatch.Configuration;
using NewsWatch.Messages.Atom;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;

namespace NewsWatch.Web;

/// <summary>Alerts as Atom feeds on the operator's port, for readers that know no other sign-in than an address: <c>/atom/TOKEN/rule/ID</c>, <c>/atom/TOKEN/label/NAME/VALUE</c>.</summary>
/// <param name="token"><c>Web:FeedToken</c>; null for no feeds.</param>
internal sealed class AlertFeeds(string? token, Database database, ConfigurationHolder configuration)
{
    private const int MinToken = 16;
    private const int MaxEntries = 50;

    /// <summary>Reads the token.</summary>
    /// <exception cref="SettingException">It is shorter than 16 characters.</exception>
    public static string? TokenFrom(IConfiguration settings) => settings["Web:FeedToken"] switch
    {
        null or "" => null,
        { Length: < MinToken } => throw new SettingException($"Web:FeedToken is shorter than {MinToken} characters. Take e.g. the output of: openssl rand -hex 16"),
        var token => token,
    };

    /// <summary>Maps the routes; without a token there is nothing at any of them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapReading("/atom/{token}/rule/{id}", (string token, string id, HttpContext context, AlertFeeds feeds) => feeds.OfRule(token, id, context));
        routes.MapReading("/atom/{token}/label/{name}/{value}", (string token, string name, string value, HttpContext context, AlertFeeds feeds) => feeds.OfLabel(token, name, value, context));
    }

    private IResult OfRule(string given, string id, HttpContext context) =>
        Admits(given) && configuration.Current.Rules.ContainsKey(id) ? Feed($"rule/{id}", [id], context) : Results.NotFound();

    private IResult OfLabel(string given, string name, string value, HttpContext context)
    {
        var rules = configuration.Current.Rules.Values.Where(rule => rule.Labels.TryGetValue(name, out var label) && label == value).Select(rule => rule.Id).ToList();
        return Admits(given) && rules.Count > 0 ? Feed($"label/{name}/{value}", rules, context) : Results.NotFound();
    }

    /// <summary>The newest alerts; 304 without a body where the reader has them.</summary>
    private IResult Feed(string name, IReadOnlyList<string> rules, HttpContext context)
    {
        var alerts = database.Read(db => AlertStore.Newest(db, rules, MaxEntries));
        var body = AtomFeed.Of(name, alerts, configuration.Current.Defaults.TimeZone);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body))[..32]}\"";
        context.Response.Headers.ETag = tag;
        return context.Request.Headers.IfNoneMatch.Contains(tag) ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Bytes(body, "application/atom+xml; charset=utf-8");
    }

    private bool Admits(string given) => token is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
