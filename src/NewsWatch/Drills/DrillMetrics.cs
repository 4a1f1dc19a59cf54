using System.Diagnostics.Metrics;
using NewsWatch.Storage;
using NewsWatch.Storage.Operators;

namespace NewsWatch.Drills;

/// <summary>The metrics of drills.</summary>
internal sealed class DrillMetrics
{
    private readonly Counter<long> _drills;
    private readonly Histogram<double> _seconds;

    public DrillMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("newswatch");
        _drills = meter.CreateCounter<long>("drills_total", description: "Drills, by outcome.");
        _seconds = meter.CreateHistogram<double>("drill_seconds", "s", "From the writing of a drill's article to a step of its message, by channel.");
        foreach (var outcome in Enum.GetValues<DrillOutcome>())
        {
            _drills.Add(0, Tag("outcome", StoredName.Of(outcome))); // an alarm sees the first one rise from zero
        }
    }

    /// <summary>A drill ended.</summary>
    public void Ended(DrillOutcome outcome) => _drills.Add(1, Tag("outcome", StoredName.Of(outcome)));

    /// <summary>The steps of a drill's messages.</summary>
    public void Took(Drill drill, IReadOnlyList<DrillMessage> messages)
    {
        foreach (var message in messages)
        {
            Step(message.Channel, "decided", drill.Decided - drill.At);
            Step(message.Channel, "started", message.Started - drill.At);
            Step(message.Channel, "accepted", message.Accepted - drill.At);
        }
    }

    private void Step(string channel, string step, TimeSpan? took)
    {
        if (took is { } known)
        {
            _seconds.Record(Math.Max(0, known.TotalSeconds), Tag("channel", channel), Tag("step", step));
        }
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
