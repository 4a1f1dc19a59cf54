using Microsoft.Extensions.Logging;
using NewsWatch.Storage;

namespace NewsWatch.Delivery;

/// <summary>
/// Empties the outbox: claims a due message (commit 3: leased, attempt started, durable), sends it, writes down what came of it (commit 4).
/// Each channel has lanes of its own, so that one slow or dead endpoint delays no other.
/// </summary>
internal sealed partial class DeliveryWorker(
    Database database, Endpoints endpoints, Senders senders, MessageParts parts, AttemptRecord record, DeliveryMetrics metrics, TimeProvider clock, ILogger<DeliveryWorker> log)
{
    /// <summary>How long an attempt may take; less than its lease.</summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Tries everything that is due now, and what becomes due meanwhile; answers how many messages were tried.</summary>
    public async Task<int> DeliverDueAsync(CancellationToken cancellation)
    {
        await ReleaseAsync(all: false, cancellation);
        return (await Task.WhenAll(await StartLanesAsync(cancellation, cancellation))).Sum();
    }

    /// <summary>Starts lanes for all channels with due messages and answers them without waiting for their end.</summary>
    /// <param name="stopping">No new message is begun after it.</param>
    /// <param name="inFlight">What is being sent is called off.</param>
    public async Task<IReadOnlyList<Task<int>>> StartLanesAsync(CancellationToken stopping, CancellationToken inFlight)
    {
        var due = await database.WriteAsync(db => DeliveryStore.DueChannels(db, clock.GetUtcNow()), stopping);
        return [.. due.Select(endpoints.Of).SelectMany(endpoint => endpoint.FreeLanes().Select(lane => RunLaneAsync(endpoint, lane, stopping, inFlight)))];
    }

    /// <summary>Takes back what was leased and never ended; <paramref name="all"/> when this process has just started and nothing can be in flight.</summary>
    public async Task ReleaseAsync(bool all, CancellationToken cancellation)
    {
        var quarantined = await database.WriteAsync(
            db => DeliveryStore.Recover(db, all, RetryTable.MostUnfinished, clock.GetUtcNow()), cancellation);
        foreach (var (bundle, subscriber, channel) in quarantined)
        {
            await record.TellQuarantinedAsync(bundle, subscriber, channel);
        }
    }

    private async Task<int> RunLaneAsync(Endpoint endpoint, IDisposable lane, CancellationToken stopping, CancellationToken inFlight)
    {
        using var _ = lane;
        var tried = 0;
        try
        {
            while (!stopping.IsCancellationRequested && await endpoint.TryAsync(() => ClaimAsync(endpoint, stopping), bundle => DeliverAsync(bundle, inFlight)))
            {
                tried++;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping before anything was claimed.
        }
#pragma warning disable CA1031 // the delivery loop lives on whatever happens: what is leased comes back when its lease ends
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LaneFailed(log, endpoint.Channel, failure);
        }

        return tried;
    }

    private Task<ClaimedBundle?> ClaimAsync(Endpoint endpoint, CancellationToken stopping) =>
        database.WriteAsync(db => DeliveryStore.Claim(db, endpoint.Channel, clock.GetUtcNow()), stopping);

    private async Task<SendResult> DeliverAsync(ClaimedBundle bundle, CancellationToken inFlight)
    {
        CrashPoint.Reached("lease.after");
        var started = clock.GetTimestamp();
        var sending = await AttemptAsync(bundle, inFlight);
        await record.WriteAsync(bundle, sending);
        metrics.Tried(bundle, sending.Result, clock.GetElapsedTime(started), clock.GetUtcNow());
        return sending.Result;
    }

    private async Task<Sending> AttemptAsync(ClaimedBundle bundle, CancellationToken cancellation)
    {
        if (bundle.Unreadable is { } why)
        {
            return new(new SendResult.Refused($"what the database holds of it cannot be read: {why}"), "");
        }

        using var tooLong = new CancellationTokenSource(AttemptTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooLong.Token, cancellation);
        try
        {
            return await senders.For(bundle.Channel).SendAsync(await parts.FirstAsync(bundle, either.Token), either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return cancellation.IsCancellationRequested
                ? new(new SendResult.TryAgain("stopped while sending"), "")
                : new(new SendResult.TryAgain($"no answer within {AttemptTimeout.TotalSeconds:0} s", EndpointTrouble: true), "");
        }
#pragma warning disable CA1031 // a message that cannot be made or sent for a reason nobody foresaw goes the way of every failure: retried, then dead and told
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Unexpected(log, bundle.Bundle, failure);
            return new(new SendResult.TryAgain($"unexpected {failure.GetType().Name}"), "");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Channel {Channel}: the delivery lane stopped; it starts again with the next sweep")]
    private static partial void LaneFailed(ILogger log, string channel, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {Delivery}: unexpected failure")]
    private static partial void Unexpected(ILogger log, string delivery, Exception failure);
}
