using System.Diagnostics.Metrics;
using NewsWatch.Delivery.Sending;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Work;

namespace NewsWatch.Delivery;

/// <summary>The metrics of delivering.</summary>
internal sealed class DeliveryMetrics
{
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _seconds;
    private readonly Histogram<double> _wait;

    public DeliveryMetrics(IMeterFactory meters, Database database)
    {
        var meter = meters.Create("newswatch");
        _attempts = meter.CreateCounter<long>("delivery_attempts_total", description: "Attempts to send a message, by channel and outcome.");
        _seconds = meter.CreateHistogram<double>("delivery_attempt_seconds", "s", "One attempt, from its start to its durable end.");
        _wait = meter.CreateHistogram<double>("delivery_wait_seconds", "s", "From the decision to alert at once to the server's acceptance.");
        meter.CreateObservableGauge("deliveries", () => States(database), description: "Deliveries by state.");
    }

    public void Tried(ClaimedBundle bundle, SendResult result, TimeSpan took, DateTimeOffset now)
    {
        _attempts.Add(1, new KeyValuePair<string, object?>("channel", bundle.Channel), new KeyValuePair<string, object?>("outcome", Name(result)));
        _seconds.Record(took.TotalSeconds, new KeyValuePair<string, object?>("channel", bundle.Channel));
        if (result is SendResult.Accepted && bundle.Kind == "alert")
        {
            _wait.Record(Math.Max(0, (now - bundle.Since).TotalSeconds), new KeyValuePair<string, object?>("channel", bundle.Channel));
        }
    }

    private static string Name(SendResult result) => result switch
    {
        SendResult.Accepted => "accepted",
        SendResult.TryAgain or SendResult.Unfinished => "again",
        SendResult.NoConnection or SendResult.SlowDown => "put_back",
        SendResult.Refused => "refused",
        _ => "gone",
    };

    /// <summary>What all replicas share is measured by one, so that sums over them are right.</summary>
    private static List<Measurement<long>> States(Database database) =>
        [.. !database.Share.Leads ? [] : database.Read(WorkStore.Deliveries).Select(state => new Measurement<long>(state.Value, new KeyValuePair<string, object?>("state", state.Key)))];
}
