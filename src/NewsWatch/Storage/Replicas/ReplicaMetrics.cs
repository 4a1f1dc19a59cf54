using System.Diagnostics.Metrics;

namespace NewsWatch.Storage.Replicas;

/// <summary>What of the work is this replica's, and how it stands among the others.</summary>
internal sealed class ReplicaMetrics
{
    public ReplicaMetrics(Database database, IMeterFactory meters)
    {
        var meter = meters.Create("newswatch");
        meter.CreateObservableGauge("owned", () => Owned(database), description: "Shards of hosts, lanes of channels and roles that are this replica's, by kind.");
        meter.CreateObservableGauge("replicas", () => database.Share.Leads ? [new Measurement<long>(database.Read(ReplicaStore.Seen).Count)] : (IEnumerable<Measurement<long>>)[], description: "Replicas on the database.");
        meter.CreateObservableGauge("replica_current", () => database.Share.IsCurrent ? 1L : 0L, description: "1 while this replica may begin work, 0 while it is cut off from the database.");
    }

    private static IEnumerable<Measurement<long>> Owned(Database database) =>
        database.Share.Held.GroupBy(key => key.Kind).Select(kind => new Measurement<long>(kind.Count(), new KeyValuePair<string, object?>("kind", kind.Key)));
}
