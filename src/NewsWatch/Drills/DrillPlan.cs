using NewsWatch.Configuration;
using NewsWatch.Configuration.Binding;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Storage.Operators;

namespace NewsWatch.Drills;

/// <summary>A drill that can be begun: the rule, the example that it fires on, and whom it goes to.</summary>
internal sealed record DrillPlan(string Rule, string Example, IReadOnlyList<DrillAddress> Addresses)
{
    /// <summary>The operator's addresses, as whom a drill goes to.</summary>
    public const string Operator = "operator";

    /// <summary>What somebody asks for, or what is wrong with it.</summary>
    /// <param name="rule">The rule; empty for the first that can be drilled.</param>
    /// <param name="channels">The channels; empty for all that take drills, and for a subscriber the own one.</param>
    /// <param name="to">operator, or a subscriber's id.</param>
    public static (DrillPlan? Plan, string? Problem) Create(string rule, IReadOnlyList<string> channels, string to, WatchConfiguration configuration, DateTimeOffset now)
    {
        if (rule.Length > 0 && !configuration.Rules.ContainsKey(rule))
        {
            return (null, $"There is {Spelling.Unknown("rule", rule, [.. configuration.Rules.Keys])}");
        }

        var tried = rule.Length > 0 ? [configuration.Rules[rule]] : configuration.Rules.Values.OrderBy(one => one.Id, StringComparer.Ordinal).ToList();
        var (chosen, example) = tried.Select(one => (Rule: one, Example: FiringExample(one, configuration, now))).FirstOrDefault(one => one.Example is not null);
        if (example is null)
        {
            return (null, rule.Length > 0 ? $"Rule {rule} alerts nobody on its examples in Fires, so it cannot be drilled." : "No rule alerts on an example of its own. Give one an example in Fires.");
        }

        var (addresses, problem) = AddressesOf(channels, to, configuration);
        return problem is null ? (new(chosen.Id, example, addresses), null) : (null, problem);
    }

    /// <summary>The headline of the drill's article.</summary>
    public string Headline(DateTimeOffset now) => Marked(Example, now);

    private static string Marked(string example, DateTimeOffset now) => $"[DRILL {now.UtcDateTime:yyyy-MM-dd HH:mm}] {example.ReplaceLineEndings(" ")}";

    /// <summary>The first example that the rule would alert of now, under a drill's headline and from no source; null for none.</summary>
    private static string? FiringExample(WatchRule rule, WatchConfiguration configuration, DateTimeOffset now) =>
        Muting.WhyOf($"rule {rule.Id}", rule.Muted, now) is not null || rule.Rule.Needs.IsAny
            ? null
            : rule.Examples.Fires.FirstOrDefault(example => configuration.RuleSet
                .Match(configuration.DocumentOf(ArticleOf(Marked(example, now)), DrillStore.Source, now), CancellationToken.None)
                .Any(match => match.RuleId == rule.Id));

    /// <summary>As the service reads the drill's item.</summary>
    private static Article ArticleOf(string headline) => new() { Url = "https://drill.invalid/", Title = headline, Text = "", Language = TextLanguage.Of($"{headline}\n") };

    private static (IReadOnlyList<DrillAddress> Addresses, string? Problem) AddressesOf(IReadOnlyList<string> channels, string to, WatchConfiguration configuration)
    {
        if (channels.FirstOrDefault(channel => !configuration.Channels.ContainsKey(channel)) is { } unknown)
        {
            return ([], $"There is {Spelling.Unknown("channel", unknown, [.. configuration.Channels.Keys])}");
        }

        if (channels.FirstOrDefault(channel => !configuration.Channels[channel].TakesDrills) is { } closed)
        {
            return ([], $"Channel {closed} takes no drills. Write \"Drill\": true at Channels.{closed}.");
        }

        if (to != Operator)
        {
            return configuration.Subscribers.GetValueOrDefault(to) is not { } reader ? ([], $"There is {Spelling.Unknown("subscriber", to, [.. configuration.Subscribers.Keys])}")
                : ([.. (channels.Count > 0 ? channels : [reader.Channel]).Select(channel => new DrillAddress(reader.Id, channel))], null);
        }

        var open = channels.Count > 0 ? channels : [.. configuration.Channels.Values.Where(channel => channel.TakesDrills).Select(channel => channel.Id)];
        return configuration.Operator.To.Count == 0 ? ([], "Operator.To names nobody to send a drill to.")
            : open.Count == 0 ? ([], "No channel takes drills. Write \"Drill\": true at one.")
            : ([.. open.SelectMany(channel => ReadersOf(configuration.Channels[channel], configuration).Select(reader => new DrillAddress(reader, channel)))], null);
    }

    /// <summary>A webhook is called once, a mail goes to each address.</summary>
    private static IEnumerable<string> ReadersOf(Channel channel, WatchConfiguration configuration) => configuration.Operator.To.Take(channel is Channel.Webhook ? 1 : int.MaxValue);
}
