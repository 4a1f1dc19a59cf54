using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Text;
using NewsWatch.Storage;

namespace NewsWatch.Processing;

/// <summary>Writes down what an alert says, once, for every channel and every attempt.</summary>
internal static class AlertContentBuilder
{
    private const int MaxOtherSources = 20;

    /// <summary>The alert of one rule on one reading of an article.</summary>
    public static AlertContent Content(
        WatchConfiguration configuration, MatchedArticle reading, ExcerptedMatch match, WatchRule rule, AlertDecision.Alert tell, long article, Story story) => new()
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
                SourceName(configuration, reading.Source, reading.Article.Url),
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
        WatchConfiguration configuration, MatchedArticle reading, IReadOnlyList<(string Source, StoredArticle Article)> carriers) =>
    [
        .. carriers.Select(carrier => Other(configuration, carrier.Source, carrier.Article.Article))
            .Where(other => other.Name != SourceName(configuration, reading.Source, reading.Article.Url))
            .DistinctBy(other => other.Name)
            .Take(MaxOtherSources),
    ];

    /// <summary>A source, as one that carries a story too.</summary>
    public static OtherSource Other(WatchConfiguration configuration, string source, Article article) =>
        new(SourceName(configuration, source, article.Url), article.Title, article.Url, article.Published);

    /// <summary>What a reader calls a source: its publisher's name, else the site that its article links to, else its file's name or its id in words.</summary>
    private static string SourceName(WatchConfiguration configuration, string source, string link) => configuration.Sources.GetValueOrDefault(source) switch
    {
        { Publisher.Name: { } name } => name,
        _ when Site(link) is { } site => site,
        { Kind: SourceKind.File, Url: var path } when Path.GetFileNameWithoutExtension(path) is { Length: > 0 } file => ReadableId.Of(file),
        _ => ReadableId.Of(source),
    };

    /// <summary>The host's name, in ASCII so that no letter passes for another; null for an address that has none.</summary>
    private static string? Site(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var url) && url.HostNameType is UriHostNameType.Dns && HostName.Of(url) is { } host
            ? host.StartsWith("www.", StringComparison.Ordinal) ? host["www.".Length..] : host
            : null;
}
