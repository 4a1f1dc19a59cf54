using System.Diagnostics.Metrics;
using NewsWatch.Storage;
using NewsWatch.Storage.Operators;

namespace NewsWatch.Silences;

/// <summary>The metrics of silences.</summary>
internal sealed class SilenceMetrics
{
    public SilenceMetrics(IMeterFactory meters, Database database, TimeProvider clock)
    {
        var meter = meters.Create("newswatch");
        meter.CreateObservableGauge("silences", () => Measured(silence => silence.Silences), description: "Silences that are on, by scope.");
        meter.CreateObservableGauge("silenced_deliveries", () => Measured(silence => silence.KeptBack), description: "Deliveries that the silences that are on kept back so far, by scope.");

        IEnumerable<Measurement<long>> Measured(Func<(string Scope, long Silences, long KeptBack), long> value) =>
            [.. !database.Share.Leads ? [] : database.Read(db => SilenceStore.Tally(db, clock.GetUtcNow()).Append(("poll", PauseStore.On(db, clock.GetUtcNow()).Count, 0)).ToList()).Where(silence => silence.Silences > 0).Select(silence => new Measurement<long>(value(silence), new KeyValuePair<string, object?>("scope", silence.Scope)))];
    }
}
