using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Hits;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Stories;

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
                configuration.Outlets.NameOf(reading.Source, reading.Article.Url),
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
            .Where(other => other.Name != configuration.Outlets.NameOf(reading.Source, reading.Article.Url))
            .DistinctBy(other => other.Name)
            .Take(MaxOtherSources),
    ];

    /// <summary>A source, as one that carries a story too.</summary>
    public static OtherSource Other(WatchConfiguration configuration, Carrier carrier) =>
        new(configuration.Outlets.NameOf(carrier.Source, carrier.Url), carrier.Title, carrier.Url, carrier.Published);
}
