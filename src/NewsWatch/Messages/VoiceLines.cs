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

    // Fri 8 Aug 2025, end of day UTC-04:00; Sat 9 Aug 2025, 06:00 Berlin (04:00 UTC); in the text “Friday”: Veshin
    private static string Deadline(DeadlineFacts deadline, TimeZoneInfo zone)
    {
        var change = deadline.Modality switch { DeadlineModality.Extended => "extended to ", DeadlineModality.Moved => "moved up to ", _ => "" };
        return $"{change}{When(deadline, zone)}; in the text “{deadline.Quote}”{(deadline.Holder is { } holder ? $": {holder}" : "")}";
    }

    private static string When(DeadlineFacts deadline, TimeZoneInfo zone) => (deadline.Granularity, deadline.Day) switch
    {
        (_, null) => "a day that is not named",
        (Granularity.Instant, _) when deadline.At is { } at => MailTime.Full(at, zone),
        (Granularity.Day, { } day) => $"{day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture)}, end of day {deadline.Zone}{ForReader(deadline, zone)}",
        (Granularity.Year, { } day) => day.ToString("yyyy", CultureInfo.InvariantCulture),
        (Granularity.Month, { } day) => day.ToString("MMM yyyy", CultureInfo.InvariantCulture),
        (_, { } day) => $"from {day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture)} on",
    };

    // The end of the day by the reader's clock, where that is not the same moment.
    private static string ForReader(DeadlineFacts deadline, TimeZoneInfo zone) =>
        deadline.Ends is { } ends && zone.GetUtcOffset(ends) != ends.Offset ? $"; {MailTime.Full(ends, zone)}" : "";
}
