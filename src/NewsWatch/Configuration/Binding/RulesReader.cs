using System.Collections.Frozen;
using NewsWatch.Configuration.Json;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Rules.Terms;

namespace NewsWatch.Configuration.Binding;

/// <summary>Rules: parses each query, runs each example, and warns of clauses without an example and of rules that say the same.</summary>
/// <param name="known">Rules that were parsed with this vocabulary before, by id: a query with the same text is theirs.</param>
internal sealed class RulesReader(Vocabulary vocabulary, IReadOnlyDictionary<string, Place> definitions, References references, TimeZoneInfo zone, IReadOnlyDictionary<string, WatchRule> known)
{
    public Dictionary<string, WatchRule> Read(Section section)
    {
        var entries = section.Entries("Rules").Select(entry => Read(entry.Id, entry.Entry)).OfType<Entry>().ToDictionary(entry => entry.Rule.Id);
        var examples = entries.Values.Select(entry => (entry.Rule.Rule, entry.Rule.Examples)).ToList();
        foreach (var problem in RuleCheck.Check(examples, vocabulary).Concat(RuleCheck.CheckAll([.. entries.Values.Select(entry => entry.Rule.Rule)])))
        {
            Tell(entries[problem.RuleId], problem);
        }

        return entries.ToDictionary(entry => entry.Key, entry => entry.Value.Rule);
    }

    private Entry? Read(string id, Section section)
    {
        var (when, unless) = (section.RequiredText("When"), section.Text("Unless"));
        var earlier = known.GetValueOrDefault(id);
        var whenQuery = Parse(section, "When", when, earlier is not null && when?.Text == earlier.When ? new(earlier.Rule.When, []) { Needs = earlier.Rule.Needs } : null);
        var unlessQuery = Parse(section, "Unless", unless, earlier is not null && unless?.Text == earlier.Unless ? new(earlier.Rule.Unless, []) : null);
        if (unlessQuery is { Needs.IsAny: true })
        {
            section.Problems.Error(unless!.Place, section.PathOf("Unless"), $"{unlessQuery.Needs} is no part of an article's words. Write it in When.");
        }

        var examples = section.Object("Examples");
        var (fires, notFires) = (examples?.Texts("Fires") ?? [], examples?.Texts("NotFires") ?? []);
        examples?.Close();
        var (title, severity) = (section.Line("Title")?.Text ?? ReadableId.Of(id), section.Value("Severity", Values.Choice<Severity>("a severity"), Severity.Routine));
        var (owner, labels, muted, budget) = (Owner(section), Labels(section), section.Muted(zone), section.Value<Cap?>("Budget", Values.Budget, null));
        section.Close();
        if (whenQuery?.Query is not { } query || (unless is not null && unlessQuery is null))
        {
            return null;
        }

        var rule = new Rule(id, query, unlessQuery?.Query) { Needs = whenQuery.Needs };
        return new(
            section,
            new() { Id = id, Title = title, When = when!.Text, Unless = unless?.Text, Rule = rule, Severity = severity, Owner = owner, Muted = muted, Budget = budget, Labels = labels, Examples = new(Texts(fires), Texts(notFires)) },
            fires,
            notFires);
    }

    private QueryResult? Parse(Section section, string key, TextNode? text, QueryResult? earlier)
    {
        if (text is null)
        {
            return null;
        }

        var parsed = earlier ?? Query.Parse(text.Text, vocabulary);
        var (query, errors) = parsed;
        foreach (var error in errors)
        {
            section.Problems.ErrorInside(text, error.Offset, section.PathOf(key), WithLine(error, text.Place), withCaret: error.Nearest is null);
        }

        foreach (var filter in query?.Filters() ?? [])
        {
            if (references.Unknown(filter.Key, filter.Value, hosts: true) is { } unknown)
            {
                section.Problems.ErrorInside(text, filter.Offset, section.PathOf(key), unknown);
            }
            else if (filter.Key == "lang" && References.OddLanguage(filter.Value) is { } odd)
            {
                section.Problems.WarnInside(text, filter.Offset, section.PathOf(key), odd);
            }
        }

        return query is null ? null : parsed;
    }

    /// <summary>Adds to a proposed name the line where it is defined.</summary>
    private string WithLine(QueryError error, Place from) =>
        error.Nearest is { } name && definitions.TryGetValue(name, out var place)
            ? error.Message.Replace(name + "?", $"{name} ({Problems.Near(place, from)})?", StringComparison.Ordinal)
            : error.Message;

    private static void Tell(Entry entry, RuleProblem problem)
    {
        var section = entry.Section;
        var (place, key) = problem.Kind switch
        {
            RuleProblemKind.SilentExample => (entry.Fires[problem.Example!.Value].Place, "Examples"),
            RuleProblemKind.LoudExample => (entry.NotFires[problem.Example!.Value].Place, "Examples"),
            RuleProblemKind.UncoveredClause => (section.PlaceOf("Examples"), "Examples"),
            RuleProblemKind.SwallowedByUnless => (section.PlaceOf("Unless"), "Unless"),
            _ => (section.PlaceOf("When"), "When"),
        };
        if (problem.IsError)
        {
            section.Problems.Error(place, section.PathOf(key), problem.Message);
        }
        else
        {
            section.Problems.Warn(place, section.PathOf(key), problem.Message);
        }
    }

    private static string[] Texts(IReadOnlyList<TextNode> nodes) => [.. nodes.Select(node => node.Text)];

    private static string? Owner(Section section) =>
        section.Has("Owner") ? section.Value("Owner", Values.Address, "") : null;

    private static IReadOnlyDictionary<string, string> Labels(Section section)
    {
        var labels = new Dictionary<string, string>();
        foreach (var (name, _, value) in section.Members("Labels"))
        {
            if (value is TextNode text && !text.Text.Any(char.IsControl))
            {
                labels[name] = text.Text;
            }
            else
            {
                section.Problems.Error(value.Place, $"{section.PathOf("Labels")}.{name}", $"expected a string in quotes, on one line, found {value.Kind}.");
            }
        }

        return labels.Count == 0 ? FrozenDictionary<string, string>.Empty : labels;
    }

    /// <summary>A rule with the places of its parts.</summary>
    private sealed record Entry(Section Section, WatchRule Rule, IReadOnlyList<TextNode> Fires, IReadOnlyList<TextNode> NotFires);
}
