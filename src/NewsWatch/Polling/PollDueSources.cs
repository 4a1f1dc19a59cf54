using Microsoft.Extensions.Logging;
using NewsWatch.Storage;
using Quartz;

namespace NewsWatch.Polling;

/// <summary>The clockwork's job, every second: begins the polls that are due. It does not wait for them, so that a slow source delays nobody.</summary>
[DisallowConcurrentExecution]
public sealed partial class PollDueSources(SourcePoller poller, Progress progress, ILogger<PollDueSources> log) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await poller.StartDueAsync(cancellationToken);
            progress.CycleEnded();
        }
#pragma warning disable CA1031 // the job runs again in a second, whatever happened
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            CycleFailed(log, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Due sources could not be claimed; the next cycle tries again")]
    private static partial void CycleFailed(ILogger log, Exception failure);
}
