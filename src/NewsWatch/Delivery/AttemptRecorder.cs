using Microsoft.Extensions.Logging;
using NewsWatch.Configuration;
using NewsWatch.Delivery.Http;
using NewsWatch.Delivery.Sending;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Locks;
using NewsWatch.Storage.Work;

namespace NewsWatch.Delivery;

/// <summary>Commit 4: records the result of an attempt and, in the same commit, any notice to the operator.</summary>
internal sealed partial class AttemptRecorder(
    Database database, ConfigurationHolder configuration, RetiredEndpoints gone, PausedEndpoints paused, WorkSignals signals, TimeProvider clock, ILogger<AttemptRecorder> logger)
{
    private static readonly TimeSpan AfterTwoUnfinished = TimeSpan.FromMinutes(10);

    /// <summary>Ends an attempt. Not cancellable, because a sent message must be recorded.</summary>
    /// <returns>False if this process no longer holds the message; then nothing was written.</returns>
    public Task<bool> WriteAsync(ClaimedBundle bundle, SendOutcome sending) => database.WriteAsync(LockSet.Of(LockKey.Subscriber(bundle.Subscriber)), db => sending.Result switch
    {
        SendResult.Accepted accepted => Sent(db, bundle, sending, accepted),
        SendResult.TryAgain again => Again(db, bundle, again),
        SendResult.NoConnection down => PutBack(db, bundle, down.Reason, due: null),
        SendResult.SlowDown slower => PutBack(db, bundle, slower.Reason, clock.GetUtcNow() + slower.Wait),
        SendResult.Unfinished unfinished => Unfinished(db, bundle, unfinished.Reason),
        SendResult.Refused refused => Dead(db, bundle, refused.Reason),
        SendResult.EndpointGone ended => Gone(db, bundle, ended.Reason),
        _ => throw new InvalidOperationException(sending.Result.GetType().Name),
    }, WritePriority.Delivery, CancellationToken.None);

    /// <summary>A message that started three times and never ended.</summary>
    public Task TellQuarantinedAsync(string bundle, string subscriber, string channel) => database.WriteAsync(db => TellQuarantined(db, bundle, subscriber, channel));

    /// <summary>Reports, once a day, a channel that has accepted nothing for a while.</summary>
    public Task TellSilentAsync(SilentChannel silent) => database.WriteAsync(db => Tell(db, new(
        $"endpoint/{silent.Channel}/failing/{Day}",
        $"Channel {silent.Channel} is failing",
        $"The channel {silent.Channel} has accepted nothing for {silent.For.TotalMinutes:0} minutes while messages wait. The last failure: {silent.Reason.TrimEnd('.')}. "
        + "The messages are kept and tried again; the other channels go on. See: newswatch status")));

    private string Day => clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private void TellQuarantined(Session db, string bundle, string subscriber, string channel)
    {
        db.AfterCommit(() => Quarantined(logger, bundle));
        Tell(db, new(
            $"quarantine/{bundle}",
            $"A message to {subscriber} stopped the sender {RetrySchedule.MaxUnfinished} times",
            $"The message {bundle} to {subscriber} over {channel} was started {RetrySchedule.MaxUnfinished} times and none of them ended. It is set aside as dead. "
            + $"When the cause is found: newswatch replay --channel {channel} --since 1d --dead")
        {
            Gathering = new("quarantine", "messages stopped the sender"),
        });
    }

    private bool PutBack(Session db, ClaimedBundle bundle, string reason, DateTimeOffset? due)
    {
        var about = BundleWords.Of(bundle);
        db.AfterCommit(() => GoesBack(logger, about, bundle.Subscriber, bundle.Channel, reason));
        return DeliveryStore.PutBack(db, bundle, reason, due);
    }

    private bool Unfinished(Session db, ClaimedBundle bundle, string reason)
    {
        var now = clock.GetUtcNow();
        var due = now + (RetrySchedule.After(bundle.Attempt, bundle.Bundle, null) ?? TimeSpan.Zero);
        if (!DeliveryStore.Unfinished(db, bundle, reason, due, now + AfterTwoUnfinished, RetrySchedule.MaxUnfinished, now))
        {
            return false;
        }

        if (DeliveryStore.IsDead(db, bundle))
        {
            TellQuarantined(db, bundle.Bundle, bundle.Subscriber, bundle.Channel);
        }
        else
        {
            LogWait(db, bundle, reason, due - now);
        }

        return true;
    }

    private bool Sent(Session db, ClaimedBundle bundle, SendOutcome sending, SendResult.Accepted accepted)
    {
        var held = DeliveryStore.Sent(db, bundle, sending.MessageId, sending.Subject, accepted.Reply, clock.GetUtcNow());
        CrashPoint.Reached("commit4.inside");
        var about = BundleWords.Of(bundle);
        db.AfterCommit(() => Sent(logger, about, bundle.Subscriber, bundle.Channel, sending.MessageId, bundle.Attempt));
        return held;
    }

    private bool Again(Session db, ClaimedBundle bundle, SendResult.TryAgain again)
    {
        if (again.RetryAfter is { } length)
        {
            paused.Begin(db, bundle.Channel, length);
        }

        if (RetrySchedule.After(bundle.Attempt, bundle.Bundle, again.RetryAfter, again.Patience) is not { } wait)
        {
            return Dead(db, bundle, $"given up after {bundle.Attempt} attempts: {again.Reason}");
        }

        var now = clock.GetUtcNow();
        var due = now + wait;
        if (!DeliveryStore.Again(db, bundle, again.Reason, due, now))
        {
            return false;
        }

        if (again.Patience is Patience.ThreeAttempts && bundle.Attempt > 1 && !bundle.IsToOperator)
        {
            TellRefused(db, bundle, again.Reason);
        }

        LogWait(db, bundle, again.Reason, wait);
        return true;
    }

    private void LogWait(Session db, ClaimedBundle bundle, string reason, TimeSpan wait)
    {
        var (about, rounded) = (BundleWords.Of(bundle), TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds)));
        db.AfterCommit(() => Waits(logger, about, bundle.Subscriber, bundle.Channel, bundle.Attempt, reason, rounded));
    }

    /// <summary>Reports a refused body once a day, after a second attempt has confirmed it.</summary>
    private void TellRefused(Session db, ClaimedBundle bundle, string reason) => Tell(db, new(
        $"endpoint/{bundle.Channel}/refuses/{Day}",
        $"Channel {bundle.Channel} refuses a message",
        $"A message to {bundle.Subscriber} over {bundle.Channel} was refused again: {reason.TrimEnd('.')}. After the third attempt it is set aside as dead. "
        + $"When the cause is found: newswatch replay --channel {bundle.Channel} --since 1d --dead"));

    /// <summary>The operator gets one notice a recipient and day; none about an undelivered notice, or notices would never end.</summary>
    private bool Dead(Session db, ClaimedBundle bundle, string reason)
    {
        if (!DeliveryStore.Dead(db, bundle, reason, clock.GetUtcNow()))
        {
            return false;
        }

        var about = BundleWords.Of(bundle);
        db.AfterCommit(() => Died(logger, about, bundle.Subscriber, bundle.Channel, reason));
        if (bundle.IsToOperator)
        {
            return true;
        }

        Tell(db, new(
            $"dead/{bundle.Subscriber}/{bundle.Channel}/{Day}",
            $"Alerts could not be delivered to {bundle.Subscriber}",
            $"A message to {bundle.Subscriber} over {bundle.Channel} is dead: {reason} More messages to the same subscriber may die today. "
            + $"When the cause is found: newswatch replay --channel {bundle.Channel} --since 1d --dead")
        {
            Gathering = new("dead", "subscribers could not be reached"),
        });
        return true;
    }

    private bool Gone(Session db, ClaimedBundle bundle, string reason)
    {
        db.LockEverything(); // messages to anybody wait for the channel
        if (!DeliveryStore.Dead(db, bundle, reason, clock.GetUtcNow()))
        {
            return false;
        }

        var isNew = gone.Mark(db, bundle.Channel);
        var buried = DeliveryStore.BuryChannel(db, bundle.Channel, reason) + Math.Max(1, bundle.Alerts.Count);
        var about = BundleWords.Of(bundle);
        db.AfterCommit(() => Died(logger, about, bundle.Subscriber, bundle.Channel, reason));
        if (isNew)
        {
            Tell(db, new(
                $"endpoint/{bundle.Channel}/gone/{clock.GetUtcNow().ToUnixTimeMilliseconds()}",
                $"Channel {bundle.Channel} is gone",
                $"{reason} NewsWatch sends nothing there any more; {buried} deliveries are set aside as dead. Give the channel a new address, or: "
                + $"newswatch replay --channel {bundle.Channel} --since 1d --dead"));
        }

        return true;
    }

    private void Tell(Session db, Notice notice)
    {
        OperatorNotices.Add(db, configuration.Current, notice, clock.GetUtcNow());
        db.AfterCommit(signals.Deliveries.Set);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Sent to {Subscriber} ({Channel}): {About}, attempt {Attempt}, as {MessageId}")]
    private static partial void Sent(ILogger logger, string about, string subscriber, string channel, string messageId, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not sent to {Subscriber} ({Channel}): {About}, attempt {Attempt}: {Reason}; again in {Wait:c}")]
    private static partial void Waits(ILogger logger, string about, string subscriber, string channel, int attempt, string reason, TimeSpan wait);

    [LoggerMessage(Level = LogLevel.Error, Message = "Gave up on {Subscriber} ({Channel}): {About}: {Reason}")]
    private static partial void Died(ILogger logger, string about, string subscriber, string channel, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {Delivery} is quarantined: its attempts start and never end")]
    private static partial void Quarantined(ILogger logger, string delivery);

    [LoggerMessage(Level = LogLevel.Information, Message = "Not tried yet for {Subscriber} ({Channel}): {About}: {Reason}")]
    private static partial void GoesBack(ILogger logger, string about, string subscriber, string channel, string reason);
}
