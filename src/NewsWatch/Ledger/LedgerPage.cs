using System.Globalization;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Articles;

namespace NewsWatch.Ledger;

/// <summary>The whole record about one article and one subscriber.</summary>
internal sealed record LedgerPage(
    WatchConfiguration Configuration,
    StoredArticle Article,
    Subscriber Subscriber,
    IReadOnlyList<DeliveryRecord> Deliveries,
    IReadOnlyList<Verdict> Verdicts,
    IReadOnlyList<EarlierAlert> Alerts)
{
    /// <summary>Returns the result of one rule.</summary>
    public LedgerLine Line(WatchRule rule)
    {
        var delivery = Deliveries.LastOrDefault(delivery => delivery.Rule == rule.Id && delivery.Article == Article.Id)
            ?? Deliveries.LastOrDefault(delivery => delivery.Rule == rule.Id);
        if (delivery is not null)
        {
            return Delivered(rule, delivery);
        }

        return Verdicts.FirstOrDefault(verdict => verdict.Rule == rule.Id && verdict.Subscriber == Subscriber.Id) is { } own
            ? new(StageOf(own.Reason, LedgerStage.NotRouted), rule.Id, own.Why)
            : Untold(rule);
    }

    private static LedgerStage StageOf(VerdictReason? reason, LedgerStage otherwise) => reason switch
    {
        VerdictReason.Unsubscribed => LedgerStage.Unsubscribed,
        VerdictReason.Muted => LedgerStage.Muted,
        VerdictReason.TooOld => LedgerStage.TooOld,
        VerdictReason.WaitsForSources => LedgerStage.WaitsForSources,
        VerdictReason.WaitsForChange => LedgerStage.WaitsForChange,
        _ => otherwise,
    };

    private LedgerLine Delivered(WatchRule rule, DeliveryRecord delivery)
    {
        var about = delivery.Article == Article.Id ? "" : $" with an earlier article of the same story, \"{delivery.Title}\"";
        var reason = Verdicts.FirstOrDefault(verdict => verdict.Rule == rule.Id && verdict.Subscriber == Subscriber.Id)?.Why;
        return delivery.State switch
        {
            "sent" => new(LedgerStage.Sent, rule.Id, $"sent {Time(delivery.SentAt)} over {delivery.Channel}{about}") { SentAt = delivery.SentAt, MessageId = delivery.MessageId, Reply = delivery.Reply },
            "dead" => new(LedgerStage.Dead, rule.Id, $"given up after {Tries(delivery)} over {delivery.Channel}{about}: {delivery.LastError ?? "no reply"}") { MessageId = delivery.MessageId },
            "cancelled" => new(LedgerStage.Cancelled, rule.Id, $"cancelled{about}: {delivery.LastError ?? "cancelled before it was sent"}"),
            "leased" => new(LedgerStage.Waiting, rule.Id, $"is being sent over {delivery.Channel}{about}") { MessageId = delivery.MessageId },
            "held" => new(LedgerStage.Waiting, rule.Id, $"held until {Time(delivery.Due)}{about}: {reason ?? "waits for its message"}"),
            _ => new(LedgerStage.Waiting, rule.Id, $"due {Time(delivery.Due)} over {delivery.Channel}{about}{Trouble(delivery)}") { MessageId = delivery.MessageId },
        };
    }

    private LedgerLine Untold(WatchRule rule)
    {
        if (Verdicts.FirstOrDefault(verdict => verdict.Rule == rule.Id && verdict.Subscriber.Length == 0 && verdict.Alert is null) is { } general)
        {
            return new(StageOf(general.Reason, LedgerStage.SameStory), rule.Id, general.Why);
        }

        if (Alerts.Any(alert => alert.Rule == rule.Id))
        {
            var listed = Subscriber.Rules?.Contains(rule.Id) != false;
            return new(LedgerStage.NotRouted, rule.Id, listed ? $"alerted, but no route leads to {Subscriber.Id}" : $"alerted, but {Subscriber.Id} is not subscribed to {rule.Id}");
        }

        var explanation = Configuration.RuleSet.Explain(Configuration.DocumentOf(Article.Article, Article.Source, Article.FirstSeen), rule.Id);
        return explanation.Fires
            ? new(LedgerStage.NoMatch, rule.Id, "the rule fires today, but did not when the article was processed: rules or text have changed since")
            : new(LedgerStage.NoMatch, rule.Id, $"the rule does not fire: {explanation.Reason}");
    }

    private static string Trouble(DeliveryRecord delivery) =>
        delivery.Attempts == 0 ? "" : $"; {Tries(delivery)} failed: {delivery.LastError ?? "no reply"}";

    private static string Tries(DeliveryRecord delivery) => delivery.Attempts == 1 ? "1 attempt" : $"{delivery.Attempts} attempts";

    private string Time(DateTimeOffset? time) => time is { } known
        ? TimeZoneInfo.ConvertTime(known, Configuration.Defaults.TimeZone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)
        : "at an unknown time";
}
