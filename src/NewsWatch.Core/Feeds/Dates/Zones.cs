using System.Globalization;
using System.Text.RegularExpressions;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Feeds.Dates;

/// <summary>The zone after the hour: an offset, an identifier of the tz database, an abbreviation, a name in words. No zone is UTC; one that is not known for certain is none.</summary>
internal static partial class Zones
{
    private static readonly TimeSpan Largest = TimeSpan.FromHours(15);

    /// <summary>How far east of UTC the clock was that showed <paramref name="local"/>; null when that cannot be said for certain.</summary>
    /// <param name="tail">The text after the hour.</param>
    /// <param name="text">The whole date.</param>
    /// <param name="local">What the clock showed.</param>
    public static TimeSpan? Offset(string tail, string text, DateTime local)
    {
        if (Signed().Match(tail) is { Success: true } signed)
        {
            return Size(signed);
        }

        if (tail.Contains('/', StringComparison.Ordinal) && Identifier().Match(tail) is { Success: true } id)
        {
            return ZoneNames.ById(id.Value, local);
        }

        List<string> words = [.. Word().Matches(tail).Select(match => match.Value).Where(word => !CalendarDay.IsName(word))];
        return words.Count == 0 ? Unsaid(text) : ZoneNames.Of(words, local) is { } named ? named : words.TrueForAll(IsNoZone) ? Unsaid(text) : null;
    }

    /// <summary>The text after the hour, without the offset, whose digits are no date's.</summary>
    public static string WithoutOffset(string tail) => Signed().Replace(tail, " ");

    private static TimeSpan? Size(Match offset)
    {
        var size = new TimeSpan(Number(offset.Groups["h"]), Number(offset.Groups["m"]), 0);
        return size > Largest ? null : offset.Groups["sign"].Value == "+" ? size : -size;
    }

    private static TimeSpan Unsaid(string text) => text switch
    {
        _ when text.Contains("北京时间", StringComparison.Ordinal) || text.Contains("北京時間", StringComparison.Ordinal) || text.Contains("台北時間", StringComparison.Ordinal) => TimeSpan.FromHours(8),
        _ when text.Contains("日本時間", StringComparison.Ordinal) || text.Any(c => c is >= '가' and <= '힣') => TimeSpan.FromHours(9),
        _ => TimeSpan.Zero,
    };

    // What belongs to the hour or the date in one of many languages.
    private static bool IsNoZone(string word) => word.Length == 1 || word.Any(c => c > '\u2E00')
        || word.ToLowerInvariant() is "uhr" or "uur" or "hrs" or "hr" or "hours" or "hod" or "min" or "clock" or "at" or "on" or "the" or "of" or "am" or "pm" or "de" or "del" or "di" or "du" or "le" or "th" or "st" or "nd" or "rd" or "года" or "року" or "год" or "hodin" or "год." or "год";

    private static int Number(Group digits) => digits.Length > 0 ? int.Parse(digits.Value, CultureInfo.InvariantCulture) : 0;

    // At the beginning, or at the end behind the date. A dash with blanks round it, before a day or year, is no sign.
    [GeneratedRegex(@"^\s*[(\[]?(GMT|UTC|UT|Z)?\s*(?<sign>[+-])((?<h>\d{2}):?(?<m>\d{2})|(?<h>\d{1,2})(:(?<m>\d{2}))?|\s(?<h>\d{2}):?(?<m>\d{2}))(?![\d.:/])|(?<=\s)(GMT|UTC|UT)?(?<sign>[+-])(?<h>\d{2}):?(?<m>\d{2})\)?\s*$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Signed();

    [GeneratedRegex(@"\b(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Etc|Europe|Indian|Mexico|Pacific|US)(/[A-Z][A-Za-z0-9_+-]{1,30}){1,2}", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\p{L}[\p{L}\p{M}]*", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Word();
}
