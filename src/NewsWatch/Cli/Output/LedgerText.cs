using System.Globalization;
using NewsWatch.Ledger;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;

namespace NewsWatch.Cli.Output;

/// <summary>The record of decisions in lines for a terminal.</summary>
internal sealed class LedgerText(TimeText times)
{
    private const string Indent = "                     ";

    /// <summary>The article, then one line for each rule, the nearest to a delivery first.</summary>
    public static IEnumerable<string> Of(LedgerAnswer answer)
    {
        yield return answer.Title ?? "(no article)";
        yield return answer.Url;
        foreach (var line in answer.Lines)
        {
            var word = Word(line.Stage);
            var text = line.Text.StartsWith($"{word}: ", StringComparison.Ordinal) ? line.Text[(word.Length + 2)..] : line.Text;
            yield return $"  {word,-13} {(line.Rule is { } rule ? rule + ": " : "")}{text}";
            if (line.MessageId is { } id)
            {
                yield return $"  {"",-13} as {id}{(line.Reply is { } reply ? $"; the server replied: {reply}" : "")}";
            }
        }

        foreach (var line in Listed("story", answer.Story).Concat(Listed("changes", answer.Changes)))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Listed(string word, IEnumerable<string> sentences) => sentences.Select((sentence, at) => $"  {(at == 0 ? word : ""),-13} {sentence}");

    /// <summary>Alerts, two lines each.</summary>
    /// <param name="alerts">The newest.</param>
    /// <param name="all">Their number, also of those not in the list.</param>
    public IEnumerable<string> Of(IReadOnlyList<AlertRecord> alerts, int all)
    {
        foreach (var alert in alerts)
        {
            yield return $"{times.At(alert.Created)}  {StoredName.Of(alert.Severity),-7}  {alert.Rule}: {alert.Title} ({alert.Source})";
            yield return $"{Indent}{StoredName.Of(alert.Reason).Replace('-', ' ')}; {Count(alert)}; {alert.Url}";
        }

        yield return alerts.Count < all
            ? $"The newest {alerts.Count} of {Many(all, "alert")}: --most {all} shows all, --since 2h fewer. {times.Label}"
            : $"{Many(all, "alert")}. {times.Label}";
    }

    /// <summary>Messages, a line each, with a second line for the result.</summary>
    /// <param name="deliveries">Deliveries, those of one message together.</param>
    public IEnumerable<string> Of(IReadOnlyList<DeliveryRecord> deliveries)
    {
        var messages = deliveries.GroupBy(delivery => (delivery.Bundle, delivery.Subscriber, delivery.Channel, delivery.State)).Select(message => message.ToList()).ToList();
        foreach (var message in messages)
        {
            yield return $"{times.At(message[0].Created)}  {message[0].State,-9}  {message[0].Subscriber} by {message[0].Channel}: {About(message)}";
            if (When(message[0]) is { } detail)
            {
                yield return Indent + detail;
            }
        }

        var alerts = deliveries.Count(delivery => delivery.Rule is not null);
        yield return $"{Many(messages.Count, "message")} for {Many(alerts, "alert")}. {times.Label}";
    }

    private static string About(List<DeliveryRecord> message) => message switch
    {
        [{ Rule: { } rule } one] => $"{rule}: {one.Title}",
        [var one] => one.Title ?? one.Kind,
        [var first, ..] => $"{message.Count} alerts ({string.Join(", ", message.Select(one => one.Rule).Distinct())}): {first.Title}",
        [] => "",
    };

    private string? When(DeliveryRecord delivery) => delivery.State switch
    {
        "sent" => $"{times.At(delivery.SentAt ?? delivery.Due)} as {delivery.MessageId}",
        "held" => $"held until {times.At(delivery.Due)}",
        "pending" when delivery.Attempts > 0 => $"tried {Times(delivery.Attempts)}, again {times.At(delivery.Due)}: {delivery.LastError}",
        _ => delivery.LastError,
    };

    private string Count(AlertRecord alert) => alert.Deliveries == 0
        ? "no subscriber"
        : $"{alert.Sent} of {alert.Deliveries} sent{(alert.HeldUntil is { } until ? $", {alert.Held} held until {times.At(until)}" : "")}{(alert.Dead > 0 ? $", {alert.Dead} dead" : "")}";

    private static string Word(LedgerStage stage) => stage switch
    {
        LedgerStage.NoSubscriber => "nobody",
        _ => StoredName.Of(stage).Replace('-', ' '),
    };

    private static string Times(int count) => count == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{count} times");

    private static string Many(int count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count} {one}{(count == 1 ? "" : "s")}");
}
