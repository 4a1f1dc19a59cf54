using System.Text.RegularExpressions;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Configuration.Binding;

/// <summary>Warns of entries without an effect: often a sign of a mistake elsewhere.</summary>
internal static class UnusedEntryWarnings
{
    public static void Warn(Section section, IReadOnlyDictionary<string, WatchRule> rules, IReadOnlyDictionary<string, Subscriber> subscribers, Route? routes)
    {
        var problems = section.Problems;
        var places = (string map, string id) => section.Object(map)!.KeyPlaceOf(id);
        if (subscribers.Count == 0)
        {
            problems.Warn(section.PlaceOf("Subscribers"), "Subscribers", "no subscribers: nobody will get alerts.");
            return;
        }

        foreach (var rule in rules.Keys.Where(id => subscribers.Values.All(subscriber => subscriber.Rules?.Contains(id) == false)))
        {
            problems.Warn(places("Rules", rule), $"Rules.{rule}", "no subscriber gets this rule's alerts.");
        }

        foreach (var id in subscribers.Values.Where(subscriber => subscriber.Rules?.Count == 0).Select(subscriber => subscriber.Id))
        {
            problems.Warn(places("Subscribers", id), $"Subscribers.{id}.Rules", "is empty: this subscriber will get no alerts. Leave it out for all rules.");
        }

        foreach (var id in subscribers.Keys.Where(id => routes is not null && !Reaches(routes, id)))
        {
            problems.Warn(places("Subscribers", id), $"Subscribers.{id}", "no route leads here: this subscriber will get no alerts.");
        }

        WarnUnused(section, "Entities", '@', rules.Values);
        WarnUnused(section, "Lists", '#', rules.Values);
    }

    /// <summary>A route without <c>To</c>, up to the root, leads to all subscribers.</summary>
    private static bool Reaches(Route route, string subscriber, IReadOnlyList<string>? inherited = null)
    {
        var to = route.To.Count > 0 ? route.To : inherited ?? [];
        return to.Count == 0 || to.Contains(subscriber) || route.Children.Any(child => Reaches(child, subscriber, to));
    }

    private static void WarnUnused(Section section, string map, char sign, IEnumerable<WatchRule> rules)
    {
        var named = rules
            .SelectMany(rule => Regex.Matches($"{rule.When} {rule.Unless}", $"{sign}([a-z0-9-]+)", RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1)))
            .Select(match => match.Groups[1].Value)
            .ToHashSet();
        foreach (var unused in section.Members(map).Where(member => !named.Contains(member.Key)))
        {
            section.Problems.Warn(unused.KeyPlace, $"{map}.{unused.Key}", $"no rule uses {sign}{unused.Key}.");
        }
    }
}
