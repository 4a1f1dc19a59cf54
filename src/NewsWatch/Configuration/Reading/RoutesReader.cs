using NewsWatch.Core.Alerts;

namespace NewsWatch.Configuration.Reading;

/// <summary>Routes: the tree that groups, delays and escalates.</summary>
internal sealed class RoutesReader(
    IReadOnlyDictionary<string, Subscriber> subscribers, IReadOnlyDictionary<string, Channel> channels, IReadOnlyDictionary<string, WatchRule> rules, References references)
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
            To = [.. section.Texts("To").Select(to => Known(section, "To", to, "subscriber", subscribers.Keys))],
            Via = section.Text("Via") is { } via ? Known(section, "Via", via, "channel", channels.Keys) : null,
            GroupBy = section.Has("GroupBy") ? section.Value("GroupBy", Values.Choice<GroupBy>("known"), GroupBy.None) : null,
            Wait = section.Has("Wait") ? section.Value("Wait", Values.Duration, TimeSpan.Zero) : null,
            FollowUpEvery = section.Has("FollowUpEvery") ? section.Value("FollowUpEvery", Values.Duration, TimeSpan.Zero) : null,
            Digest = section.Has("Digest") ? section.Value("Digest", Values.Times, []) : [],
            Continue = section.Flag("Continue"),
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

    /// <summary>A mail to somebody without an address would be decided, and then die.</summary>
    private void CheckAddresses(Section section, Route whole)
    {
        if (whole.Via is not { } via || channels.GetValueOrDefault(via) is not (Channel.Email or Channel.Pickup))
        {
            return;
        }

        var key = section.Has("Via") ? "Via" : "To";
        var told = whole.To.Count > 0 ? whole.To.Select(id => subscribers.GetValueOrDefault(id)).OfType<Subscriber>() : subscribers.Values;
        foreach (var without in told.Where(subscriber => subscriber.Email is null))
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

    /// <summary>A comparison with what nothing has never holds, or always: the route is dead, or takes what it should not.</summary>
    private void CheckReference(Section section, TextNode text, RouteComparison comparison, int offset)
    {
        var path = section.PathOf("If");
        if (references.Unknown(comparison.Key, comparison.Value) is { } unknown)
        {
            section.Problems.ErrorInside(text, offset, path, unknown);
        }
        else if ((comparison.Key == "lang" ? References.OddLanguage(comparison.Value) : OddLabel(comparison)) is { } odd)
        {
            section.Problems.WarnInside(text, offset, path, odd);
        }
    }

    private string? OddLabel(RouteComparison comparison)
    {
        if (comparison.Label is not { } label || comparison.Value.Length == 0)
        {
            return null;
        }

        var values = rules.Values.Select(rule => rule.Labels.GetValueOrDefault(label)).OfType<string>().ToHashSet();
        if (values.Contains(comparison.Value))
        {
            return null;
        }

        return values.Count > 0
            ? $"no rule has the label {label} \"{comparison.Value}\".{(Spelling.DidYouMean(comparison.Value, values) is { Length: > 0 } near ? near : $" There are: {string.Join(", ", values.Order(StringComparer.Ordinal))}.")}"
            : $"no rule has a label {label}.{Spelling.DidYouMean(label, rules.Values.SelectMany(rule => rule.Labels.Keys).Distinct())}";
    }

    private static string Known(Section section, string key, TextNode written, string what, IEnumerable<string> known)
    {
        if (!known.Contains(written.Text))
        {
            section.Problems.Error(written.Place, section.PathOf(key), Spelling.Unknown(what, written.Text, [.. known]));
        }

        return written.Text;
    }
}
