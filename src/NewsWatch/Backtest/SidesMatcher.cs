using NewsWatch.Configuration;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;
using NewsWatch.Storage.Archive;

namespace NewsWatch.Backtest;

/// <summary>
/// Matches a reading with the rules of both sides. Where both read words alike, their rules are one compiled set and each text is read once; a rule that both have is run once.
/// </summary>
internal sealed class SidesMatcher
{
    /// <summary>Before the id of a baseline's rule in the common set: no id of a configuration has it.</summary>
    private const char BaselineMark = '!';

    private readonly WatchConfiguration _candidate;
    private readonly WatchConfiguration? _baseline;
    private readonly RuleSet _candidateSet;
    private readonly RuleSet? _baselineSet;
    private readonly RuleSet? _common;
    private readonly HashSet<string> _shared;

    /// <summary>Compiles the rules of both sides.</summary>
    /// <param name="only">The one rule to look at; null for all.</param>
    public SidesMatcher(WatchConfiguration candidate, WatchConfiguration? baseline, string? only)
    {
        (_candidate, _baseline) = (candidate, baseline);
        var (mine, others) = (RulesOf(candidate, only), baseline is null ? [] : RulesOf(baseline, only));
        _shared = [.. mine.Intersect(others).Select(rule => rule.Id)];
        _candidateSet = RuleSet.Compile(mine, candidate.Vocabulary);
        if (baseline is null)
        {
            return;
        }

        _baselineSet = RuleSet.Compile(others, baseline.Vocabulary);
        _common = Same(candidate.Vocabulary, baseline.Vocabulary)
            ? RuleSet.Compile([.. mine, .. others.Where(rule => !_shared.Contains(rule.Id)).Select(rule => rule with { Id = BaselineMark + rule.Id })], candidate.Vocabulary)
            : null;
    }

    /// <summary>The rules that fire on each side.</summary>
    public (IReadOnlyList<RuleMatch> Candidate, IReadOnlyList<RuleMatch> Baseline) Match(ReplayedReading reading, CancellationToken cancellationToken)
    {
        var document = DocumentOf(reading, _candidate);
        if (_baseline is null)
        {
            return (_candidateSet.Match(document, cancellationToken), []);
        }

        if (_common is null || !SameSource(reading.Source))
        {
            return (_candidateSet.Match(document, cancellationToken), _baselineSet!.Match(DocumentOf(reading, _baseline), cancellationToken));
        }

        var matches = _common.Match(document, cancellationToken);
        return matches.Count == 0
            ? ([], [])
            : ([.. matches.Where(match => match.RuleId[0] != BaselineMark)], [.. matches.Select(OfBaseline).OfType<RuleMatch>()]);
    }

    /// <summary>What rules of a configuration see in a reading.</summary>
    public static Document DocumentOf(ReplayedReading reading, WatchConfiguration configuration) => configuration.DocumentOf(reading.Article, reading.Source, reading.FirstSeen);

    private RuleMatch? OfBaseline(RuleMatch match) =>
        match.RuleId[0] == BaselineMark ? match with { RuleId = match.RuleId[1..] } : _shared.Contains(match.RuleId) ? match : null;

    private bool SameSource(string source) =>
        _candidate.NamesOf(source).SequenceEqual(_baseline!.NamesOf(source))
        && _candidate.Sources.GetValueOrDefault(source)?.Publisher?.Id == _baseline.Sources.GetValueOrDefault(source)?.Publisher?.Id
        && _candidate.Sources.GetValueOrDefault(source)?.TimeZone?.Id == _baseline.Sources.GetValueOrDefault(source)?.TimeZone?.Id;

    private static List<Rule> RulesOf(WatchConfiguration configuration, string? only) =>
        [.. configuration.Rules.Values.Where(rule => only is null || rule.Id == only).Select(rule => rule.Rule)];

    private static bool Same(Vocabulary one, Vocabulary other) =>
        Same(one.Entities, other.Entities, (mine, others) => mine with { Aliases = others.Aliases } == others && mine.Aliases.SequenceEqual(others.Aliases))
        && Same(one.Lists, other.Lists, (mine, others) => mine with { Terms = others.Terms } == others && mine.Terms.SequenceEqual(others.Terms));

    private static bool Same<T>(IReadOnlyDictionary<string, T> one, IReadOnlyDictionary<string, T> other, Func<T, T, bool> same) =>
        one.Count == other.Count && one.All(entry => other.TryGetValue(entry.Key, out var value) && same(entry.Value, value));
}
