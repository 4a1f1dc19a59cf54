using System.Text.Encodings.Web;
using System.Text.Json;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;
using NewsWatch.Storage;

namespace NewsWatch.Desk.Pages;

/// <summary>A rule as an entry of <c>Rules</c>, to be pasted into the configuration: all that the rule in force has, with other queries and more examples.</summary>
internal static class RuleEntry
{
    private const string NewId = "new-rule";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The entry with its name, without braces around it.</summary>
    /// <param name="known">The rule that it began with; null for a new one.</param>
    /// <param name="owner">The owner's address as the visitor may see it; null for none.</param>
    public static string Of(WatchRule? known, string? owner, string when, string? unless, RuleExamples examples)
    {
        var entry = new Dictionary<string, object> { ["Title"] = known?.Title ?? "A title that readers understand", ["When"] = when };
        Add("Unless", unless);
        Add("Severity", known is null or { Severity: Severity.Routine } ? null : StoredName.Of(known.Severity));
        Add("Owner", owner);
        Add("Labels", known is { Labels.Count: > 0 } ? known.Labels : null);
        Add("Muted", known?.Muted is { } muted ? FormattableString.Invariant($"until {muted.Until:yyyy-MM-dd'T'HH:mmzzz} because {muted.Why}") : null);
        if (examples.Fires.Count + examples.NotFires.Count > 0)
        {
            entry["Examples"] = new { examples.Fires, examples.NotFires };
        }

        return JsonSerializer.Serialize(new Dictionary<string, object> { [known?.Id ?? NewId] = entry }, Indented)[1..^1].Trim();

        void Add(string key, object? value)
        {
            if (value is not null)
            {
                entry[key] = value;
            }
        }
    }
}
