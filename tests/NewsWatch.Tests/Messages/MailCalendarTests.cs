using System.Text;
using Ical.Net;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Voices.Dates;
using NewsWatch.Core.Voices.Deadlines;
using NewsWatch.Messages.Mail;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Messages;

/// <summary>The calendar entries of deadlines, read back by a parser and line by line.</summary>
public sealed class MailCalendarTests
{
    private static readonly DateTimeOffset Decided = new(2025, 8, 6, 12, 0, 0, TimeSpan.Zero);

    private static readonly DeadlineFacts Friday = new(new(2025, 8, 8), null, Granularity.Day, "Europe/Moscow", DeadlineModality.Set, "Veshin", "by Friday")
    {
        Key = "abc-1",
        Sentence = "Veshin must leave Kesten; “at once”, or by Friday,\nsaid the ministry, which repeated the same words in a sentence that is long — “очень длинное предложение”.",
    };

    [Fact]
    public void A_day_is_an_all_day_entry_that_takes_no_time()
    {
        var entry = Assert.Single(Calendar.Load(Ics(Friday))!.Events);

        Assert.Equal(("deadline-abc-1@example.com", 0, false), (entry.Uid, entry.Sequence, entry.Start!.HasTime));
        Assert.Equal((new DateOnly(2025, 8, 8), "TRANSPARENT", "CONFIRMED"), (entry.Start.Date, entry.Transparency, entry.Status));
        Assert.StartsWith("Deadline for Veshin: ", entry.Summary, StringComparison.Ordinal);
        Assert.StartsWith(Friday.Sentence, entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_moment_is_an_entry_in_universal_time()
    {
        var moment = Friday with { Granularity = Granularity.Instant, At = new(2025, 8, 8, 18, 0, 0, TimeSpan.FromHours(3)) };

        Assert.Contains("DTSTART:20250808T150000Z", Lines(moment));
    }

    [Fact]
    public void A_deadline_that_moved_changes_its_entry_and_one_that_was_lifted_cancels_it()
    {
        var moved = Friday with { Day = new(2025, 8, 29), Sequence = 1, Modality = DeadlineModality.Extended };
        var lifted = moved with { Sequence = 2, Modality = DeadlineModality.Lifted };

        Assert.Superset(new HashSet<string> { "UID:deadline-abc-1@example.com", "SEQUENCE:1", "DTSTART;VALUE=DATE:20250829", "STATUS:CONFIRMED" }, Lines(moved));
        Assert.Superset(new HashSet<string> { "UID:deadline-abc-1@example.com", "SEQUENCE:2", "STATUS:CANCELLED" }, Lines(lifted));
    }

    [Fact]
    public void Its_lines_end_in_CRLF_and_are_folded_at_75_bytes()
    {
        var text = Ics(Friday);

        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.All(text.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));
        Assert.Superset(new HashSet<string> { "BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:PUBLISH", "DTSTAMP:20250806T120000Z", "TRANSP:TRANSPARENT" }, Lines(Friday));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc-1")]
    public void What_has_neither_day_nor_moment_or_is_not_followed_has_no_entry(string key) =>
        Assert.Null(MailCalendar.Create([Alert(Friday with { Key = key, Granularity = key.Length > 0 ? Granularity.Month : Granularity.Day })], "example.com", Decided));

    [Fact]
    public void Each_attempt_sends_the_same_file() => Assert.Equal(Ics(Friday), Ics(Friday));

    private static HashSet<string> Lines(DeadlineFacts deadline) => [.. Ics(deadline).Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n")];

    private static string Ics(DeadlineFacts deadline)
    {
        var part = MailCalendar.Create([Alert(deadline)], "example.com", Decided)!;
        Assert.Equal(("text/calendar", "PUBLISH", "deadline.ics"), (part.ContentType.MimeType, part.ContentType.Parameters["method"], part.FileName));
        using var content = new MemoryStream();
        part.Content!.DecodeTo(content);
        return Encoding.UTF8.GetString(content.ToArray());
    }

    private static AlertContent Alert(DeadlineFacts deadline) => DeliveryWorld.Alert(1) with { Deadlines = [deadline] };
}
