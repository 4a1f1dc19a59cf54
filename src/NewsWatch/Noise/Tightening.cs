using NewsWatch.Backtest;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Storage;
using NewsWatch.Storage.Views;

namespace NewsWatch.Noise;

/// <summary>A query that would leave out what readers call not useful, and what the archive says of it. Proposed, never applied.</summary>
/// <param name="Unless">What the rule's Unless would be.</param>
/// <param name="Gone">Alerts that would not have been.</param>
/// <param name="GoneNotUseful">Those of them that readers called not useful.</param>
/// <param name="GoneUseful">Those of them that readers called useful, or knew.</param>
public sealed record Tightening(string Unless, int Alerts, int Gone, int GoneNotUseful, int GoneUseful)
{
    private const int MaxProposals = 3;
    private const int MinTogether = 2;
    private const int MaxGone = 10_000;

    /// <summary>Up to three tightenings against a false term, each with its backtest over the same time: its commonest neighbours in alerts that were not useful, and the term itself.</summary>
    public static async Task<IReadOnlyList<Tightening>> ProposeAsync(Database database, WatchConfiguration configuration, string rule, string term, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var voted = database.Read(db => NoiseViews.Voted(db, rule, since, until));
        var tried = new List<Tightening>();
        foreach (var phrase in Phrases(voted, term).Take(MaxProposals - 1).Append(term))
        {
            if (await TryAsync(database, configuration, rule, phrase, voted, since, until, cancellationToken) is { } tightening)
            {
                tried.Add(tightening);
            }
        }

        return tried;
    }

    /// <summary>The term with the word before or behind it, where that stands in several alerts that were not useful and in none that was; the commonest first.</summary>
    internal static IEnumerable<string> Phrases(IReadOnlyList<VotedAlert> voted, string term)
    {
        var useful = voted.Where(alert => alert.NotUseful < alert.Votes).SelectMany(alert => Pairs(alert.Content, term)).ToHashSet();
        return voted.Where(alert => alert.NotUseful == alert.Votes).SelectMany(alert => Pairs(alert.Content, term).Distinct())
            .Where(pair => !useful.Contains(pair)).CountBy(pair => pair)
            .Where(pair => pair.Value >= MinTogether).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key);
    }

    private static IEnumerable<string> Pairs(AlertContent alert, string term)
    {
        foreach (var text in alert.Excerpts.Select(excerpt => excerpt.Text).Append(alert.Article.Title).Distinct())
        {
            for (var at = text.IndexOf(term, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(term, at + term.Length, StringComparison.OrdinalIgnoreCase))
            {
                var (before, behind) = (LastWord(text[..at]), FirstWord(text[(at + term.Length)..]));
                if (behind.Length > 0)
                {
                    yield return $"{term} {behind}";
                }

                if (before.Length > 0)
                {
                    yield return $"{before} {term}";
                }
            }
        }
    }

    private static string FirstWord(string text) => text.StartsWith(' ') ? new string([.. text.Skip(1).TakeWhile(char.IsLetterOrDigit)]).ToLowerInvariant() : "";

    private static string LastWord(string text) => text.EndsWith(' ') ? new string([.. text.Reverse().Skip(1).TakeWhile(char.IsLetterOrDigit).Reverse()]).ToLowerInvariant() : "";

    private static async Task<Tightening?> TryAsync(
        Database database, WatchConfiguration configuration, string rule, string phrase, IReadOnlyList<VotedAlert> voted, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var own = configuration.Rules[rule];
        var unless = own.Unless is null ? $"\"{phrase}\"" : $"({own.Unless}) OR \"{phrase}\"";
        if (phrase.Contains('"', StringComparison.Ordinal) || Query.Parse(unless, configuration.Vocabulary) is not { Query: { } query })
        {
            return null;
        }

        var tightened = BacktestCandidate.WithQuery(configuration, own.Rule with { Unless = query });
        var result = await Backtester.RunAsync(
            database, new(tightened) { Baseline = configuration, Rule = rule, Since = since, Until = until, MaxSamples = MaxGone }, null, cancellationToken);
        var gone = result.Samples.Where(sample => sample.Kind == SampleKind.Gone).Select(sample => (sample.Article, sample.Reason)).ToHashSet();
        var answered = voted.Where(alert => gone.Contains((alert.Content.Article.Id, alert.Content.Reason))).ToList();
        return new(unless, result.Baseline!.Alerts, result.Difference.Gone, answered.Count(alert => alert.NotUseful == alert.Votes), answered.Count(alert => alert.NotUseful < alert.Votes));
    }
}
