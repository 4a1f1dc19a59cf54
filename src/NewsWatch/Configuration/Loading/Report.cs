using System.Globalization;
using System.Text;
using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Templates;
using NewsWatch.Core.Rules;

namespace NewsWatch.Configuration.Loading;

/// <summary>Problems in lines: <c>file:line:col  path  error; fix</c>, in columns.</summary>
public static class Report
{
    private const int MaxPlaceWidth = 40;
    private const int MaxPathWidth = 44;
    private const int MaxForms = 6;

    /// <summary>One line for each problem, with the caret lines of queries below it.</summary>
    /// <param name="problems">The problems.</param>
    /// <param name="paint">Colours the message of a problem; null for none.</param>
    public static string Of(IReadOnlyList<Problem> problems, Func<Problem, string, string>? paint = null)
    {
        var place = Math.Min(MaxPlaceWidth, problems.Select(problem => problem.Place.ToString().Length).DefaultIfEmpty().Max());
        var path = Math.Min(MaxPathWidth, problems.Select(problem => problem.Path.Length).DefaultIfEmpty().Max());
        return string.Concat(problems.Select(problem =>
        {
            var message = $"{(problem.IsWarning ? "(warning) " : "")}{problem.Message}";
            var line = $"{problem.Place.ToString().PadRight(place)}  {problem.Path.PadRight(path)}  {paint?.Invoke(problem, message) ?? message}\n";
            return problem.Excerpt is null ? line : line + Indent(problem.Excerpt, place + 2);
        }));
    }

    /// <summary>The last line of a refusal: the number of errors, and the configuration that stays in force.</summary>
    /// <param name="running">The configuration that stays in force and its start, or null for none.</param>
    public static string Verdict(IReadOnlyList<Problem> problems, (WatchConfiguration Configuration, DateTimeOffset Since)? running)
    {
        var (errors, warnings) = (problems.Count(problem => !problem.IsWarning), problems.Count(problem => problem.IsWarning));
        var verdict = $"configuration rejected: {Count(errors, "error")}, {Count(warnings, "warning")}.";
        return running is { } kept
            ? $"{verdict} Still running the configuration of {kept.Since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}, {Count(kept.Configuration.Rules.Count, "rule")}."
            : verdict;
    }

    /// <summary>The contents of an accepted configuration.</summary>
    public static string Summary(WatchConfiguration configuration) =>
        $"{Count(configuration.Sources.Count, "source")}, {Count(configuration.Rules.Count, "rule")}, {Count(configuration.Vocabulary.Entities.Count, "entity", "entities")}, "
        + $"{Count(configuration.Vocabulary.Lists.Count, "list")}, {Count(configuration.Subscribers.Count, "subscriber")}, {Count(configuration.Channels.Count, "channel")}";

    /// <summary>Each rule as NewsWatch understood it, with all its parentheses, and what its words find.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="allForms">True to list every form.</param>
    public static string Rules(WatchConfiguration configuration, bool allForms = false)
    {
        var found = FoundForms.Of([.. configuration.Rules.Values.Select(rule => rule.Rule)], configuration.Vocabulary);
        var lines = found.Values.SelectMany(forms => forms).Distinct()
            .ToDictionary(forms => forms, forms => $"  finds  {forms.Clause}: {(allForms ? AllForms(forms) : ShortForms(forms))}\n");
        return string.Concat(configuration.Rules.Values.Select(rule =>
            $"{rule.Id} ({rule.Severity.ToString().ToLowerInvariant()}): {rule.Title}\n  when   {rule.Rule.WhenText}\n{(rule.Rule.Unless is { } unless ? $"  unless {unless}\n" : "")}"
            + string.Concat(found[rule.Id].Select(forms => lines[forms]))));
    }

    /// <summary>The call of each channel with a template, filled with a sample alert; secrets are hidden.</summary>
    public static string Calls(WatchConfiguration configuration) => string.Concat(configuration.Channels.Values.OfType<Channel.Webhook>().Select(channel =>
        channel.Template is null ? "" : Call(channel, channel.Template.WithoutSecrets().Fill(TemplateSamples.Alert))));

    private static string Call(Channel.Webhook channel, TemplateCall call) =>
        $"{channel.Id} ({channel.Format.ToString().ToLowerInvariant()}) for a sample alert:\n  {call.Method} {channel.Url.IdnHost}{(call.Path.Length > 0 ? $" ... /{call.Path}" : "")}\n"
        + string.Concat(call.Headers.Append(new("Content-Type", call.ContentType)).Select(header => $"  {header.Key}: {header.Value}\n"))
        + Indent(Encoding.UTF8.GetString(call.Body), 2);

    private static string ShortForms(FoundForms found)
    {
        var shown = found.Forms.Where(form => form.Count == 1 && form.Languages.Contains("English")).Select(form => form.Text).Take(MaxForms).ToList();
        var others = found.Languages.Count(language => language != "English");
        return found.Clause[0] is '@' or '#' || shown.Count == 0 ? $"{Count(found.Count, "form")} in {Count(found.Languages.Count, "language")}"
            : $"{string.Join(", ", shown)}{(found.Count == shown.Count ? "" : $"; {found.Count - shown.Count} more in {Count(Math.Max(1, others), "language")}")}";
    }

    private static string AllForms(FoundForms found) => string.Concat(found.Languages.Select(language =>
        $"\n         {language}: {string.Join(", ", found.Forms.Where(form => form.Languages.Contains(language)).Select(form => form.Text))}"));

    /// <summary>Usual spellings that the entities' aliases do not find, a line for each entity that lacks one.</summary>
    public static string Spellings(WatchConfiguration configuration)
    {
        var lines = configuration.Vocabulary.Entities.Values
            .Select(entity => (entity.Id, Missing: RuleCheck.MissingSpellings(entity)))
            .Where(entity => entity.Missing.Count > 0)
            .Select(entity => $"@{entity.Id} does not find {string.Join(", ", entity.Missing)}. Add the ones in use to its Aliases.\n");
        return string.Concat(lines) is { Length: > 0 } proposals ? proposals : "The aliases find all usual spellings.\n";
    }

    private static string Count(int count, string one, string? many = null) => $"{count} {(count == 1 ? one : many ?? one + "s")}";

    private static string Indent(string text, int by) => string.Concat(text.Split('\n').Select(line => new string(' ', by) + line + "\n"));
}
