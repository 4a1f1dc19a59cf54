using System.Diagnostics.Metrics;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;

namespace NewsWatch.Web;

/// <summary>The metric of feedback.</summary>
internal sealed class FeedbackMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _given = meters.Create("newswatch").CreateCounter<long>("feedback_total", description: "Words of subscribers on alerts, by verdict.");

    /// <summary>A subscriber said something new.</summary>
    public void Given(FeedbackVerdict verdict) => _given.Add(1, new KeyValuePair<string, object?>("verdict", StoredName.Of(verdict)));
}
