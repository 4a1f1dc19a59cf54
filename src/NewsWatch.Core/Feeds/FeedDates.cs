using System.Globalization;
using System.Text.RegularExpressions;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Feeds;

/// <summary>
/// Reads the dates that feeds write: RFC 822 and its relatives, ISO 8601, localised names, zone names. Without a zone it is UTC.
/// A wrong date is worse than none: what can be read two ways, or does not exist, is null.
/// </summary>
internal static partial class FeedDates
{
    private const int Longest = 100;

    // Nearly all dates are written like this; the rest takes the long way.
    private static readonly string[] UsualInMail = ["ddd, dd MMM yyyy HH:mm:ss 'GMT'", "ddd, dd MMM yyyy HH:mm:ss zzz"];
    private static readonly string[] UsualInIso = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>The instant; null when it cannot be read for certain.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length is 0 or > Longest)
        {
            return null;
        }

        trimmed = Digits.Ascii(trimmed);
        if (DateTimeOffset.TryParseExact(trimmed, char.IsAsciiDigit(trimmed[0]) ? UsualInIso : UsualInMail, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var usual))
        {
            return usual.Year is >= 1900 and < 2200 ? usual : null;
        }

        trimmed = Compact().Replace(trimmed, "${y}-${m}-${d}T${h}:${n}:${s}");
        var time = Time().Match(trimmed);
        var head = time.Success ? trimmed[..time.Index] : trimmed;
        var tail = time.Success ? trimmed[(time.Index + time.Length)..] : "";
        var afternoon = Halfday(time, trimmed);
        var day = CalendarDay.Of(head, Offset().Replace(tail, " "), american: afternoon is not null);
        if (day is null || Clock(time, afternoon) is not { } clock)
        {
            return null;
        }

        var local = day.Value.ToDateTime(TimeOnly.MinValue) + clock;
        return Zone(tail, trimmed, local) is { } zone && local.Ticks > zone.Ticks && local.Year < 9000 ? new DateTimeOffset(DateTime.SpecifyKind(local - zone, DateTimeKind.Utc)) : null;
    }

    private static bool? Halfday(Match time, string text) => time.Groups["half"].Value switch
    {
        "" when text.Contains("오후", StringComparison.Ordinal) || text.Contains("午後", StringComparison.Ordinal) || text.Contains("下午", StringComparison.Ordinal) => true,
        "" when text.Contains("오전", StringComparison.Ordinal) || text.Contains("午前", StringComparison.Ordinal) || text.Contains("上午", StringComparison.Ordinal) => false,
        "" => null,
        var half => half[0] is 'p' or 'P',
    };

    private static TimeSpan? Clock(Match time, bool? afternoon)
    {
        if (!time.Success)
        {
            return TimeSpan.Zero;
        }

        var (hour, minute) = (Number(time.Groups["h"]), Number(time.Groups["m"]));
        var second = Math.Min(59, time.Groups["s"].Success ? Number(time.Groups["s"]) : 0);
        hour = (afternoon, hour) switch
        {
            (true, < 12) => hour + 12,
            (false, 12) => 0,
            _ => hour,
        };
        var fraction = time.Groups["f"].Success ? double.Parse("0." + time.Groups["f"].Value, CultureInfo.InvariantCulture) : 0;
        return hour > 24 || minute > 59 || (hour == 24 && (minute > 0 || second > 0)) ? null : new TimeSpan(hour, minute, second) + TimeSpan.FromMilliseconds(Math.Floor(fraction * 1000));
    }

    private static TimeSpan? Zone(string tail, string text, DateTime local)
    {
        var offset = Offset().Match(tail);
        if (offset.Success)
        {
            var size = new TimeSpan(Number(offset.Groups["h"]), offset.Groups["m"].Length > 0 ? Number(offset.Groups["m"]) : 0, 0);
            return size > TimeSpan.FromHours(15) ? null : offset.Groups["sign"].Value == "+" ? size : -size;
        }

        foreach (Match word in Word().Matches(tail))
        {
            if (ZoneNames.Offset(word.Value, local) is { } named)
            {
                return named;
            }

            if (word.Value.Length is >= 2 and <= 5 && word.Value.All(char.IsAsciiLetterUpper) && !CalendarDay.IsName(word.Value))
            {
                return null;
            }
        }

        return text.Any(c => c is >= '가' and <= '힣') ? TimeSpan.FromHours(9) : TimeSpan.Zero;
    }

    private static int Number(Group digits) => int.Parse(digits.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<y>\d{4})-?(?<m>\d{2})-?(?<d>\d{2})T?(?<h>\d{2})(?<n>\d{2})(?<s>\d{2})(?=\D|$)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Compact();

    [GeneratedRegex(@"(?<!\d)(?<h>\d{1,2}):(?<m>\d{1,2})(:(?<s>\d{1,2})([.,](?<f>\d{1,9})\d*)?)?(\s*(?<half>[ap])\.?m\b\.?)?(?!\d)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Time();

    [GeneratedRegex(@"^\s*(GMT|UTC|UT|Z)?\s*(?<sign>[+-])\s?(?<h>\d{1,2}):?(?<m>\d{0,2})(?!\d)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Offset();

    [GeneratedRegex(@"\p{L}[\p{L}/]*", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
