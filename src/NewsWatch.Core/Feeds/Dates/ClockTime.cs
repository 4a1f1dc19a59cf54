using System.Globalization;
using System.Text.RegularExpressions;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Feeds.Dates;

/// <summary>Where a text tells the hour, and which.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Time">Since midnight; null for an hour that does not exist.</param>
/// <param name="IsHalved">It counts to twelve twice.</param>
internal sealed partial record ClockTime(int Start, int End, TimeSpan? Time, bool IsHalved)
{
    /// <summary>The readings, the surest first: with colons, with words, with dots or bare; at last that there is no hour.</summary>
    public static IEnumerable<ClockTime> In(string text)
    {
        // A colon between digits is nothing else.
        if (WithColon().Match(text) is { Success: true } colon)
        {
            return [Of(colon, text)];
        }

        return Matches(WithHalf(), text).Concat(Matches(WithWord(), text)).Concat(Matches(Bare(), text)).Append(new ClockTime(text.Length, text.Length, TimeSpan.Zero, IsHalved: false));
    }

    // From the end, because a date with dots precedes the time.
    private static IEnumerable<ClockTime> Matches(Regex form, string text) => form.Matches(text).Reverse().Select(match => Of(match, text)).Where(clock => clock.Time is not null);

    private static ClockTime Of(Match match, string text)
    {
        var afternoon = IsAfternoon(match, text);
        return new(match.Index, match.Index + match.Length, Since(match, afternoon), afternoon is not null);
    }

    private static bool? IsAfternoon(Match time, string text) => time.Groups["half"].Value switch
    {
        "" when text.Contains("오후", StringComparison.Ordinal) || text.Contains("午後", StringComparison.Ordinal) || text.Contains("下午", StringComparison.Ordinal) => true,
        "" when text.Contains("오전", StringComparison.Ordinal) || text.Contains("午前", StringComparison.Ordinal) || text.Contains("上午", StringComparison.Ordinal) => false,
        "" => null,
        var half => half[0] is 'p' or 'P',
    };

    private static TimeSpan? Since(Match time, bool? afternoon)
    {
        var (hour, minute, second) = (Number(time.Groups["h"]), Number(time.Groups["m"]), Math.Min(59, Number(time.Groups["s"])));
        hour = (afternoon, hour) switch
        {
            (true, < 12) => hour + 12,
            (false, 12) => 0,
            _ => hour,
        };
        var fraction = time.Groups["f"].Success ? double.Parse("0." + time.Groups["f"].Value, CultureInfo.InvariantCulture) : 0;
        return hour > 24 || minute > 59 || (hour == 24 && (minute > 0 || second > 0)) ? null : new TimeSpan(hour, minute, second) + TimeSpan.FromMilliseconds(Math.Floor(fraction * 1000));
    }

    private static int Number(Group digits) => digits.Length > 0 ? int.Parse(digits.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"(?<!\d)(?<h>\d{1,2}):(?<m>\d{1,2})(:(?<s>\d{1,2})([.,](?<f>\d{1,9})\d*)?)?(\s*(?<half>[ap])\.?m\b\.?)?(?!\d)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex WithColon();

    // "7 pm", "7.15 a.m."
    [GeneratedRegex(@"(?<![\d.:])(?<h>\d{1,2})(\.(?<m>\d{2}))?\s*(?<half>[ap])\.?m\b\.?", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex WithHalf();

    // "kl. 07.15", "alle ore 7.15", "7h15", "07.15 Uhr", "7시 15분"
    [GeneratedRegex(@"(?<!\p{L})(kl|klo|kello|ore|alle|um|at|à|a las|às|as|ob|o godz|godz|v|в|у|о|om|la ora|ora|saat|ve|g|τις|ώρα)\.?\s*(?<h>\d{1,2})[.](?<m>\d{2})([.](?<s>\d{2}))?(?![.]?\d)|(?<![\d.])(?<h>\d{1,2})[.](?<m>\d{2})([.](?<s>\d{2}))?\s*(?=(Uhr|uur|h|hrs|hod)\b)|(?<![\d.])(?<h>\d{1,2})\s?(h|時|时|點|点|시)\s?((?<m>\d{2})\s?(min|m|분|分)?(?!\p{L}|\d)|(?!\p{L}|\d))", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex WithWord();

    // "07.15", "07.15.00", "07-15-00", "0715" behind a date: the day is what is left.
    [GeneratedRegex(@"(?<=[\s,T-])(?<h>\d{1,2})\.(?<m>\d{2})(\.(?<s>\d{2}))?(?![.]?\d)|(?<=[\sT])(?<h>\d{2})-(?<m>\d{2})-(?<s>\d{2})(?!\d)|(?<=\s)(?<h>[01]\d|2[0-3])(?<m>[0-5]\d)(?=\s*(Z|[A-Z]{2,5}|hrs|h|Uhr)?\b\s*([+-]\d{2}:?\d{2})?$)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Bare();
}
