using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;
using NewsWatch.Storage;

namespace NewsWatch.Polling;

/// <summary>Writes down what an alert says, once, for every channel and every attempt.</summary>
internal static class AlertWriting
{
    /// <summary>The alert of one rule on one reading of an article.</summary>
    public static AlertContent Content(
        WatchConfiguration configuration, Reading reading, RuleMatch match, WatchRule rule, Telling.Tell tell, long article, Story story) => new()
        {
            Key = $"{rule.Id}/{story.Key}/{StoredName.Of(tell.Reason)}/{tell.Step}",
            Reason = tell.Reason,
            Severity = rule.Severity,
            Rule = new(rule.Id, rule.Title, rule.When, rule.Owner, rule.Labels),
            Story = story.Id,
            Step = tell.Step,
            Article = new(
                article,
                reading.Article.Url,
                reading.Article.Title,
                reading.Source,
                SourceName(configuration, reading.Source),
                reading.Article.Authors,
                reading.Article.Published,
                reading.FirstSeen,
                reading.Article.Language,
                reading.Article.Completeness),
            Hits = match.Hits,
            Excerpts = Excerpts.Cut(reading.Document, match.Hits),
        };

    /// <summary>What routes look at.</summary>
    public static AlertFacts Facts(WatchConfiguration configuration, AlertContent content, string storyKey) => new()
    {
        Key = content.Key,
        Rule = content.Rule.Id,
        Severity = content.Severity,
        Labels = content.Rule.Labels,
        Story = content.Story,
        StoryKey = storyKey,
        Source = content.Article.Source,
        Publisher = configuration.Sources.GetValueOrDefault(content.Article.Source)?.Publisher?.Id ?? "",
        Language = content.Article.Language,
    };

    /// <summary>What a reader calls a source: its publisher's name, else its id.</summary>
    public static string SourceName(WatchConfiguration configuration, string source) =>
        configuration.Sources.GetValueOrDefault(source)?.Publisher?.Name ?? source;
}
