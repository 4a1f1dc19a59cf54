using Microsoft.Extensions.Logging;
using NewsWatch.Delivery.Sending;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Locks;
using NewsWatch.Storage.Work;

namespace NewsWatch.Delivery;

/// <summary>
/// Empties the outbox: claims a due message (commit 3: leased, attempt started, durable), sends it, records the result (commit 4).
/// Each channel has lanes of its own, so that one slow or dead endpoint delays no other.
/// </summary>
internal sealed partial class DeliveryProcessor(
    Database database,
    Leases leases,
    ServiceLoop loop,
    ChannelThrottles endpoints,
    SilenceWatch silence,
    SenderFactory senders,
    MessageParts parts,
    AttemptRecorder record,
    DeliveryMetrics metrics,
    TimeProvider clock,
    ILogger<DeliveryProcessor> logger)
{
    /// <summary>How long an attempt may take, whatever its sender waits for.</summary>
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromMinutes(14);

    /// <summary>One claim in so many takes a never-tried message first.</summary>
    private const int FreshEvery = 4;
    private int _claims;

    /// <summary>Tries every message that is due, or becomes due meanwhile; returns the number of messages tried.</summary>
    public async Task<int> DeliverDueAsync(CancellationToken cancellationToken)
    {
        await RecoverAsync(cancellationToken);
        return (await Task.WhenAll(await StartLanesAsync(cancellationToken, cancellationToken))).Sum();
    }

    /// <summary>Starts lanes for all channels with due messages and returns them without waiting for their end.</summary>
    /// <param name="stopping">No new message is begun after it.</param>
    /// <param name="inFlight">Cancels the messages that are being sent.</param>
    public async Task<IReadOnlyList<Task<int>>> StartLanesAsync(CancellationToken stopping, CancellationToken inFlight)
    {
        await silence.LookAsync();
        if (database.Read(db => DeliveryStore.IsHeldDue(db, clock.GetUtcNow())))
        {
            await database.WriteAsync(db => DeliveryStore.ReleaseHeld(db, clock.GetUtcNow()), stopping);
        }

        var due = database.Read(db => DeliveryStore.DueChannels(db, clock.GetUtcNow()));
        return [.. due.Select(endpoints.Of).SelectMany(endpoint => endpoint.FreeLanes().Select(lane => RunLaneAsync(endpoint, lane, stopping, inFlight)))];
    }

    /// <summary>Takes back messages whose attempt never ended: a dead process held them, or their result could not be recorded.</summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        var abandoned = leases.Abandoned(Stage.Delivery);
        if (abandoned.Count == 0 && !database.Read(db => DeliveryStore.HasLost(db, leases)))
        {
            return;
        }

        var quarantined = await database.WriteAsync(db => DeliveryStore.Recover(db, leases, RetrySchedule.MaxUnfinished, clock.GetUtcNow()), cancellationToken);
        leases.GivenBack(abandoned);
        foreach (var (bundle, subscriber, channel) in quarantined)
        {
            await record.TellQuarantinedAsync(bundle, subscriber, channel);
        }
    }

    private async Task<int> RunLaneAsync(ChannelThrottle endpoint, IDisposable lane, CancellationToken stopping, CancellationToken inFlight)
    {
        using var _ = lane;
        var tried = 0;
        try
        {
            while (!stopping.IsCancellationRequested && await endpoint.TryAsync(
                () => senders.For(endpoint.Channel).ProbeAsync(endpoint.Channel, inFlight), () => ClaimAsync(endpoint, stopping), bundle => DeliverAsync(endpoint, bundle, inFlight)))
            {
                tried++;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested || inFlight.IsCancellationRequested)
        {
            // Stopping before anything was claimed.
        }

        return tried;
    }

    private async Task<ClaimedBundle?> ClaimAsync(ChannelThrottle endpoint, CancellationToken stopping)
    {
        var (freshFirst, locks) = (IsTurnOfFresh(), LockSet.None);
        while (true)
        {
            var (bundle, passedOver) = await database.WriteAsync(locks, db => Claim(db, endpoint.Channel, freshFirst), WritePriority.Delivery, stopping);
            if (bundle is not null || passedOver.Count == 0)
            {
                return bundle;
            }

            locks = LockSet.Of(LockKey.Subscriber(passedOver[0])); // nothing else is due: wait for the one that has been due longest
        }
    }

    private (ClaimedBundle? Bundle, List<string> PassedOver) Claim(Session db, string channel, bool freshFirst)
    {
        var passedOver = new List<string>();
        return (DeliveryStore.Claim(db, leases, channel, clock.GetUtcNow(), freshFirst, passedOver), passedOver);
    }

    private bool IsTurnOfFresh() => Interlocked.Increment(ref _claims) % FreshEvery == 0;

    private async Task<SendResult> DeliverAsync(ChannelThrottle endpoint, ClaimedBundle bundle, CancellationToken inFlight)
    {
        CrashPoint.Reached("lease.after");
        var started = clock.GetTimestamp();
        var sending = await AttemptAsync(bundle, inFlight);
        sending = sending with { Result = endpoint.Judge(sending.Result, bundle.Bundle, bundle.Attempt) };
        await WriteDownAsync(bundle, sending, inFlight);
        metrics.Tried(bundle, sending.Result, clock.GetElapsedTime(started), clock.GetUtcNow());
        return sending.Result;
    }

    /// <summary>
    /// Records the result of an attempt, with as many tries as it takes, because an accepted message must not be sent again; when the service stops,
    /// with one. An attempt without a recorded result counts as one that never ended.
    /// </summary>
    private async Task WriteDownAsync(ClaimedBundle bundle, SendOutcome sending, CancellationToken inFlight)
    {
        var held = true;
        try
        {
            await (inFlight.IsCancellationRequested ? OnceAsync(CancellationToken.None) : loop.DoneAsync("recording sent messages", OnceAsync, inFlight));
        }
        catch
        {
            leases.Abandon(bundle.Lease);
            throw;
        }

        if (!held)
        {
            leases.Lost(Stage.Delivery);
            LeaseLost(logger, bundle.Bundle, bundle.Channel);
        }

        async Task OnceAsync(CancellationToken cancellationToken) => held = await record.WriteAsync(bundle, sending);
    }

    private async Task<SendOutcome> AttemptAsync(ClaimedBundle bundle, CancellationToken cancellationToken)
    {
        if (!leases.Share.IsCurrent)
        {
            return new(SendResult.NoConnection.StoodStill, "");
        }

        if (bundle.Unreadable is { } why)
        {
            return new(new SendResult.Refused($"its rows in the database cannot be read: {why}"), "");
        }

        using var tooLong = new CancellationTokenSource(AttemptTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooLong.Token, cancellationToken);
        try
        {
            var first = await parts.FirstAsync(bundle, either.Token);
            return leases.Share.IsCurrent ? await senders.For(bundle.Channel).SendAsync(first, either.Token) : new(SendResult.NoConnection.StoodStill, "");
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return cancellationToken.IsCancellationRequested
                ? new(new SendResult.TryAgain("stopped while sending"), "")
                : new(new SendResult.TryAgain($"no reply within {AttemptTimeout.TotalSeconds:0} s", EndpointTrouble: true), "");
        }
#pragma warning disable CA1031 // an unexpected failure is treated like any other: retried, then dead with a notice
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Unexpected(logger, bundle.Bundle, failure);
            return new(new SendResult.TryAgain($"unexpected {failure.GetType().Name}"), "");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery {Delivery} over {Channel} belongs to another process by now; the result of this attempt is not recorded")]
    private static partial void LeaseLost(ILogger logger, string delivery, string channel);

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {Delivery}: unexpected failure")]
    private static partial void Unexpected(ILogger logger, string delivery, Exception failure);
}
