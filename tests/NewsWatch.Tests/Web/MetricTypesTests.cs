using System.Diagnostics;
using NewsWatch.Tests.Hostile;

namespace NewsWatch.Tests.Web;

/// <summary>The metrics page after some work, read as Prometheus reads it.</summary>
public sealed class MetricTypesTests
{
    [Fact]
    public async Task What_is_counted_is_a_counter_and_nothing_else_is()
    {
        await using var world = await HostileWorld.OpenAsync();
        await world.TellAsync("Truce counted");

        var types = world.MetricsPage().Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')).ToDictionary(line => line[2], line => line[3]);

        Assert.All(types, type => Assert.Equal(type.Value == "counter", type.Key.EndsWith("_total", StringComparison.Ordinal)));
        Assert.Equal(("counter", "counter", "gauge", "histogram"), (types["newswatch_delivery_attempts_total"], types["newswatch_polls_total"], types["newswatch_deliveries"], types["newswatch_delivery_attempt_seconds"]));
    }

    [PromtoolFact]
    public async Task Promtool_finds_nothing_wrong_with_the_metrics()
    {
        await using var world = await HostileWorld.OpenAsync();
        await world.TellAsync("Truce measured");
        using var promtool = Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;

        await promtool.StandardInput.WriteAsync(world.MetricsPage());
        promtool.StandardInput.Close();
        var said = await promtool.StandardOutput.ReadToEndAsync() + await promtool.StandardError.ReadToEndAsync();
        await promtool.WaitForExitAsync();

        Assert.Equal((0, ""), (promtool.ExitCode, said));
    }
}

/// <summary>Needs promtool; else the test is skipped by name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PromtoolFactAttribute : FactAttribute
{
    public PromtoolFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Skip = folders.Any(folder => File.Exists(Path.Combine(folder, "promtool"))) ? null! : "promtool is not installed";
    }
}
