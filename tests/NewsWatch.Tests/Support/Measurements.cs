using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace NewsWatch.Tests.Support;

/// <summary>What the instruments of one factory told: sums of counters, last values of gauges, each with its labels.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _values = new();

    public Measurements(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) =>
        {
            var name = instrument.Name + string.Concat(labels.ToArray().Select(label => $" {label.Key}={label.Value}"));
            _values.AddOrUpdate(name, value, (_, before) => instrument.IsObservable ? value : before + value);
        });
        _listener.Start();
    }

    /// <summary>E.g. "polls_total outcome=read"; 0 for what was never told.</summary>
    public long this[string name]
    {
        get
        {
            _listener.RecordObservableInstruments();
            return _values.GetValueOrDefault(name);
        }
    }

    public void Dispose() => _listener.Dispose();
}
