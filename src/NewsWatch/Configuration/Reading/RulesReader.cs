using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Text;

namespace NewsWatch.Configuration.Reading;

/// <summary>Rules: each query parsed, each example run.</summary>
internal sealed class RulesReader(Vocabulary vocabulary, IReadOnlyDictionary<string, Place> definitions)
{
    private const int LongestQuote = 80;

    public Dictionary<string, WatchRule> Read(Section section) =>
        section.Entries("Rules").Select(entry => Read(entry.Id, entry.Entry)).OfType<WatchRule>().ToDictionary(rule => rule.Id);

    private WatchRule? Read(string id, Section section)
    {
        var (when, unless) = (section.RequiredText("When"), section.Text("Unless"));
        var (whenQuery, unlessQuery) = (Parse(section, "When", when), Parse(section, "Unless", unless));
        var examples = section.Inner("Examples");
        var (fires, notFires) = (examples?.Texts("Fires") ?? [], examples?.Texts("NotFires") ?? []);
        examples?.Close();
        var (title, severity) = (section.Line("Title")?.Text ?? id, section.Value("Severity", Values.Choice<Severity>("a severity"), Severity.Routine));
        var (owner, labels) = (Owner(section), Labels(section));
        section.Close();
        if (whenQuery is null || (unless is not null && unlessQuery is null))
        {
            return null;
        }

        var rule = new Rule(id, whenQuery, unlessQuery);
        RunExamples(section, rule, fires, notFires);
        return new WatchRule { Id = id, Title = title, When = when!.Text, Unless = unless?.Text, Rule = rule, Severity = severity, Owner = owner, Labels = labels };
    }

    private Query? Parse(Section section, string key, TextNode? text)
    {
        if (text is null)
        {
            return null;
        }

        var (query, errors) = Query.Parse(text.Text, vocabulary);
        foreach (var error in errors)
        {
            section.Problems.ErrorInside(text, error.Offset, section.PathOf(key), WithLine(error, text.Place.File), withCaret: error.Nearest is null);
        }

        return errors.Count == 0 ? query : null;
    }

    /// <summary>A proposed name is told with the line where it is defined.</summary>
    private string WithLine(QueryError error, string file) =>
        error.Nearest is { } name && definitions.TryGetValue(name, out var place)
            ? error.Message.Replace(name + "?", $"{name} ({(place.File == file ? $"line {place.Line}" : $"{place.File}:{place.Line}")})?", StringComparison.Ordinal)
            : error.Message;

    private void RunExamples(Section section, Rule rule, IReadOnlyList<TextNode> fires, IReadOnlyList<TextNode> notFires)
    {
        if (fires.Count + notFires.Count == 0)
        {
            return;
        }

        var alone = RuleSet.Compile([rule], vocabulary);
        if (IsSwallowed(rule, alone, fires))
        {
            section.Problems.Error(
                section.PlaceOf("Unless"), section.PathOf("Unless"), "swallows every \"Fires\" example: the rule would stay silent on all of them. Narrow it.");
            fires = [];
        }

        foreach (var example in fires)
        {
            if (alone.Explain(Example(example), rule.Id) is { Fires: false } silent)
            {
                section.Problems.Error(
                    example.Place, section.PathOf("Examples"), $"the rule does NOT fire on \"{Short(example.Text)}\": {silent.Reason}.");
            }
        }

        foreach (var example in notFires)
        {
            if (alone.Explain(Example(example), rule.Id) is { Fires: true } loud)
            {
                var hits = string.Join(", ", loud.Hits.Select(hit => $"\"{hit.Quote}\"").Distinct());
                section.Problems.Error(example.Place, section.PathOf("Examples"), $"the rule FIRES on \"{Short(example.Text)}\": it hits {hits}.");
            }
        }
    }

    private bool IsSwallowed(Rule rule, RuleSet alone, IReadOnlyList<TextNode> fires)
    {
        if (rule.Unless is null || fires.Count == 0)
        {
            return false;
        }

        var withoutUnless = RuleSet.Compile([rule with { Unless = null }], vocabulary);
        return fires.All(example => !alone.Explain(Example(example), rule.Id).Fires && withoutUnless.Explain(Example(example), rule.Id).Fires);
    }

    private static string Short(string text) => text.Length <= LongestQuote ? text : text[..LongestQuote] + "...";

    private static Document Example(TextNode text) => new() { Title = text.Text, Body = "" };

    private static string? Owner(Section section) =>
        section.Has("Owner") ? section.Value("Owner", Values.Address, "") : null;

    private static Dictionary<string, string> Labels(Section section)
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
                section.Problems.Error(value.Place, $"{section.PathOf("Labels")}.{name}", $"{value.Kind} stands where a text in quotes, on one line, belongs.");
            }
        }

        return labels;
    }
}
