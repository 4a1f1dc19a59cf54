using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;

namespace NewsWatch.Tests.Support;

/// <summary>Small watch configurations for tests, to vary with <c>with</c>.</summary>
internal static class SomeWatch
{
    public static WatchRule Ceasefire { get; } = Rule("ceasefire", "ceasefire OR truce", Severity.Urgent);

    public static WatchRule Tariffs { get; } = Rule("tariffs", "tariff OR tariffs");

    public static Subscriber Anna { get; } = new() { Id = "anna", Email = "anna@example.com", Channel = "mail" };

    public static Subscriber Ben { get; } = new() { Id = "ben", Email = "ben@example.com", Channel = "mail", Rules = new HashSet<string> { "tariffs" } };

    public static Source Wire { get; } = new()
    {
        Id = "wire",
        Url = "https://wire.example.com/rss",
        Publisher = new("wire-co", "The Wire", Wire: true, StateAffiliated: false),
        FullText = FullText.Never,
    };

    public static Source Paper { get; } = new() { Id = "paper", Url = "https://paper.example.com/rss", FullText = FullText.Never };

    /// <summary>Two sources, two rules, two subscribers (ben wants tariffs only), mail into a folder.</summary>
    public static WatchConfiguration Default { get; } = Of([Wire, Paper], [Ceasefire, Tariffs], [Anna, Ben]);

    public static WatchConfiguration Of(IEnumerable<Source> sources, IReadOnlyList<WatchRule> rules, IEnumerable<Subscriber> subscribers, Route? routes = null) => new()
    {
        Version = "test00000000",
        Defaults = new() { Via = "mail" },
        Publishers = new Dictionary<string, Publisher>(),
        Sources = sources.ToDictionary(source => source.Id),
        Vocabulary = Vocabulary.Empty,
        Rules = rules.ToDictionary(rule => rule.Id),
        RuleSet = RuleSet.Compile([.. rules.Select(rule => rule.Rule)], Vocabulary.Empty),
        Channels = new Dictionary<string, Channel> { ["mail"] = new Channel.Pickup("mail") { Folder = "mail" }, ["hook"] = new Channel.Webhook("hook") { Url = new("https://hook.example.com/") } },
        Subscribers = subscribers.ToDictionary(subscriber => subscriber.Id),
        Routes = routes,
        Operator = new() { To = ["ops@example.com"], Via = "mail" },
    };

    public static WatchRule Rule(string id, string when, Severity severity = Severity.Routine)
    {
        var parsed = Query.Parse(when, Vocabulary.Empty);
        return new()
        {
            Id = id,
            Title = $"Rule {id}",
            When = when,
            Severity = severity,
            Rule = new(id, parsed.Query ?? throw new ArgumentException(when, nameof(when)), null) { Needs = parsed.Needs },
        };
    }
}
