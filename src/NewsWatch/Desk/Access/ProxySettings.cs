using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Binding;
using NewsWatch.Messages;

namespace NewsWatch.Desk.Access;

/// <summary>A proxy that people sign in at: it names them in a header, which counts only on connections from its own networks.</summary>
/// <param name="Header">The header with the name.</param>
/// <param name="GroupsHeader">The header with the groups, divided by commas; null for none.</param>
/// <param name="Networks">The networks that the proxy calls from.</param>
/// <param name="Operators">Names, <c>group:NAME</c>, or <c>*</c> for everybody.</param>
/// <param name="Viewers">The same for viewers.</param>
internal sealed record ProxySettings(string Header, string? GroupsHeader, IReadOnlyList<IPNetwork> Networks, IReadOnlyList<string> Operators, IReadOnlyList<string> Viewers)
{
    private const string Everybody = "*";
    private const string Group = "group:";

    /// <summary>Reads the section.</summary>
    /// <exception cref="SettingException">A setting is missing or cannot be used.</exception>
    public static ProxySettings From(IConfigurationSection section)
    {
        var settings = new ProxySettings(
            DeskSettings.Read<string>(section, "Header", text => text, isNeeded: true),
            DeskSettings.Read<string>(section, "GroupsHeader", text => text),
            DeskSettings.Read(section, "From", SignInReader.Networks, isNeeded: true),
            DeskSettings.Read(section, "Operators", SignInReader.People) ?? [],
            DeskSettings.Read(section, "Viewers", SignInReader.People) ?? []);
        return settings.Operators.Count + settings.Viewers.Count > 0
            ? settings
            : throw new SettingException($"{section.Path}: nobody may come in. Set Operators or Viewers, e.g. {section.Path}:Viewers to *.");
    }

    /// <summary>True if the connection comes from the proxy: no header says so, its own other end does.</summary>
    public bool Calls(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } peer && Networks.Any(network => network.Contains(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer));

    /// <summary>Whom the proxy names; null for nobody, for two names, and for one that is not on a list.</summary>
    public Visitor? Named(IHeaderDictionary headers)
    {
        if (headers[Header] is not [{ Length: > 0 } name])
        {
            return null;
        }

        var groups = GroupsHeader is null ? [] : headers[GroupsHeader].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return Has(Operators, name, groups) ? Of(Role.Operator) : Has(Viewers, name, groups) ? Of(Role.Viewer) : null;

        Visitor Of(Role role) => new(role, TextCleaner.Line(name, Visitor.MaxName), SignedIn: false);
    }

    private static bool Has(IReadOnlyList<string> list, string name, string[] groups) =>
        list.Any(entry => entry == Everybody || (entry.StartsWith(Group, StringComparison.Ordinal) ? groups.Contains(entry[Group.Length..]) : entry == name));
}
