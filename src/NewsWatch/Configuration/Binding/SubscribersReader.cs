using NewsWatch.Configuration.Json;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Configuration.Binding;

/// <summary>Subscribers: the people and programs that get alerts.</summary>
internal sealed class SubscribersReader(
    Defaults defaults, IReadOnlyDictionary<string, Channel> channels, IReadOnlyCollection<Team> teams, RuleSelector selector)
{
    public Dictionary<string, Subscriber> Read(Section section) =>
        section.Entries("Subscribers").Select(entry => Read(entry.Id, entry.Entry)).ToDictionary(subscriber => subscriber.Id);

    private Subscriber Read(string id, Section section)
    {
        var own = teams.Where(team => team.Members.Contains(id)).ToList();
        var (via, channel) = (section.Text("Via"), section.Text("Channel"));
        if (via is not null && channel is not null)
        {
            section.Problems.Error(channel.Place, section.PathOf("Channel"), "Via and Channel mean the same. Keep one.");
        }

        var subscriber = new Subscriber
        {
            Id = id,
            Email = section.Has("Email") ? section.Value<string?>("Email", text => Nullable(Values.Address(text)), null) : null,
            Channel = ChannelOf(section, channel ?? via, channel is null ? "Via" : "Channel", FirstOf(own, team => team.Channel) ?? defaults.Via),
            Rules = RulesOf(section, own),
            TimeZone = section.Value("TimeZone", Values.Zone, FirstOf(own, team => team.TimeZone) ?? defaults.TimeZone),
            QuietHours = section.Has("QuietHours") ? Quiet(section.Object("QuietHours")) : FirstOf(own, team => team.QuietHours),
            Cap = section.Value("Cap", Values.Cap, FirstOf(own, team => team.Cap) ?? defaults.PerSubscriberCap),
            Muted = section.Muted(defaults.TimeZone) ?? FirstOf(own, team => team.Muted),
        };
        if (!section.Has("Cap") && own.TrueForAll(team => team.Cap is null) && channels.GetValueOrDefault(subscriber.Channel) is Channel.Webhook)
        {
            subscriber = subscriber with { Cap = Cap.None };
        }

        if (subscriber.Email is null && !section.Has("Email") && channels.GetValueOrDefault(subscriber.Channel) is Channel.Email or Channel.Pickup)
        {
            section.Problems.Error(section.Place, section.PathOf("Email"), $"is missing: channel \"{subscriber.Channel}\" sends mail. Write \"Email\": \"{id}@example.com\".");
        }

        if (subscriber.Email is { } address && !System.Text.Ascii.IsValid(address.AsSpan(0, Math.Max(0, address.LastIndexOf('@')))))
        {
            section.Problems.Warn(section.PlaceOf("Email"), section.PathOf("Email"), "has letters beyond ASCII before the @: only mail servers with SMTPUTF8 accept it. Try: newswatch send-test " + id);
        }

        section.Close();
        return subscriber;
    }

    private static ParseResult<string?> Nullable(ParseResult<string> read) => new(read.Value, read.Error);

    private static T? FirstOf<T>(List<Team> own, Func<Team, T?> said)
        where T : class => own.Select(said).FirstOrDefault(value => value is not null);

    private string ChannelOf(Section section, TextNode? written, string key, string? defaultValue)
    {
        var id = written?.Text ?? defaultValue;
        if (id is null)
        {
            section.Problems.Error(section.Place, section.PathOf("Via"), $"is missing, and Defaults.Via names no channel either. {(channels.Count > 0 ? $"Write \"Via\": \"{channels.Keys.First()}\"." : "Define one under Channels.")}");
        }
        else if (written is not null && !channels.ContainsKey(id))
        {
            section.Problems.Error(written.Place, section.PathOf(key), Spelling.Unknown("channel", id, [.. channels.Keys]));
        }

        return id ?? "";
    }

    /// <summary>The subscriber's own rules and those of its teams; a member without rules of its own gets only the teams' rules.</summary>
    private HashSet<string>? RulesOf(Section section, List<Team> own)
    {
        var chosen = selector.Read(section, "Rules");
        var ofTeams = own.Select(team => team.Rules).OfType<IReadOnlySet<string>>().ToList();
        return ofTeams.Count == 0 || (chosen is null && section.Has("Rules")) ? chosen : [.. chosen ?? [], .. ofTeams.SelectMany(rules => rules)];
    }

    /// <summary>The quiet hours; null for none.</summary>
    public static QuietHours? Quiet(Section? section)
    {
        if (section is null)
        {
            return null;
        }

        section.RequiredText("From");
        section.RequiredText("To");
        var (from, to) = (section.Value<TimeOnly?>("From", Values.TimeOrNone, null), section.Value<TimeOnly?>("To", Values.TimeOrNone, null));
        var quiet = new QuietHours(from ?? default, to ?? default, section.Value("BreakThrough", Values.Choice<Severity>("a severity"), Severity.Flash));
        if (from is not null && from == to)
        {
            section.Problems.Error(section.PlaceOf("To"), section.PathOf("To"), "From and To are the same. Leave QuietHours out, or set another time.");
        }

        section.Close();
        return quiet;
    }
}
