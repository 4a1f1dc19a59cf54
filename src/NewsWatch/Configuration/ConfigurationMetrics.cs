using System.Diagnostics.Metrics;

namespace NewsWatch.Configuration;

/// <summary>The metrics of the configuration.</summary>
public sealed class ConfigurationMetrics
{
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _refused;

    public ConfigurationMetrics(IMeterFactory meters, ConfigurationHolder holder)
    {
        var meter = meters.Create("newswatch");
        _accepted = meter.CreateCounter<long>("configuration_accepted_total", description: "Edits of the configuration that took effect.");
        _refused = meter.CreateCounter<long>("configuration_refused_total", description: "Edits of the configuration that were refused; the last good one stays in force.");
        meter.CreateObservableGauge("configuration_rules", () => holder.Current.Rules.Count, description: "Rules in force.");
    }

    internal void Accepted() => _accepted.Add(1);

    internal void Refused() => _refused.Add(1);
}
