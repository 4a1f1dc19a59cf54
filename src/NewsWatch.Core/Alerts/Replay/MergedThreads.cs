namespace NewsWatch.Core.Alerts.Replay;

/// <summary>Two threads whose stories turned out to be one.</summary>
/// <param name="Reading">The reading that showed it.</param>
public sealed record ThreadMerge(long Reading, long One, long Other);

/// <summary>Threads whose stories turned out to be one, as far as was known when a reading was decided.</summary>
/// <param name="merges">In any order.</param>
public sealed class MergedThreads(IEnumerable<ThreadMerge> merges)
{
    private readonly Queue<ThreadMerge> _toCome = new(merges.OrderBy(merge => merge.Reading));
    private readonly Dictionary<long, IReadOnlyList<long>> _together = [];

    /// <summary>A reading is decided: what it and those before it have shown is known.</summary>
    public void Reach(long reading)
    {
        while (_toCome.TryPeek(out var next) && next.Reading <= reading)
        {
            Join(_toCome.Dequeue());
        }
    }

    /// <summary>A thread and those of the stories that were merged with its story.</summary>
    public IReadOnlyList<long> Of(long thread) => _together.GetValueOrDefault(thread) ?? [thread];

    private void Join(ThreadMerge merge)
    {
        IReadOnlyList<long> all = [.. Of(merge.One).Union(Of(merge.Other)).Order()];
        foreach (var thread in all)
        {
            _together[thread] = all;
        }
    }
}
