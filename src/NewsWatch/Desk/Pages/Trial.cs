using NewsWatch.Configuration;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Text;
using NewsWatch.Storage;
using NewsWatch.Storage.Views;

namespace NewsWatch.Desk.Pages;

/// <summary>What a rule finds in the readings that came last.</summary>
/// <param name="Looked">How many readings it was tried on.</param>
/// <param name="Since">When the oldest of them came; null when there is none.</param>
/// <param name="Funnel">How many readings are left after each clause, in the order written.</param>
/// <param name="Matches">Articles that it fires on, the newest first, with the sentences around the hits.</param>
/// <param name="NearMisses">Articles that fail one clause alone, the newest first, with that clause.</param>
public sealed record Trial(
    int Looked, DateTimeOffset? Since, IReadOnlyList<(string Clause, int Left)> Funnel, int Found, IReadOnlyList<(TriedReading Reading, IReadOnlyList<Excerpt> Excerpts)> Matches,
    IReadOnlyList<(TriedReading Reading, string Missing)> NearMisses)
{
    private const int MaxReadings = 2_000;
    private const int MaxMatches = 20;
    private const int MaxNearMisses = 10;
    private const string Whole = "whole";
    private const string Except = "unless";

    /// <summary>Tries a rule with the engine that the service uses: the rule, and each of its clauses alone, in one set.</summary>
    internal static Trial Of(Rule rule, WatchConfiguration configuration, Database database)
    {
        var clauses = rule.When.Clauses();
        List<Rule> parts = [new(Whole, rule.When, rule.Unless), .. clauses.Select((clause, at) => new Rule($"{at}", clause, null))];
        if (rule.Unless is not null)
        {
            parts.Add(new(Except, rule.Unless, null));
        }

        var set = RuleSet.Compile(parts, configuration.Vocabulary);
        var readings = database.Read(db => ArticleViews.Latest(db, MaxReadings)).DistinctBy(reading => (reading.Article, reading.Title)).ToList();
        var left = new int[clauses.Count + 1];
        var matches = new List<(TriedReading, IReadOnlyList<Excerpt>)>();
        var nearMisses = new List<(TriedReading, string)>();
        var found = 0;
        foreach (var reading in readings)
        {
            var document = DocumentOf(reading, configuration);
            var fired = set.Match(document);
            var held = fired.Select(match => match.RuleId).ToHashSet();
            var missing = Enumerable.Range(0, clauses.Count).Where(at => !held.Contains($"{at}")).ToList();
            for (var at = 0; at < (missing.Count == 0 ? clauses.Count : missing[0]); at++)
            {
                left[at]++;
            }

            if (held.Contains(Whole))
            {
                found++;
                left[^1]++;
                if (matches.Count < MaxMatches)
                {
                    matches.Add((reading, Excerpts.Cut(document, fired.First(match => match.RuleId == Whole).Hits)));
                }
            }
            else if (clauses.Count > 1 && missing.Count == 1 && nearMisses.Count < MaxNearMisses)
            {
                nearMisses.Add((reading, clauses[missing[0]].ToString()));
            }
        }

        return new(
            readings.Count,
            readings.Count == 0 ? null : readings[^1].At,
            [.. clauses.Select((clause, at) => (clause.ToString(), left[at])), .. rule.Unless is null ? Array.Empty<(string, int)>() : [("not Unless", left[^1])]],
            found,
            matches,
            nearMisses);
    }

    private static Document DocumentOf(TriedReading reading, WatchConfiguration configuration) => new()
    {
        Title = reading.Title,
        Body = reading.Text,
        Section = reading.Section,
        Author = reading.Authors,
        Sources = configuration.NamesOf(reading.Source),
        Host = Uri.TryCreate(reading.Url, UriKind.Absolute, out var url) ? url.Host : "",
        Publisher = configuration.Sources.GetValueOrDefault(reading.Source)?.Publisher?.Id ?? "",
        Language = reading.Language,
    };
}
