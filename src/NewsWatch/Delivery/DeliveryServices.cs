using DnsClient;
using Microsoft.Extensions.DependencyInjection;
using NewsWatch.Delivery.Http;
using NewsWatch.Delivery.Smtp;
using NewsWatch.Messages.Mail;
using NewsWatch.Messages.Unsubscribing;
using NewsWatch.Storage.Shares;

namespace NewsWatch.Delivery;

/// <summary>Registers the room's services.</summary>
public static class DeliveryServices
{
    /// <summary>
    /// Needs Fetching, a Database, WorkSignals, Progress, a ConfigurationHolder, a TimeProvider and metrics to be there. Nothing runs by itself: the host adds
    /// <see cref="DeliveryLoop"/>, or calls <see cref="DeliveryProcessor.DeliverDueAsync"/>.
    /// </summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services) => services
        .AddSingleton(new SmtpTrust(null))
        .AddSingleton<SmtpConnectionPool>()
        .AddSingleton<UnsubscribeTokens>()
        .AddSingleton<FeedbackTokens>()
        .AddSingleton<MailComposer>()
        .AddSingleton<RetiredEndpoints>()
        .AddSingleton<PausedEndpoints>()
        .AddSingleton<WebhookSender>()
        .AddSingleton<SenderFactory>()
        .AddSingleton<MessageParts>()
        .AddSingleton<AttemptRecorder>()
        .AddSingleton<ChannelThrottles>()
        .AddSingleton<IOwnedWork, ChannelLanes>()
        .AddSingleton<SilenceWatch>()
        .AddSingleton<DeliveryMetrics>()
        .AddSingleton<DeliveryProcessor>()
        .AddSingleton<ILookupClient>(_ => new LookupClient())
        .AddSingleton<SendTest>()
        .AddSingleton<Replay>()
        .AddSingleton<Doctor>();
}
