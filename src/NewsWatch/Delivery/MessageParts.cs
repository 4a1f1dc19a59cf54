using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Messages;
using NewsWatch.Messages.Mail;
using NewsWatch.Messages.Webhook;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Locks;
using NewsWatch.Storage.Work;

namespace NewsWatch.Delivery;

/// <summary>
/// Cuts a message to its receiver's limits. Alerts that do not fit go into messages of their own before anything is sent, so that each alert
/// that counts as sent was named in the message that was accepted.
/// </summary>
internal sealed class MessageParts(Database database, ConfigurationHolder configuration, WorkSignals signals, TimeProvider clock)
{
    /// <summary>The message with as many alerts as fit; the others wait in the next ones.</summary>
    public async Task<ClaimedBundle> FirstAsync(ClaimedBundle bundle, CancellationToken cancellationToken)
    {
        if (bundle.Alerts.Count < 2 || Of(bundle) is not { Count: > 1 } parts)
        {
            return bundle;
        }

        var others = parts.Skip(1).Select(part => part.Select(alert => alert.Key).ToList()).ToList();
        await database.WriteAsync(LockSet.Of(LockKey.Subscriber(bundle.Subscriber)), db => DeliveryStore.Split(db, bundle, others, clock.GetUtcNow()), WritePriority.Delivery, cancellationToken);
        CrashPoint.Reached("split.after");
        signals.Deliveries.Set();
        return bundle with { Alerts = parts[0] };
    }

    /// <summary>The alerts of each message, the most severe first; clean.</summary>
    private IReadOnlyList<IReadOnlyList<AlertContent>> Of(ClaimedBundle bundle)
    {
        var current = configuration.Current;
        var clean = bundle.Alerts.Select(TextCleaner.Alert).ToList();
        return current.Channels.GetValueOrDefault(bundle.Channel) switch
        {
            Channel.Webhook { OneAlert: true } => [.. clean.Select(alert => new[] { alert })],
            Channel.Webhook webhook => Cut(clean, alerts => WebhookBody.Fits(bundle with { Alerts = alerts }, webhook, current)),
            Channel.Email or Channel.Pickup => Cut(clean, alerts => MailSize.Fits(bundle with { Alerts = alerts })),
            _ => [clean],
        };
    }

    /// <summary>Alerts about one article stay together, as long as they fit into one message.</summary>
    private static IReadOnlyList<IReadOnlyList<AlertContent>> Cut(IReadOnlyList<AlertContent> alerts, Func<IReadOnlyList<AlertContent>, bool> fits) =>
    [
        .. Fitting.Cut(AlertView.ByArticle(alerts).ToList(), run => fits([.. run.SelectMany(article => article)]))
            .SelectMany(run => run.Count == 1 ? Fitting.Cut(run[0], fits) : [run.SelectMany(article => article).ToList()]),
    ];
}
