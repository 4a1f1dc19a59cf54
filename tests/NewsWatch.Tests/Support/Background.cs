using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using NewsWatch.Storage.Work;

namespace NewsWatch.Tests.Support;

/// <summary>What a process that runs in the background holds, made anew for each test.</summary>
internal static class Background
{
    /// <summary>The leases of a process: another one with each call.</summary>
    public static Leases NewProcess() => new(new NoMeters());

    /// <summary>A loop on a clock moved by hand.</summary>
    public static ServiceLoop NewLoop(TimeProvider clock) => new(clock, NullLogger<ServiceLoop>.Instance);

    private sealed class NoMeters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
