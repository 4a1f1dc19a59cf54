using NewsWatch.Configuration.Json;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Configuration.Binding;

/// <summary>Chooses rules: by id, by the beginning of ids (<c>sanct*</c>), or by what they say (<c>label.desk = risk AND severity >= urgent</c>).</summary>
/// <param name="rules">The rules that could be read.</param>
/// <param name="known">The ids of all rules, also of those with errors.</param>
internal sealed class RuleSelector(IReadOnlyDictionary<string, WatchRule> rules, IReadOnlyCollection<string> known)
{
    private const string Any = "*";

    /// <summary>All of them.</summary>
    public HashSet<string> All => [.. known];

    /// <summary>The rules that a key chooses; null for all.</summary>
    public HashSet<string>? Read(Section section, string key)
    {
        var written = section.Texts(key);
        return !section.Has(key) || written.Any(text => text.Text == Any) ? null : [.. written.SelectMany(text => Chosen(section, key, text))];
    }

    private List<string> Chosen(Section section, string key, TextNode text)
    {
        if (known.Contains(text.Text))
        {
            return [text.Text];
        }

        if (text.Text.AsSpan().ContainsAny('=', '<', '>'))
        {
            return ByCondition(section, key, text);
        }

        var star = text.Text.EndsWith('*');
        var chosen = star ? known.Where(id => id.StartsWith(text.Text[..^1], StringComparison.Ordinal)).ToList() : [];
        if (chosen.Count == 0)
        {
            // A removed rule is only a warning: an entry that names it does no harm.
            section.Problems.Warn(text.Place, section.PathOf(key), star ? $"no rule's id begins with {text.Text[..^1]}." : Spelling.Unknown("rule", text.Text, known));
        }

        return chosen;
    }

    private List<string> ByCondition(Section section, string key, TextNode text)
    {
        var (condition, errors) = RouteCondition.Parse(text.Text);
        foreach (var error in errors)
        {
            section.Problems.ErrorInside(text, error.Offset, section.PathOf(key), error.Message);
        }

        if (condition is null)
        {
            return [];
        }

        if (condition.Comparisons.FirstOrDefault(comparison => comparison.Key is "source" or "publisher" or "lang" or "reason" or "publishers" or "independent") is { } foreign)
        {
            section.Problems.Error(text.Place, section.PathOf(key), $"{foreign.Key} is not a property of a rule. Choose rules by severity, rule or label.NAME; use Routes for the rest.");
            return [];
        }

        var chosen = rules.Values.Where(rule => condition.Matches(Facts(rule))).Select(rule => rule.Id).ToList();
        if (chosen.Count == 0)
        {
            section.Problems.Warn(
                text.Place, section.PathOf(key), condition.Comparisons.Select(comparison => References.OddLabel(comparison, rules.Values)).FirstOrDefault(odd => odd is not null) ?? $"no rule has {text.Text}.");
        }

        return chosen;
    }

    private static AlertFacts Facts(WatchRule rule) => new() { Rule = rule.Id, Severity = rule.Severity, Labels = rule.Labels, Story = 0, StoryKey = "" };
}
