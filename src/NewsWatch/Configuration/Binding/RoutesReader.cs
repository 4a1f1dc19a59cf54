using NewsWatch.Configuration.Json;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Configuration.Binding;

/// <summary>Routes: the tree that groups, delays and escalates.</summary>
internal sealed class RoutesReader(
    IReadOnlyDictionary<string, Subscriber> subscribers,
    IReadOnlyDictionary<string, Team> teams,
    IReadOnlyDictionary<string, Channel> channels,
    IReadOnlyDictionary<string, WatchRule> rules,
    References references)
{
    private readonly Dictionary<string, Place> _places = [];

    public Route? Read(Section? section)
    {
        if (section is null)
        {
            return null;
        }

        var root = Node(section, new Route());
        foreach (var route in RouteCoverage.Unreachable(root))
        {
            var path = "Routes" + string.Concat(route.Path.Select(child => $".Children[{child}]"));
            section.Problems.Warn(_places[path], path, route.Message);
        }

        return root;
    }

    private Route Node(Section section, Route parent)
    {
        _places[section.Path] = section.Place;
        var route = new Route
        {
            If = Condition(section),
            To = [.. section.Texts("To").SelectMany(to => ToWhom(section, to)).Distinct()],
            Via = section.Text("Via") is { } via ? Known(section, "Via", via, "channel", channels.Keys) : null,
            GroupBy = section.Has("GroupBy") ? section.Value("GroupBy", Values.Choice<GroupBy>("known"), GroupBy.None) : null,
            Wait = section.Has("Wait") ? section.Value("Wait", Values.Duration, TimeSpan.Zero) : null,
            FollowUpEvery = section.Has("FollowUpEvery") ? section.Value("FollowUpEvery", Values.Duration, TimeSpan.Zero) : null,
            Remind = section.Has("Remind") ? section.Value("Remind", Values.Duration, TimeSpan.Zero) : null,
            Digest = section.Has("Digest") ? section.Value("Digest", Values.Times, []) : [],
            Continue = section.Bool("Continue"),
        };
        var whole = route with { To = route.To.Count > 0 ? route.To : parent.To, Via = route.Via ?? parent.Via };
        if (route.To.Count > 0 || route.Via is not null)
        {
            CheckAddresses(section, whole);
        }

        route = route with { Children = [.. section.Sections("Children").ToList().Select(child => Node(child, whole))] };
        section.Close();
        return route;
    }

    /// <summary>Reports a route that would send mail to a subscriber without an address.</summary>
    private void CheckAddresses(Section section, Route whole)
    {
        if (whole.Via is not { } via || channels.GetValueOrDefault(via) is not (Channel.Email or Channel.Pickup))
        {
            return;
        }

        var key = section.Has("Via") ? "Via" : "To";
        var recipients = whole.To.Count > 0 ? whole.To.Select(id => subscribers.GetValueOrDefault(id)).OfType<Subscriber>() : subscribers.Values;
        foreach (var without in recipients.Where(subscriber => subscriber.Email is null))
        {
            section.Problems.Error(section.PlaceOf(key), section.PathOf(key), $"channel \"{via}\" sends mail, and subscriber \"{without.Id}\" has no Email.");
        }
    }

    private RouteCondition? Condition(Section section)
    {
        if (section.Text("If") is not { } text)
        {
            return null;
        }

        var (condition, errors) = RouteCondition.Parse(text.Text);
        foreach (var error in errors)
        {
            section.Problems.ErrorInside(text, error.Offset, section.PathOf("If"), error.Message);
        }

        foreach (var (comparison, offset) in condition?.Comparisons.Zip(condition.Offsets) ?? [])
        {
            CheckReference(section, text, comparison, offset);
        }

        return condition;
    }

    /// <summary>A comparison with an unknown name never holds, or always does: the route is dead, or takes the wrong alerts.</summary>
    private void CheckReference(Section section, TextNode text, RouteComparison comparison, int offset)
    {
        var path = section.PathOf("If");
        if (references.Unknown(comparison.Key, comparison.Value) is { } unknown)
        {
            section.Problems.ErrorInside(text, offset, path, unknown);
        }
        else if ((comparison.Key == "lang" ? References.OddLanguage(comparison.Value) : References.OddLabel(comparison, rules.Values)) is { } odd)
        {
            section.Problems.WarnInside(text, offset, path, odd);
        }
    }

    /// <summary>A subscriber, or the members of a team.</summary>
    private IEnumerable<string> ToWhom(Section section, TextNode to) =>
        teams.TryGetValue(to.Text, out var team) ? team.Members : [Known(section, "To", to, teams.Count > 0 ? "subscriber or team" : "subscriber", subscribers.Keys.Concat(teams.Keys))];

    private static string Known(Section section, string key, TextNode written, string what, IEnumerable<string> known)
    {
        if (!known.Contains(written.Text))
        {
            section.Problems.Error(written.Place, section.PathOf(key), Spelling.Unknown(what, written.Text, [.. known]));
        }

        return written.Text;
    }
}
