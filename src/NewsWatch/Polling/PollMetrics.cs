using System.Diagnostics.Metrics;
using NewsWatch.Polling.Items;
using NewsWatch.Polling.Sources;
using NewsWatch.Storage;
using NewsWatch.Storage.Sources;
using NewsWatch.Storage.Work;

namespace NewsWatch.Polling;

/// <summary>What polling tells the metrics page.</summary>
public sealed class PollMetrics
{
    private readonly Counter<long> _polls;
    private readonly Counter<long> _items;
    private readonly Histogram<double> _lateness;

    public PollMetrics(IMeterFactory meters, Database database)
    {
        var meter = meters.Create("newswatch");
        _polls = meter.CreateCounter<long>("polls_total", description: "Polls by outcome.");
        _items = meter.CreateCounter<long>("items_total", description: "Items by what was done with them at first sight or edit: new, recorded; and those beyond the limit of a document: dropped.");
        _lateness = meter.CreateHistogram<double>("poll_lateness_seconds", "s", "From a source's due time to its request.");
        meter.CreateObservableGauge("sources", () => States(database), description: "Configured sources by state.");
    }

    internal void Count(PollResult answer, TimeSpan lateness, ItemCounts? items)
    {
        _polls.Add(1, new KeyValuePair<string, object?>("outcome", Name(answer)));
        _lateness.Record(lateness.TotalSeconds);
        if (items is not null)
        {
            _items.Add(items.New, new KeyValuePair<string, object?>("state", "new"));
            _items.Add(items.Recorded, new KeyValuePair<string, object?>("state", "recorded"));
            _items.Add(answer is PollResult.Updated news ? news.Feed.Dropped : 0, new KeyValuePair<string, object?>("state", "dropped"));
        }
    }

    private static string Name(PollResult answer) => answer switch
    {
        PollResult.Updated => "read",
        PollResult.Unchanged => "unchanged",
        PollResult.Gone => "gone",
        _ => "failed",
    };

    /// <summary>What all replicas share is measured by one, so that sums over them are right.</summary>
    private static List<Measurement<long>> States(Database database)
    {
        if (!database.Share.Leads)
        {
            return [];
        }

        var counts = database.Read(WorkStore.Sources);
        return [.. Enum.GetValues<SourceState>().Select(StoredName.Of).Select(state => new Measurement<long>(counts.GetValueOrDefault(state), new KeyValuePair<string, object?>("state", state)))];
    }
}
