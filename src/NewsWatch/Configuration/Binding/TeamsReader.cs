using NewsWatch.Core.Alerts;

namespace NewsWatch.Configuration.Binding;

/// <summary>The common values of a team's members: rules, and defaults for what a member does not set.</summary>
/// <param name="Rules">Null if the team chooses none; then each member chooses.</param>
internal sealed record Team(string Id, IReadOnlySet<string> Members, IReadOnlySet<string>? Rules)
{
    public string? Channel { get; init; }

    public TimeZoneInfo? TimeZone { get; init; }

    public QuietHours? QuietHours { get; init; }

    public Cap? Cap { get; init; }

    public Muting? Muted { get; init; }
}

/// <summary>Teams: subscribers who get the same alerts.</summary>
internal sealed class TeamsReader(Defaults defaults, IReadOnlyDictionary<string, Channel> channels, RuleSelector selector)
{
    public Dictionary<string, Team> Read(Section section)
    {
        var subscribers = section.Keys("Subscribers");
        return section.Entries("Teams").Select(entry => Read(entry.Id, entry.Entry, subscribers)).ToDictionary(team => team.Id);
    }

    private Team Read(string id, Section section, IReadOnlyCollection<string> subscribers)
    {
        if (subscribers.Contains(id))
        {
            section.Problems.Error(section.Place, section.Path, "is a subscriber's id as well. Give one of them another.");
        }

        var members = section.Texts("Members");
        foreach (var odd in members.Where(member => !subscribers.Contains(member.Text)))
        {
            section.Problems.Error(odd.Place, section.PathOf("Members"), Spelling.Unknown("subscriber", odd.Text, subscribers));
        }

        if (members.Count == 0)
        {
            section.Problems.Warn(section.Place, section.PathOf("Members"), "the team has no members.");
        }

        var team = new Team(id, members.Select(member => member.Text).ToHashSet(), section.Has("Rules") ? selector.Read(section, "Rules") ?? selector.All : null)
        {
            Channel = Via(section),
            TimeZone = section.Has("TimeZone") ? section.Value("TimeZone", Values.Zone, defaults.TimeZone) : null,
            QuietHours = SubscribersReader.Quiet(section.Object("QuietHours")),
            Cap = section.Has("Cap") ? section.Value("Cap", Values.Cap, defaults.PerSubscriberCap) : null,
            Muted = section.Muted(defaults.TimeZone),
        };
        section.Close();
        return team;
    }

    private string? Via(Section section)
    {
        if (section.Text("Via") is not { } via)
        {
            return null;
        }

        if (!channels.ContainsKey(via.Text))
        {
            section.Problems.Error(via.Place, section.PathOf("Via"), Spelling.Unknown("channel", via.Text, [.. channels.Keys]));
        }

        return via.Text;
    }
}
