using System.Net;
using NewsWatch.Configuration;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;

namespace NewsWatch.Tests.Support;

/// <summary>Configurations for tests that need no file.</summary>
internal static class WatchConfigurations
{
    /// <summary>These sources, no rules, an operator who may reach loopback on the given ports.</summary>
    public static WatchConfiguration Of(IEnumerable<Source> sources, params int[] ports) => new()
    {
        Version = "test",
        Defaults = new Defaults(),
        Publishers = new Dictionary<string, Publisher>(),
        Sources = sources.ToDictionary(source => source.Id),
        Vocabulary = Vocabulary.Empty,
        Rules = new Dictionary<string, WatchRule>(),
        RuleSet = RuleSet.Compile([], Vocabulary.Empty),
        Channels = new Dictionary<string, Channel>(),
        Subscribers = new Dictionary<string, NewsWatch.Core.Alerts.Subscriber>(),
        Operator = new Operator
        {
            To = ["ops@example.com"],
            Via = "mail",
            Contact = "https://example.com/about",
            AllowPrivate = [IPNetwork.Parse("127.0.0.0/8")],
            AllowPorts = ports,
        },
    };
}
