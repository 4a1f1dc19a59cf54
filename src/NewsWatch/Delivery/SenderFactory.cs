using NewsWatch.Configuration;
using NewsWatch.Delivery.Http;
using NewsWatch.Delivery.Sending;
using NewsWatch.Delivery.Smtp;
using NewsWatch.Messages.Mail;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Work;

namespace NewsWatch.Delivery;

/// <summary>The sender of each channel, by the configuration in force.</summary>
internal sealed class SenderFactory(ConfigurationHolder configuration, MailComposer composer, SmtpConnectionPool connections, WebhookSender webhooks, Leases leases, TimeProvider clock)
{
    /// <summary>The sender for a channel; one that is no longer configured sends nothing and is tried again, in case it returns.</summary>
    public ISender For(string channel) => configuration.Current.Channels.GetValueOrDefault(channel) switch
    {
        Channel.Email email => new SmtpSender(email, composer, connections, leases.Share, clock),
        Channel.Pickup pickup => new PickupSender(pickup, composer),
        Channel.Webhook => webhooks,
        _ => new NoSender(channel),
    };

    private sealed class NoSender(string channel) : ISender
    {
        public Task<SendOutcome> SendAsync(ClaimedBundle bundle, CancellationToken cancellationToken) =>
            Task.FromResult(new SendOutcome(new SendResult.TryAgain($"channel {channel} is not in the configuration"), ""));
    }
}
