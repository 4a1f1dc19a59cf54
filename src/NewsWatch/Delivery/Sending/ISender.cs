using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Delivery.Sending;

/// <summary>A way to send messages: mail over SMTP, a folder of mails, a webhook.</summary>
internal interface ISender
{
    /// <summary>Makes one attempt at one message.</summary>
    Task<SendOutcome> SendAsync(ClaimedBundle bundle, CancellationToken cancellationToken);

    /// <summary>Looks whether the endpoint is there, without a message; null when it is, or when only a message can show it.</summary>
    Task<SendResult.NoConnection?> ProbeAsync(string channel, CancellationToken cancellationToken) => Task.FromResult<SendResult.NoConnection?>(null);
}

/// <summary>An attempt and its result.</summary>
/// <param name="MessageId">Message-ID or webhook-id.</param>
/// <param name="Subject">A mail's subject; null for webhooks.</param>
internal sealed record SendOutcome(SendResult Result, string MessageId, string? Subject = null);
