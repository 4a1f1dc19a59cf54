using Microsoft.Extensions.Logging;
using NewsWatch.Configuration;
using NewsWatch.Storage.Deliveries;
using Quartz;

namespace NewsWatch.Maintenance;

/// <summary>Maintenance: deletes mails older than <c>Keep</c> from pickup folders.</summary>
[DisallowConcurrentExecution]
public sealed partial class PickupRetentionJob(ConfigurationHolder configurations, TimeProvider clock, ILogger<PickupRetentionJob> logger) : IJob
{
    /// <inheritdoc/>
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        foreach (var channel in configurations.Current.Channels.Values.OfType<Channel.Pickup>())
        {
            Delete(channel);
        }

        return ValueTask.CompletedTask;
    }

    private void Delete(Channel.Pickup channel)
    {
        try
        {
            var mails = PickupFiles.DeleteOlder(channel.Folder, clock.GetUtcNow() - channel.Keep);
            Deleted(logger, channel.Id, mails);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            NotDeleted(logger, channel.Id, trouble.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Channel {Channel}: {Mails} old mails were deleted from its folder")]
    private static partial void Deleted(ILogger logger, string channel, int mails);

    [LoggerMessage(Level = LogLevel.Error, Message = "Channel {Channel}: old mails could not be deleted from its folder; the next night tries again: {Reason}")]
    private static partial void NotDeleted(ILogger logger, string channel, string reason);
}
