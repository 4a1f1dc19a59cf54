using NewsWatch.Backtest;
using NewsWatch.Configuration;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;
using NewsWatch.Storage;
using NewsWatch.Storage.Views;

namespace NewsWatch.Desk.Pages;

/// <summary>What a rule finds in the readings that came last.</summary>
/// <param name="Looked">How many readings it was tried on.</param>
/// <param name="Since">When the oldest of them came; null when there is none.</param>
/// <param name="Funnel">How many readings are left after each clause, in the order written.</param>
/// <param name="Matches">Articles that it fires on, the newest first, with the sentences around the hits.</param>
/// <param name="NearMisses">Articles that fail one clause alone, the nearest first, with what that clause lacks.</param>
public sealed record Trial(
    int Looked, DateTimeOffset? Since, IReadOnlyList<(string Clause, int Left)> Funnel, int Found, IReadOnlyList<(TriedReading Reading, IReadOnlyList<Excerpt> Excerpts)> Matches,
    IReadOnlyList<(TriedReading Reading, string Missing)> NearMisses)
{
    private const int MaxReadings = 2_000;
    private const int MaxMatches = 20;
    private const int MaxNearMisses = 10;

    /// <summary>Tries a rule with the engine that the service uses.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled: it is looked at with every reading.</exception>
    internal static Trial Run(Rule rule, WatchConfiguration configuration, Database database, CancellationToken cancellationToken)
    {
        var set = RuleSet.Compile([rule], configuration.Vocabulary);
        var readings = database.Read(db => ArticleViews.Latest(db, MaxReadings)).DistinctBy(reading => (reading.Article, reading.Title)).Reverse().ToList();
        var funnel = new Funnel<TriedReading>(set, rule.Id, MaxNearMisses);
        var matches = new Queue<TriedReading>();
        var found = 0;
        foreach (var reading in readings)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (funnel.Add(reading, DocumentOf(reading, configuration)))
            {
                found++;
                matches.Enqueue(reading);
                if (matches.Count > MaxMatches)
                {
                    matches.Dequeue();
                }
            }
        }

        return new(
            readings.Count,
            readings.Count == 0 ? null : readings[0].At,
            [.. funnel.Steps.Select(step => (step.Name, step.Count))],
            found,
            [.. matches.Reverse().Select(reading => (reading, ExcerptsOf(set, DocumentOf(reading, configuration))))],
            [.. funnel.Near]);
    }

    private static IReadOnlyList<Excerpt> ExcerptsOf(RuleSet set, Document document) => set.Match(document) is [var match] ? Excerpts.Cut(document, match.Hits) : [];

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
