using NewsWatch.Configuration;
using NewsWatch.Polling.Sources;
using NewsWatch.Storage;
using NewsWatch.Storage.Sources;

namespace NewsWatch.Polling;

/// <summary>Brings the table of sources in line with a configuration.</summary>
internal sealed class SourceSynchronizer(PollLimits limits)
{
    /// <summary>
    /// New sources are added, other addresses and intervals taken over, all others left alone. No source is asked sooner than its interval after the
    /// last request, whatever is reloaded or restarted.
    /// </summary>
    /// <param name="atStart">Overdue sources are spread out too: there was a downtime.</param>
    public void Update(Session db, WatchConfiguration configuration, bool atStart, DateTimeOffset now)
    {
        var added = new List<string>();
        foreach (var source in configuration.Sources.Values)
        {
            if (Take(db, source, now))
            {
                added.Add(source.Id);
            }
        }

        SourceStore.SetConfigured(db, configuration.Sources.Keys);
        var overdue = SourceStore.All(db).Where(row => row.State != SourceState.Gone && (added.Contains(row.Id) || (atStart && row.NextDue <= now)));
        PollQueue.SetDue(db, Spread([.. overdue], now));
    }

    /// <summary>Due times for sources that are all due: those with the newest items first, all within a window, none left out.</summary>
    internal IEnumerable<(string Id, DateTimeOffset Due)> Spread(IReadOnlyList<SourceRow> overdue, DateTimeOffset now)
    {
        var step = overdue.Count * limits.StartStep > limits.StartWindow ? limits.StartWindow / overdue.Count : limits.StartStep;
        return overdue
            .OrderByDescending(row => row.LastItem ?? DateTimeOffset.MaxValue)
            .ThenBy(row => SourceSchedule.Share(TimeSpan.FromDays(1), 1, row.Id))
            .Select((row, place) => (row.Id, now + (step * place)));
    }

    /// <summary>True when the source is new here.</summary>
    private static bool Take(Session db, Source source, DateTimeOffset now)
    {
        if (SourceStore.Find(db, source.Id) is not { } known)
        {
            SourceStore.Add(db, new(source.Id, source.Url, source.Poll), now);
            return true;
        }

        if (known.Url != source.Url)
        {
            SourceStore.SetUrl(db, source.Id, source.Url, now);
        }

        if (known.Poll != source.Poll)
        {
            SourceStore.SetPoll(db, source.Id, source.Poll, Due(known, source, now));
        }

        return false;
    }

    private static DateTimeOffset Due(SourceRow known, Source source, DateTimeOffset now)
    {
        var soonest = known.LastPoll is { } last ? last + source.Poll : now;
        return known.Failures > 0 && known.NextDue > soonest ? known.NextDue : soonest;
    }
}
