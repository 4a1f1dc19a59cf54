using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Rules;
using NewsWatch.Storage;

namespace NewsWatch.Polling;

/// <summary>Writes down what an alert says, once, for every channel and every attempt.</summary>
internal static class AlertWriting
{
    private const int MostOtherSources = 20;

    /// <summary>The alert of one rule on one reading of an article.</summary>
    public static AlertContent Content(
        WatchConfiguration configuration, Reading reading, ExcerptedMatch match, WatchRule rule, Telling.Tell tell, long article, Story story) => new()
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
            Names = Names(configuration, match.Hits),
            Excerpts = match.Excerpts,
        };

    /// <summary>What the entities among the clauses are called.</summary>
    private static Dictionary<string, string> Names(WatchConfiguration configuration, IReadOnlyList<Hit> hits) => hits
        .Select(hit => hit.Clause)
        .Distinct()
        .Where(clause => clause.StartsWith('@') && configuration.Vocabulary.Entities.ContainsKey(clause[1..]))
        .ToDictionary(clause => clause, clause => configuration.Vocabulary.Entities[clause[1..]].Name);

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
        Group = configuration.Sources.GetValueOrDefault(content.Article.Source)?.Group ?? "",
        Publisher = configuration.Sources.GetValueOrDefault(content.Article.Source)?.Publisher?.Id ?? "",
        Language = content.Article.Language,
    };

    /// <summary>The other sources that carry the story, each name once, at most 20.</summary>
    public static IReadOnlyList<OtherSource> OtherSources(
        WatchConfiguration configuration, Reading reading, IReadOnlyList<(string Source, StoredArticle Article)> carriers) =>
    [
        .. carriers.Select(carrier => Other(configuration, carrier.Source, carrier.Article.Article))
            .Where(other => other.Name != SourceName(configuration, reading.Source))
            .DistinctBy(other => other.Name)
            .Take(MostOtherSources),
    ];

    /// <summary>A source, as one that carries a story too.</summary>
    public static OtherSource Other(WatchConfiguration configuration, string source, Article article) =>
        new(SourceName(configuration, source), article.Title, article.Url, article.Published);

    /// <summary>What a reader calls a source: its publisher's name, else its id.</summary>
    public static string SourceName(WatchConfiguration configuration, string source) =>
        configuration.Sources.GetValueOrDefault(source)?.Publisher?.Name ?? source;
}
