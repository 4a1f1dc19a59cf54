using NewsWatch.Core.Alerts;
using NewsWatch.Storage.Stories;

namespace NewsWatch.Storage.Alerts;

/// <summary>A delivery joined with its alert, as Dapper reads it.</summary>
internal class DeliveryRow
{
    public string Key { get; init; } = "";

    public string Bundle { get; init; } = "";

    public string Subscriber { get; init; } = "";

    public string Channel { get; init; } = "";

    public string Kind { get; init; } = "";

    public string State { get; init; } = "";

    public string? Rule { get; init; }

    public long? Article { get; init; }

    public string? Content { get; init; }

    public string? Notice { get; init; }

    public long Created { get; init; }

    public long Due { get; init; }

    public long Attempts { get; init; }

    public string? LastError { get; init; }

    public string? MessageId { get; init; }

    public long? SentAt { get; init; }

    public string? Reply { get; init; }

    public DeliveryRecord ToRecord() => new(
        Key, Bundle, Subscriber, Channel, Kind, State, Rule, Article, StoredHeadline.TitleOf(Content, Notice), UnixTime.At(Created), UnixTime.At(Due), (int)Attempts, LastError, MessageId, UnixTime.At(SentAt), Reply);
}

/// <summary>An alert with the counts of its deliveries, as Dapper reads it.</summary>
internal sealed class AlertRow
{
    public string Key { get; init; } = "";

    public string Rule { get; init; } = "";

    public string Reason { get; init; } = "";

    public string Severity { get; init; } = "";

    public long Created { get; init; }

    public string Content { get; init; } = "";

    public long Deliveries { get; init; }

    public long Sent { get; init; }

    public long Dead { get; init; }

    public long Held { get; init; }

    public long? HeldUntil { get; init; }

    public AlertRecord ToRecord()
    {
        var headline = StoredHeadline.Parse(Content);
        return new(
            Key,
            Rule,
            StoredName.To<AlertReason>(Reason),
            StoredName.To<Severity>(Severity),
            UnixTime.At(Created),
            headline.Title,
            headline.Url,
            headline.Source,
            (int)Deliveries,
            (int)Sent,
            (int)Dead,
            (int)Held,
            UnixTime.At(HeldUntil));
    }
}
