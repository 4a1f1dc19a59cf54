using System.Globalization;
using NewsWatch.Polling;
using NewsWatch.Storage;

namespace NewsWatch.Cli;

/// <summary>What the record says, in lines for a terminal.</summary>
internal static class LedgerText
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
                yield return $"  {"",-13} as {id}{(line.Reply is { } reply ? $"; the server answered: {reply}" : "")}";
            }
        }
    }

    /// <summary>Alerts, two lines each.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<AlertRecord> alerts)
    {
        foreach (var alert in alerts)
        {
            yield return $"{Time(alert.Created)}  {Lower(alert.Severity),-7}  {alert.Rule}: {alert.Title} ({alert.Source})";
            yield return $"{Indent}{Reason(alert)}; {Count(alert)}; {alert.Url}";
        }

        yield return Sum(alerts.Count, "alert", "alerts");
    }

    /// <summary>Deliveries, a line each, and one for what went wrong.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<DeliveryRecord> deliveries)
    {
        foreach (var delivery in deliveries)
        {
            yield return $"{Time(delivery.Created)}  {delivery.State,-9}  {delivery.Subscriber} by {delivery.Channel}: {delivery.Title ?? delivery.Kind}";
            if (When(delivery) is { } detail)
            {
                yield return Indent + detail;
            }
        }

        yield return Sum(deliveries.Count, "delivery", "deliveries");
    }

    private static string? When(DeliveryRecord delivery) => delivery.State switch
    {
        "sent" => $"{Time(delivery.SentAt ?? delivery.Due)} as {delivery.MessageId}",
        "held" => $"held until {Time(delivery.Due)}",
        "pending" when delivery.Attempts > 0 => $"tried {Times(delivery.Attempts)}, again {Time(delivery.Due)}: {delivery.LastError}",
        _ => delivery.LastError,
    };

    private static string Reason(AlertRecord alert) => alert.Reason switch
    {
        Core.Alerts.Reason.FirstReport => "first report",
        var reason => Lower(reason),
    };

    private static string Count(AlertRecord alert) => alert.Deliveries == 0
        ? "nobody asks for it"
        : $"{alert.Sent} of {alert.Deliveries} sent{(alert.Dead > 0 ? $", {alert.Dead} dead" : "")}";

    private static string Word(LedgerStage stage) => stage switch
    {
        LedgerStage.NotRouted => "not routed",
        LedgerStage.SameStory => "same story",
        LedgerStage.TooOld => "too old",
        LedgerStage.NoMatch => "no match",
        LedgerStage.NoSubscriber => "nobody",
        LedgerStage.NeverSeen => "never seen",
        _ => Lower(stage),
    };

    private static string Times(int count) => count == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{count} times");

    private static string Sum(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}.");

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
