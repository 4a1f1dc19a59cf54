using System.Globalization;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Voices.Dates;
using NewsWatch.Core.Voices.Deadlines;

namespace NewsWatch.Messages;

/// <summary>The lines of a mail that say when something must happen, and who said what.</summary>
internal static class VoiceLines
{
    /// <summary>Label and value of each deadline and each quote of a clean alert, for a reader in a zone.</summary>
    public static IEnumerable<(string Label, string Value)> Of(AlertContent alert, TimeZoneInfo zone) =>
        [.. alert.Deadlines.Select(deadline => ("Deadline", Deadline(deadline, zone))), .. alert.Quotes.Select(quote => ("Quote", $"{quote.Speaker}: {quote.Quote}"))];

    /// <summary>What has become of a deadline: "lifted".</summary>
    public static string Verb(DeadlineModality modality) => modality switch
    {
        DeadlineModality.Extended => "extended",
        DeadlineModality.Met => "met",
        DeadlineModality.Missed => "missed",
        DeadlineModality.Denied => "denied",
        DeadlineModality.Lifted => "lifted",
        DeadlineModality.Set => "set",
        _ => "moved",
    };

    /// <summary>The first line of an alert about a deadline that has changed or is near: "Deadline extended from Fri 8 Aug 2025 to Fri 29 Aug 2025 (Courier)".</summary>
    public static string News(AlertContent alert, TimeZoneInfo zone)
    {
        var deadline = alert.Deadlines[0];
        if (alert.Reason == AlertReason.DeadlineNear)
        {
            var at = deadline.At is { } moment ? MailTime.Full(moment, zone) : $"{Day(deadline)}, end of day {City(deadline.Zone)}";
            return $"Deadline near: {at}{(deadline.Holder is { } holder ? $": {holder}" : "")}";
        }

        var before = deadline.Before ?? deadline;
        return $"Deadline {Verb(deadline.Modality)}{(deadline.IsStated ? $" from {Day(before)} to {Day(deadline)}" : $": {Day(deadline)}")} ({alert.Article.SourceName})";
    }

    // Fri 8 Aug 2025, end of day UTC-04:00; Sat 9 Aug 2025, 06:00 Berlin (04:00 UTC); in the text “Friday”: Veshin
    private static string Deadline(DeadlineFacts deadline, TimeZoneInfo zone)
    {
        var change = deadline.Modality switch { DeadlineModality.Set => "", DeadlineModality.Extended => "extended to ", DeadlineModality.Moved => "moved up to ", var over => $"{Verb(over)}: " };
        var before = deadline is { IsStated: true, Before: { } told } ? $"; it was {Day(told)}" : "";
        return $"{change}{When(deadline, zone)}{before}; in the text “{deadline.Quote}”{(deadline.Holder is { } holder ? $": {holder}" : "")}";
    }

    private static string Day(DeadlineFacts deadline) => deadline.Day?.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture) ?? "a day that is not named";

    private static string When(DeadlineFacts deadline, TimeZoneInfo zone) => (deadline.Granularity, deadline.Day) switch
    {
        (_, null) => "a day that is not named",
        (Granularity.Instant, _) when deadline.At is { } at => MailTime.Full(at, zone),
        (Granularity.Day, { } day) => $"{day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture)}, end of day {City(deadline.Zone)}{ForReader(deadline, zone)}",
        (Granularity.Year, { } day) => day.ToString("yyyy", CultureInfo.InvariantCulture),
        (Granularity.Month, { } day) => day.ToString("MMM yyyy", CultureInfo.InvariantCulture),
        (_, { } day) => $"from {day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture)} on",
    };

    // "America/New_York" is New York.
    private static string City(string zone) => zone[(zone.LastIndexOf('/') + 1)..].Replace('_', ' ');

    // The end of the day by the reader's clock, where that is not the same moment.
    private static string ForReader(DeadlineFacts deadline, TimeZoneInfo zone) =>
        deadline.Ends is { } ends && zone.GetUtcOffset(ends) != ends.Offset ? $"; {MailTime.Full(ends, zone)}" : "";
}
