using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;
using NewsWatch.Storage;
using NewsWatch.Storage.Archive;

namespace NewsWatch.Backtest;

/// <summary>Reads the newest of what is new, gone and the same back from the archive, with the words that were found and why the other side lacks it.</summary>
internal sealed class SampleReader(Session db, WatchConfiguration candidate, WatchConfiguration? baseline)
{
    public IEnumerable<BacktestSample> Read(SampleKind kind, IEnumerable<ReplayedEvent> events, int most) => events.Take(most).Select(found => Read(kind, found)).OfType<BacktestSample>();

    /// <summary>Readings that lack one clause of the candidate's rule.</summary>
    public IEnumerable<BacktestSample> Near(string rule, IEnumerable<(long Reading, string Why)> near) =>
        near.Select(one => Read(SampleKind.Near, new(one.Reading, rule, null, null)) is { } sample ? sample with { Why = one.Why } : null).OfType<BacktestSample>();

    /// <summary>Null where retention has taken the reading meanwhile.</summary>
    private BacktestSample? Read(SampleKind kind, ReplayedEvent found)
    {
        if (ReplayStore.Find(db, found.Reading) is not { } reading)
        {
            return null;
        }

        var (has, lacks) = kind == SampleKind.Gone ? (baseline!, candidate) : (candidate, baseline);
        var document = SidesMatcher.DocumentOf(reading, has);
        var hits = has.RuleSet.Explain(document, found.Rule).Hits;
        return new(
            kind,
            found.Rule,
            found.Reason,
            reading.Id,
            reading.Place.Article,
            reading.At,
            reading.Source,
            reading.Article.Url,
            reading.Article.Title,
            Excerpts.Cut(document, hits),
            kind is SampleKind.Same or SampleKind.Near || lacks is null ? "" : Why(found, reading, lacks));
    }

    private static string Why(ReplayedEvent found, ReplayedReading reading, WatchConfiguration lacks)
    {
        if (found.Other is { } suppressed)
        {
            return suppressed switch
            {
                VerdictReason.SameStory => "matches, but the story was alerted already",
                VerdictReason.WaitsForSources => "matches, but the story has too few sources",
                VerdictReason.WaitsForChange => "matches, and waits for a change of the article",
                VerdictReason.TooOld => "matches, but the article is older than MaxAge",
                _ => "matches, but is muted",
            };
        }

        if (!lacks.Rules.ContainsKey(found.Rule))
        {
            return "there is no such rule";
        }

        var why = lacks.RuleSet.Explain(SidesMatcher.DocumentOf(reading, lacks), found.Rule);
        return why.Fires ? "alerts with another reason" : why.Reason;
    }
}
