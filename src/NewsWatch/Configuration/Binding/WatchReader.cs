using NewsWatch.Configuration.Json;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;

namespace NewsWatch.Configuration.Binding;

/// <summary>The section NewsWatch, key by key, in the order in which they build on each other.</summary>
/// <param name="before">The configuration in force, whose rules are parsed and compiled already; or null.</param>
internal sealed class WatchReader(Secrets secrets, string folder, Func<string, ConfigurationFile?> include, WatchConfiguration? before)
{
    private const int KnownVersion = 1;

    /// <summary>Reads the whole section.</summary>
    /// <param name="version">Called once everything is read, including includes.</param>
    public WatchConfiguration Read(Section section, Func<string> version)
    {
        section.Int("Version", KnownVersion, KnownVersion, KnownVersion);
        var empty = section.Bool("Empty");
        var op = new OperatorReader(secrets).Read(section.Object("Operator"));
        var defaults = DefaultsReader.Read(section.Object("Defaults"));
        var publishers = PublishersReader.Read(section);
        var sourcesReader = new SourcesReader(secrets, folder, defaults, publishers, op);
        var sources = sourcesReader.Read(section);
        var (vocabulary, places) = new VocabularyReader(include).Read(section);
        var references = new References([.. sources.Keys, .. sourcesReader.Groups], [.. publishers.Keys.Concat(sources.Values.Select(source => source.Publisher?.Id).OfType<string>()).Distinct()], section.Keys("Rules"));
        var known = before is not null && vocabulary.SaysTheSame(before.Vocabulary) ? before.Rules : new Dictionary<string, WatchRule>();
        var rules = new RulesReader(vocabulary, places, references, defaults.TimeZone, known).Read(section);
        var channels = new ChannelsReader(secrets, op, defaults.TimeZone).Read(section);
        var selector = new RuleSelector(rules, section.Keys("Rules"));
        var teams = new TeamsReader(defaults, channels, selector).Read(section);
        var subscribers = new SubscribersReader(defaults, channels, teams.Values, selector).Read(section);
        var routes = new RoutesReader(subscribers, teams, channels, rules, references).Read(section.Object("Routes"));
        CheckWhole(section, empty, sources, rules);
        CheckVia(section, "Defaults", defaults.Via, channels);
        CheckVia(section, "Operator", op.Via, channels);
        if (op.To.Count > 0 && (op.Via ?? defaults.Via) is null)
        {
            section.Problems.Error(section.PlaceOf("Operator"), "Operator.Via", "is missing, and Defaults.Via names no channel either.");
        }

        op = WithDefaultRecipient(section, op, channels.GetValueOrDefault(op.Via ?? defaults.Via ?? ""));
        if (!section.Problems.AnyError)
        {
            UnusedEntryWarnings.Warn(section, rules, subscribers, routes);
            BusyHostWarnings.Warn(section, sources.Values);
        }

        section.Close();
        return new WatchConfiguration
        {
            Version = version(),
            Defaults = defaults,
            Publishers = publishers,
            Sources = sources,
            Vocabulary = vocabulary,
            Rules = rules,
            RuleSet = Compile([.. rules.Values.Select(rule => rule.Rule)], vocabulary),
            Channels = channels,
            Subscribers = subscribers,
            Routes = routes,
            Operator = op with { Via = op.Via ?? defaults.Via },
        };
    }

    private RuleSet Compile(IReadOnlyList<Rule> rules, Vocabulary vocabulary) =>
        before is null ? RuleSet.Compile(rules, vocabulary) : before.RuleSet.Recompile(rules, vocabulary, id => before.Rules.GetValueOrDefault(id)?.Rule);

    /// <summary>A mail needs an address of the operator; a webhook does not.</summary>
    private static Operator WithDefaultRecipient(Section section, Operator op, Channel? channel)
    {
        if (op.To.Count > 0)
        {
            return op;
        }

        if (channel is Channel.Webhook)
        {
            return op with { To = ["operator"] };
        }

        if (!section.Problems.AnyError)
        {
            section.Problems.Warn(section.PlaceOf("Operator"), "Operator.To", "is empty: no one will be notified when a source fails, a channel goes dead or an edit is rejected.");
        }

        return op;
    }

    /// <summary>A file that is cut off often still parses, so an empty configuration must say that it is meant.</summary>
    private static void CheckWhole(Section section, bool empty, Dictionary<string, Source> sources, Dictionary<string, WatchRule> rules)
    {
        if (empty)
        {
            return;
        }

        // Entries with errors are reported already; this is for missing ones.
        Refuse(sources.Count == 0 && section.Members("Sources").Count == 0, "Sources", "no sources.");
        Refuse(rules.Count == 0 && section.Members("Rules").Count == 0, "Rules", "no rules.");
        void Refuse(bool nothing, string key, string message)
        {
            if (nothing)
            {
                section.Problems.Error(section.PlaceOf(key), key, message + " If you mean it, set \"Empty\": true.");
            }
        }
    }

    private static void CheckVia(Section section, string key, string? via, IReadOnlyDictionary<string, Channel> channels)
    {
        if (via is not null && !channels.ContainsKey(via))
        {
            section.Problems.Error(
                section.Object(key)!.PlaceOf("Via"), $"{key}.Via", Spelling.Unknown("channel", via, [.. channels.Keys]));
        }
    }
}
