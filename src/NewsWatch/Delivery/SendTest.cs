using NewsWatch.Configuration;
using NewsWatch.Delivery.Sending;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Delivery;

/// <summary>The result of a test message.</summary>
/// <param name="Ok">True when the server took it.</param>
/// <param name="Text">One sentence.</param>
internal sealed record TestOutcome(bool Ok, string Text);

/// <summary><c>newswatch send-test SUBSCRIBER</c>: one message of type test, at once, past the outbox, so that the caller can show the reply.</summary>
internal sealed class SendTest(ConfigurationHolder configuration, SenderFactory senders, TimeProvider clock)
{
    /// <summary>Sends it over the subscriber's own channel.</summary>
    public async Task<TestOutcome> SendAsync(string subscriber, CancellationToken cancellationToken)
    {
        if (configuration.Current.Subscribers.GetValueOrDefault(subscriber) is not { } reader)
        {
            return new(false, $"No subscriber \"{subscriber}\" in the configuration. There are: {string.Join(", ", configuration.Current.Subscribers.Keys.Order())}.");
        }

        var now = clock.GetUtcNow();
        var notice = new Notice("test", "NewsWatch test", $"This is a test of the way to {subscriber}. If you can read it, alerts will reach you.");
        var bundle = new ClaimedBundle($"test/{subscriber}/{now.ToUnixTimeMilliseconds()}", "test", subscriber, reader.Channel, 1, now, [], notice);
        var sending = await senders.For(reader.Channel).SendAsync(bundle, cancellationToken);
        return sending.Result switch
        {
            SendResult.Accepted accepted => new(true, $"Sent to {subscriber} over {reader.Channel} as {sending.MessageId}: {accepted.Reply}"),
            SendResult.TryAgain again => new(false, $"Not sent to {subscriber} over {reader.Channel}: {again.Reason}."),
            SendResult.NoConnection down => new(false, $"Not sent to {subscriber} over {reader.Channel}: {down.Reason}."),
            SendResult.SlowDown slower => new(false, $"Not sent to {subscriber} over {reader.Channel}: {slower.Reason}."),
            SendResult.Forbidden forbidden => new(false, $"Not sent to {subscriber} over {reader.Channel}: {forbidden.Reason}."),
            SendResult.Unfinished unfinished => new(false, $"Perhaps sent to {subscriber} over {reader.Channel}: {unfinished.Reason}."),
            SendResult.Refused refused => new(false, $"Not sent to {subscriber} over {reader.Channel}: {refused.Reason}"),
            SendResult.EndpointGone gone => new(false, $"Not sent to {subscriber} over {reader.Channel}: {gone.Reason}"),
            _ => throw new InvalidOperationException(sending.Result.ToString()),
        };
    }
}
