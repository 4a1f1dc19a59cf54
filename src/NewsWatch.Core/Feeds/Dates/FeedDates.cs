using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NewsWatch.Core.Feeds.Markup;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Feeds.Dates;

/// <summary>
/// Reads the dates that feeds write: RFC 822 and its relatives, ISO 8601, localised names, zone names, seconds since 1970. Without a zone it is UTC.
/// A wrong date is worse than none: what can be read two ways, does not exist, or names a zone that is not known for certain, is null.
/// </summary>
internal static partial class FeedDates
{
    private const int MaxLength = 100;

    // Most of what UsualDates leaves is written like this; the rest takes the long way.
    private static readonly string[] InMail = ["ddd, d MMM yyyy HH:mm:ss 'GMT'", "ddd, d MMM yyyy HH:mm:ss zzz"];
    private static readonly string[] InIso = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>The instant; null when it cannot be read for certain.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length is 0 or > MaxLength)
        {
            return null;
        }

        if (UsualDates.Read(trimmed) is { } read)
        {
            return read;
        }

        trimmed = Digits.Ascii(trimmed);
        if (DateTimeOffset.TryParseExact(trimmed, char.IsAsciiDigit(trimmed[0]) ? InIso : InMail, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var usual))
        {
            return usual.Year is >= 1900 and < 2200 ? usual : null;
        }

        var plain = Plain(trimmed);
        return Epoch(plain) ?? Instant(Compact().Replace(plain, "${y}-${m}-${d}T${h}:${n}:${s}"));
    }

    // The first reading of the hours that leaves a day counts.
    private static DateTimeOffset? Instant(string text)
    {
        foreach (var clock in ClockTime.In(text))
        {
            var (head, tail) = (text[..clock.Start], text[clock.End..]);
            var rest = Zones.WithoutOffset(tail);
            if ((head.Any(char.IsAsciiDigit) ? CalendarDay.Of(head, rest, clock.IsHalved) : CalendarDay.Of(rest, "", clock.IsHalved)) is { } day)
            {
                return clock.Time is { } time ? At(day.ToDateTime(TimeOnly.MinValue) + time, tail, text) : null;
            }
        }

        return null;
    }

    private static DateTimeOffset? At(DateTime local, string tail, string text) =>
        Zones.Offset(tail, text, local) is { } zone && local.Ticks > zone.Ticks && local.Year < 9000 ? new DateTimeOffset(DateTime.SpecifyKind(local - zone, DateTimeKind.Utc)) : null;

    // Signs in print, and what was escaped once too often: other scripts' digits among it.
    private static string Plain(string text)
    {
        var once = text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;
        var twice = once.Contains('&', StringComparison.Ordinal) ? PlainText.Line(once) : once;
        return Ascii.IsValid(twice) ? twice : Digits.Ascii(Minus().Replace(twice, "-").Replace('＋', '+'));
    }

    // Ten digits are seconds of this century, thirteen milliseconds.
    private static DateTimeOffset? Epoch(string text) =>
        text.Length is 10 or 13 && text.All(char.IsAsciiDigit) && text[0] == '1' && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? DateTimeOffset.FromUnixTimeMilliseconds(text.Length == 10 ? count * 1000 : count)
            : null;

    [GeneratedRegex(@"^(?<y>\d{4})-?(?<m>\d{2})-?(?<d>\d{2})T?(?<h>\d{2})(?<n>\d{2})(?<s>\d{2})(?=\D|$)", RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Compact();

    [GeneratedRegex("[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Minus();
}
