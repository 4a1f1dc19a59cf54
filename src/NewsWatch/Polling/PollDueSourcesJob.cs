using NewsWatch.Health;
using NewsWatch.Storage.Work;
using Quartz;

namespace NewsWatch.Polling;

/// <summary>The clockwork's job, every second: begins the polls that are due. It does not wait for them, so that a slow source delays nobody.</summary>
[DisallowConcurrentExecution]
public sealed class PollDueSourcesJob(SourcePoller poller, ClockReport time, ServiceLoop loop, Progress progress) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await loop.OnceAsync(
        "polling",
        async stopping =>
        {
            await poller.StartDueAsync(stopping);
            progress.CycleEnded();
            await time.TellAsync(stopping);
        },
        cancellationToken);
}
