using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using NewsWatch.Storage.Shares;
using NewsWatch.Storage.Work;

namespace NewsWatch.Tests.Support;

/// <summary>What a process that runs in the background holds, made anew for each test.</summary>
internal static class Background
{
    /// <summary>The leases of a process: another one with each call.</summary>
    /// <param name="share">What of the work is the process's; null for all of it.</param>
    public static Leases NewProcess(WorkShare? share = null) => new(new NoMeters(), share);

    /// <summary>A replica that owns these.</summary>
    public static WorkShare NewReplica(TimeProvider clock, params OwnedKey[] owned)
    {
        var share = WorkShare.OfReplica(isWhole: false, clock);
        share.Renewed(clock.GetTimestamp());
        share.Hold(owned, share.Joined);
        return share;
    }

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
