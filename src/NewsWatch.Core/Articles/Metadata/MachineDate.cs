using System.Globalization;
using System.Text.RegularExpressions;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Articles.Metadata;

/// <summary>Dates as machines write them: ISO 8601 with its common slips, RFC 5322, seconds or milliseconds since 1970.</summary>
internal static partial class MachineDate
{
    private static readonly string[] OtherForms =
    [
        "ddd, dd MMM yyyy HH:mm:ss", "ddd, d MMM yyyy HH:mm:ss", "d MMM yyyy HH:mm:ss", "ddd MMM d HH:mm:ss yyyy", "MMM d, yyyy, h:mm tt", "MMMM d, yyyy, h:mm tt", "MMM d, yyyy h:mm tt",
        "MMMM d, yyyy h:mm tt", "M/d/yyyy h:mm:ss tt", "M/d/yyyy h:mm tt", "ddd MMM dd yyyy HH:mm:ss", "MMMM d, yyyy", "MMM d, yyyy", "d MMMM yyyy", "d MMM yyyy", "dd.MM.yyyy HH:mm", "dd.MM.yyyy",
        "d MMMM yyyy HH:mm", "d MMM yyyy HH:mm", "d MMMM yyyy, HH:mm", "MMMM d, yyyy HH:mm", "MMM d, yyyy HH:mm", "yyyy/MM/dd HH:mm",
    ];

    /// <summary>Reads a date of at most 80 characters; null where it is none.</summary>
    public static PageDate? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 80)
        {
            return null;
        }

        var trimmed = Digits.Ascii(text.Trim());
        return Iso(trimmed) ?? Epoch(trimmed) ?? Other(trimmed);
    }

    private static PageDate? Iso(string text)
    {
        var match = IsoForm().Match(text);
        return match.Success ? FromParts(match) : null;
    }

    private static PageDate? FromParts(Match match)
    {
        int Part(string name) => match.Groups[name] is { Success: true, ValueSpan: var digits } ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;
        var (year, month, day) = (Part("year"), Part("month"), Part("day"));
        var (hour, minute, second) = (Part("hour"), Part("minute"), Math.Min(Part("second"), 59));
        if (year is < 1950 or > 2100 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59)
        {
            return null;
        }

        var zone = Zone(match.Groups["zone"].Value.Trim());
        return new PageDate(new DateTimeOffset(year, month, day, hour, minute, second, zone ?? TimeSpan.Zero), zone is not null, match.Groups["hour"].Success);
    }

    /// <summary>The offset that a zone's text names; null when none is known.</summary>
    internal static TimeSpan? Zone(string zone)
    {
        if (zone.Length == 0)
        {
            return null;
        }

        var sign = zone.AsSpan().IndexOfAny('+', '-', '\u2212');
        return sign >= 0 ? Offset(zone[sign..]) : zone.ToUpperInvariant() switch
        {
            "Z" or "UTC" or "GMT" or "UT" or "WET" => TimeSpan.Zero,
            "CET" or "MEZ" or "BST" or "WEST" => TimeSpan.FromHours(1),
            "CEST" or "MESZ" or "EET" or "SAST" => TimeSpan.FromHours(2),
            "EEST" or "MSK" => TimeSpan.FromHours(3),
            "JST" or "KST" => TimeSpan.FromHours(9),
            "SGT" or "HKT" or "MYT" => TimeSpan.FromHours(8),
            "EDT" => TimeSpan.FromHours(-4),
            "EST" or "CDT" => TimeSpan.FromHours(-5),
            "CST" or "MDT" => TimeSpan.FromHours(-6),
            "MST" or "PDT" => TimeSpan.FromHours(-7),
            "PST" => TimeSpan.FromHours(-8),
            _ => null,
        };
    }

    // "+05:30", "-0800", "+10", "-3"
    private static TimeSpan? Offset(string text)
    {
        var digits = text[1..].Replace(":", "", StringComparison.Ordinal);
        var hours = digits.Length % 2 == 0 ? 2 : 1;
        var minutes = (int.Parse(digits.AsSpan(0, hours), CultureInfo.InvariantCulture) * 60) + (digits.Length > 2 ? int.Parse(digits.AsSpan(hours), CultureInfo.InvariantCulture) : 0);
        return minutes <= 14 * 60 ? TimeSpan.FromMinutes(text[0] == '+' ? minutes : -minutes) : null;
    }

    private static PageDate? Epoch(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && text.Length is 10 or 13
            ? new PageDate(text.Length == 10 ? DateTimeOffset.FromUnixTimeSeconds(number) : DateTimeOffset.FromUnixTimeMilliseconds(number), HasZone: true, HasTime: true)
            : null;

    private static PageDate? Other(string text)
    {
        var match = ZoneAtEnd().Match(text);
        var zone = match.Success ? Zone(match.Groups["zone"].Value) : null;
        var bare = zone is not null ? text[..match.Index] : text;
        return DateTime.TryParseExact(bare.Trim(), OtherForms, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var local) && local.Year is >= 1950 and <= 2100
            ? new PageDate(new DateTimeOffset(local, zone ?? TimeSpan.Zero), zone is not null, bare.Contains(':', StringComparison.Ordinal))
            : null;
    }

    [GeneratedRegex(@"^(?<year>\d{4})[-/.]?(?<month>\d{1,2})[-/.]?(?<day>\d{1,2})(?:(?:[T ,]\s*|T\s*)(?<hour>\d{1,2}):?(?<minute>\d{2})(?::?(?<second>\d{2})(?:[.,:]\d+)?)?\s*(?<zone>Z|[A-Za-z]{3,4}|(?:GMT|UTC)?[+\-\u2212]\d{2}:?\d{0,2})?)?(?:$|\s|\[)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex IsoForm();

    [GeneratedRegex(@"\s*(?:GMT|UTC)?(?<zone>[+-]\d{2}:?\d{2}|\b[A-Z]{3,4}|Z)(?:\s*\([^)]*\))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex ZoneAtEnd();
}
