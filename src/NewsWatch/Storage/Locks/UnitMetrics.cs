using System.Diagnostics.Metrics;

namespace NewsWatch.Storage.Locks;

/// <summary>How long units of work take, and how often one begins again because another process wrote.</summary>
internal sealed class UnitMetrics
{
    private readonly Histogram<double> _seconds;
    private readonly Counter<long> _retried;

    public UnitMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("newswatch");
        _seconds = meter.CreateHistogram<double>("storage_seconds", "s", "One unit of work, from asking for it to its durable end, by the class that it is written in.");
        _retried = meter.CreateCounter<long>("units_retried_total", description: "Units of work that began again: another process wrote (lock, conflict), or the connection broke (connection).");
    }

    /// <summary>A unit of work is durable.</summary>
    /// <param name="begun">The timestamp at which it was handed in.</param>
    public void Written(Delegate work, long begun) =>
        _seconds.Record(TimeProvider.System.GetElapsedTime(begun).TotalSeconds, new KeyValuePair<string, object?>("unit", ClassOf(work.Method.DeclaringType!).Name));

    /// <summary>It came to what another process writes about: <c>lock</c>; or it was refused because of what another one had written: <c>conflict</c>.</summary>
    public void Retried(string reason) => _retried.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>The compiler keeps what a lambda holds in a class within the one that it is written in.</summary>
    private static Type ClassOf(Type type) => type.DeclaringType is { } outer ? ClassOf(outer) : type;
}
