using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using MimeKit;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Voices.Dates;
using NewsWatch.Core.Voices.Deadlines;

namespace NewsWatch.Messages.Mail;

/// <summary>
/// The deadlines of a mail as calendar entries (RFC 5545, method PUBLISH): a day is an all-day entry, a moment is one in UTC. A deadline's entry keeps its UID, so that
/// a later mail changes or cancels it by a higher SEQUENCE.
/// </summary>
internal static class MailCalendar
{
    private const int MaxSummary = 120;

    /// <summary>The attachment; null where no deadline of the alerts has a day or a moment.</summary>
    /// <param name="alerts">The clean alerts of the mail.</param>
    /// <param name="domain">The domain of the mail's sender, of which the entries' names are.</param>
    /// <param name="at">When the mail's alerts were decided: each attempt sends the same file.</param>
    public static MimePart? Create(IReadOnlyList<AlertContent> alerts, string domain, DateTimeOffset at)
    {
        var entries = alerts.SelectMany(alert => alert.Deadlines.Where(HasEntry).Select(deadline => (alert, deadline))).DistinctBy(one => one.deadline.Key).ToList();
        if (entries.Count == 0)
        {
            return null;
        }

        var calendar = new Calendar { Method = "PUBLISH", ProductId = "-//NewsWatch//Deadlines//EN" };
        entries.ForEach(one => calendar.Events.Add(Entry(one.alert, one.deadline, domain, at)));
        var text = new CalendarSerializer().SerializeToString(calendar) ?? "";
        return new MimePart("text", "calendar")
        {
            ContentType = { Charset = "utf-8", Parameters = { { "method", "PUBLISH" } } },
            ContentDisposition = new(ContentDisposition.Attachment) { FileName = "deadline.ics" },
            ContentTransferEncoding = ContentEncoding.Base64,
            Content = new MimeContent(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text))),
        };
    }

    private static bool HasEntry(DeadlineFacts deadline) => deadline.Key.Length > 0 && deadline is { Granularity: Granularity.Day, Day: not null } or { Granularity: Granularity.Instant, At: not null };

    private static CalendarEvent Entry(AlertContent alert, DeadlineFacts deadline, string domain, DateTimeOffset at)
    {
        var link = SafeLink.TryCreate(alert.Article.Url)?.Address;
        return new()
        {
            Uid = $"deadline-{deadline.Key}@{domain}",
            Sequence = deadline.Sequence,
            DtStamp = Utc(at),
            Start = deadline is { Granularity: Granularity.Instant, At: { } moment } ? Utc(moment) : new CalDateTime(deadline.Day!.Value),
            Summary = SubjectLine.Shorten($"Deadline{(deadline.Holder is { } holder ? $" for {holder}" : "")}: {alert.Article.Title}", MaxSummary),
            Description = $"{deadline.Sentence}\n{link}",
            Url = link is null ? null : new Uri(link),
            Status = deadline.Modality is DeadlineModality.Lifted or DeadlineModality.Denied ? EventStatus.Cancelled : EventStatus.Confirmed,
            Transparency = TransparencyType.Transparent,
        };
    }

    private static CalDateTime Utc(DateTimeOffset at) => new(at.UtcDateTime, "UTC");
}
