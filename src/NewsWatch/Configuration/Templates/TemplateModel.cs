using DotLiquid;

namespace NewsWatch.Configuration.Templates;

/// <summary>What a template may say of a message: each property is a variable, its name in small letters with underscores.</summary>
public sealed record TemplateModel
{
    /// <summary>The call's name: each attempt has the same.</summary>
    public required string Id { get; init; }

    /// <summary>The first alert's key: rule, story, reason and step; empty for a notice.</summary>
    public required string Key { get; init; }

    /// <summary>The name of the incident that the story's thread is: all alerts of a story have the same; a notice has its own.</summary>
    public required string Incident { get; init; }

    /// <summary>trigger, or resolve where the alert withdraws what was told.</summary>
    public required string Action { get; init; }

    /// <summary>alert, group, digest, notice or test.</summary>
    public required string Kind { get; init; }

    /// <summary>Why the first alert exists, e.g. first-report; empty for a notice.</summary>
    public required string Reason { get; init; }

    /// <summary>routine, urgent or flash: the most severe of the message.</summary>
    public required string Severity { get; init; }

    /// <summary>The headline with its severity, or how many alerts there are; one line.</summary>
    public required string Title { get; init; }

    /// <summary>What follows the title, lines joined; several alerts are a line each, with their links.</summary>
    public required string Text { get; init; }

    /// <summary>The same without the alerts, line by line.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>The alerts where there are several.</summary>
    public required IReadOnlyList<TemplateItem> Items { get; init; }

    /// <summary>The article's address; empty where there are several, or none.</summary>
    public required string Link { get; init; }

    /// <summary>The number of alerts; 0 for a notice.</summary>
    public required int Count { get; init; }

    /// <summary>When the message was decided, ISO 8601 in UTC.</summary>
    public required string Time { get; init; }

    /// <summary>The same in seconds since 1970.</summary>
    public required long Unix { get; init; }

    /// <summary>Who gets it.</summary>
    public required string Subscriber { get; init; }

    /// <summary>The first alert's headline, without its severity.</summary>
    public required string Headline { get; init; }

    /// <summary>The name of the first alert's source.</summary>
    public required string SourceName { get; init; }

    /// <summary>The id of the first alert's rule.</summary>
    public required string Rule { get; init; }

    /// <summary>Its title.</summary>
    public required string RuleTitle { get; init; }

    /// <summary>Its labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The names of all variables; values is the channel's own.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        "id", "key", "incident", "action", "kind", "reason", "severity", "title", "text", "lines", "items", "link", "count", "time", "unix", "subscriber", "headline", "source", "rule", "rule_title", "labels", "values",
    ];

    /// <summary>The variables for the library.</summary>
    internal Hash Variables(IEnumerable<KeyValuePair<string, string>> values)
    {
        object[] all =
        [
            Id, Key, Incident, Action, Kind, Reason, Severity, Title, Text, Lines, Items.Select(item => Map(new Dictionary<string, string> { ["text"] = item.Text, ["link"] = item.Link })).ToList(),
            Link, Count, Time, Unix, Subscriber, Headline, SourceName, Rule, RuleTitle, Map(Labels), Map(values),
        ];
        var variables = new Hash();
        foreach (var (name, value) in Names.Zip(all))
        {
            variables[name] = value;
        }

        return variables;
    }

    private static Hash Map(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var map = new Hash();
        foreach (var (name, value) in pairs)
        {
            map[name] = value;
        }

        return map;
    }
}

/// <summary>One of several alerts: its line, and its article's address, or an empty text.</summary>
public sealed record TemplateItem(string Text, string Link);
