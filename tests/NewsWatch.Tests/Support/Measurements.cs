using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace NewsWatch.Tests.Support;

/// <summary>What the instruments of one factory told: sums of counters, last values of gauges, how often a histogram was told, each with its labels.</summary>
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
            _values.AddOrUpdate(Name(instrument, labels), value, (_, before) => instrument.IsObservable ? value : before + value);
        });
        _listener.SetMeasurementEventCallback<double>((instrument, _, labels, _) => _values.AddOrUpdate(Name(instrument, labels), 1, (_, before) => before + 1));
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

    private static string Name(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> labels) =>
        instrument.Name + string.Concat(labels.ToArray().Select(label => $" {label.Key}={label.Value}"));
}
