using NewsWatch.Configuration;
using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Loading;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;

namespace NewsWatch.Backtest;

/// <summary>The configurations that a backtest can try.</summary>
internal static class BacktestCandidate
{
    /// <summary>The section of a whole configuration that an edit may leave out.</summary>
    private const string SectionName = "NewsWatch";

    /// <summary>
    /// Loads a file: a whole configuration (its section NewsWatch has sources), with the files of conf.d beside it; or an edit, whose rules, lists and other entries
    /// replace those of the same name in <paramref name="files"/>.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static LoadResult OfFile(string path, ConfigurationFiles files, ConfigurationLoader loader)
    {
        var edit = new ConfigurationFile(path.Contains('/', StringComparison.Ordinal) ? path : "./" + path, File.ReadAllText(path));
        return (NodeReader.Read(edit, new Problems()) as ObjectNode)?[SectionName] is ObjectNode section && section["Sources"] is not null
            ? loader.Load(ConfigurationFiles.Read(path))
            : loader.Load(files, edit);
    }

    /// <summary>A configuration in which one rule asks for something else; a rule that is not there yet is added.</summary>
    public static WatchConfiguration WithQuery(WatchConfiguration configuration, string rule, Query when, StoryNeeds needs) =>
        WithQuery(configuration, new(rule, when, configuration.Rules.GetValueOrDefault(rule)?.Rule.Unless) { Needs = needs });

    /// <summary>As the other, with its Unless.</summary>
    public static WatchConfiguration WithQuery(WatchConfiguration configuration, Rule asked)
    {
        var rule = asked.Id;
        var changed = (configuration.Rules.GetValueOrDefault(rule) ?? new() { Id = rule, Title = rule, When = "", Rule = asked }) with { When = asked.WhenText, Unless = asked.Unless?.ToString(), Rule = asked };
        var rules = new Dictionary<string, WatchRule>(configuration.Rules) { [rule] = changed };
        return configuration with { Version = "query", Rules = rules, RuleSet = RuleSet.Compile([.. rules.Values.Select(one => one.Rule)], configuration.Vocabulary) };
    }
}
