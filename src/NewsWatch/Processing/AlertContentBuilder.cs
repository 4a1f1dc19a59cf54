using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Text;
using NewsWatch.Storage;

namespace NewsWatch.Processing;

/// <summary>Writes down what an alert says, once, for every channel and every attempt.</summary>
internal sealed class AlertContentBuilder(WatchConfiguration configuration, MatchedArticle reading, long article, Story story, IReadOnlyList<OtherSource> others)
{
    private const int MaxOtherSources = 20;

    /// <summary>The alert of one rule on the article.</summary>
    public AlertContent Of(string ruleId, AlertDecision.Alert decision)
    {
        var (rule, match) = (configuration.Rules[ruleId], MatchOf(ruleId));
        return new()
        {
            Key = AlertStore.KeyOf(rule.Id, story.Key, decision.Reason, decision.Step),
            Reason = decision.Reason,
            Severity = rule.Severity,
            Rule = new(rule.Id, rule.Title, rule.When, rule.Owner, rule.Labels),
            Story = story.Id,
            Step = decision.Step,
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
            Deadlines = match.Deadlines,
            Quotes = match.Quotes,
            OtherSources = others,
        };
    }

    /// <summary>Where the rule found what it asks for.</summary>
    public ExcerptedMatch MatchOf(string ruleId) => reading.Matches.First(match => match.RuleId == ruleId);

    /// <summary>What the entities among the clauses are called.</summary>
    private static Dictionary<string, string> Names(WatchConfiguration configuration, IReadOnlyList<Hit> hits) => hits
        .Select(hit => hit.Clause.StartsWith("said:", StringComparison.Ordinal) ? hit.Clause["said:".Length..] : hit.Clause)
        .Distinct()
        .Where(clause => clause.StartsWith('@') && configuration.Vocabulary.Entities.ContainsKey(clause[1..]))
        .ToDictionary(clause => clause, clause => configuration.Vocabulary.Entities[clause[1..]].Name);

    /// <summary>The other sources that carry the story, each name once, at most 20.</summary>
    public static IReadOnlyList<OtherSource> OtherSources(
        WatchConfiguration configuration, MatchedArticle reading, IReadOnlyList<Carrier> carriers) =>
    [
        .. carriers.Select(carrier => Other(configuration, carrier))
            .Where(other => other.Name != SourceName(configuration, reading.Source, reading.Article.Url))
            .DistinctBy(other => other.Name)
            .Take(MaxOtherSources),
    ];

    /// <summary>A source, as one that carries a story too.</summary>
    public static OtherSource Other(WatchConfiguration configuration, Carrier carrier) =>
        new(SourceName(configuration, carrier.Source, carrier.Url), carrier.Title, carrier.Url, carrier.Published);

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
