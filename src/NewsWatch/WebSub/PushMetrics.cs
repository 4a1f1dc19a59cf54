using System.Diagnostics.Metrics;

namespace NewsWatch.WebSub;

/// <summary>What hubs' pushes tell the metrics page.</summary>
public sealed class PushMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _pushes = meters.Create("newswatch").CreateCounter<long>("pushes_total", description: "Bodies that hubs pushed, by outcome.");

    internal void Count(PushOutcome outcome) => _pushes.Add(1, new KeyValuePair<string, object?>("outcome", Name(outcome)));

    private static string Name(PushOutcome outcome) => outcome switch
    {
        PushOutcome.Taken => "taken",
        PushOutcome.Ignored => "ignored",
        PushOutcome.Busy => "busy",
        _ => "over_budget",
    };
}
