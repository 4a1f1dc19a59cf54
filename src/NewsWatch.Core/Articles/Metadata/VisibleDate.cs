using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Articles.Metadata;

/// <summary>Reads dates as pages show them to people, in the languages that news is polled in.</summary>
internal static partial class VisibleDate
{
    private static readonly FrozenDictionary<string, int> Months = Named(WordList.Lines("Articles.Metadata.Words.months.txt"));

    /// <summary>The first date in a text of at most 300 characters; null when there is none.</summary>
    public static PageDate? Find(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 300)
        {
            return null;
        }

        text = Digits.Ascii(text);
        return Build(text, YearFirst().Match(text), monthNamed: false) ?? Build(text, DayMonthNamed().Match(text), monthNamed: true)
            ?? Build(text, MonthNamedDay().Match(text), monthNamed: true) ?? Build(text, DayFirst().Match(text), monthNamed: false)
            ?? Build(text, MonthFirst().Match(text), monthNamed: false);
    }

    /// <summary>A line that tells when, and not what happened then: the date is at its beginning or its end.</summary>
    public static bool IsDateLine(string line) => line.Length <= 100 && line.Any(char.IsDigit) && Find(line) is not null && DateAtAnEnd().IsMatch(line);

    /// <summary>The date with which a text begins, parted from what it tells: "29.11.2022 – The ministers agreed", "(21 November 2022) The locks", "Press release of 25 January 2022 | Northmoor".</summary>
    public static PageDate? Opening(string? text) =>
        text is not null && text.AsSpan(0, Math.Min(text.Length, 60)).ContainsAnyInRange('0', '9') && OpeningDate().Match(Digits.Ascii(text.Trim())) is { Success: true } match ? Find(match.Value) : null;

    /// <summary>"Updated 6 May 2025": when the page was changed.</summary>
    public static bool TellsChange(string line) => Change().IsMatch(line);

    private static FrozenDictionary<string, int> Named(IReadOnlyList<string> months) =>
        months.SelectMany((names, index) => names.Split(' ').Select(name => (name, Month: index + 1)))
            .DistinctBy(pair => pair.name).ToFrozenDictionary(pair => pair.name, pair => pair.Month, StringComparer.OrdinalIgnoreCase);

    private static PageDate? Build(string text, Match match, bool monthNamed)
    {
        if (!match.Success)
        {
            return null;
        }

        var year = Number(match.Groups["year"].Value) is >= 0 and < 100 and var twoDigits ? 2000 + twoDigits : Number(match.Groups["year"].Value);
        var day = Number(match.Groups["day"].Value);
        var month = monthNamed ? Months.GetValueOrDefault(match.Groups["month"].Value) : Number(match.Groups["month"].Value);
        if (year is < 1950 or > 2100 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return null;
        }

        var (time, zone) = Clock(ClockAfter().Match(text[(match.Index + match.Length)..])) ?? Clock(ClockBefore().Match(text[..match.Index])) ?? (null, null);
        return new PageDate(new DateTimeOffset(year, month, day, 0, 0, 0, zone ?? TimeSpan.Zero) + (time ?? TimeSpan.Zero), zone is not null, time is not null);
    }

    private static (TimeSpan? Time, TimeSpan? Zone)? Clock(Match match)
    {
        if (!match.Success)
        {
            return null;
        }

        var hour = Number(match.Groups["hour"].Value);
        var half = match.Groups["half"].Value.ToUpperInvariant();
        hour = half.StartsWith('P') && hour < 12 ? hour + 12 : half.StartsWith('A') && hour == 12 ? 0 : hour;
        var minute = Number(match.Groups["minute"].Value);
        return hour > 23 || minute > 59 ? null : (new TimeSpan(hour, minute, 0), MachineDate.Zone(match.Groups["zone"].Value));
    }

    private static int Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;

    [GeneratedRegex(@"(?<!\d)(?<year>(?:19|20)\d{2})\s*(?:[-/.]|年|년)\s*(?<month>\d{1,2})\s*(?:[-/.]|月|월)\s*(?<day>\d{1,2})(?!\d)\s*(?:日|일)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"(?<!\d)(?<day>\d{1,2})(?:\.|st|nd|rd|th|er|º|ª)?\s*(?:de\s+|d[’'])?(?<month>\p{L}{3,12})\.?,?\s*(?:de[l]?\s+)?(?<year>(?:19|20)\d{2})(?!\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, RegexLimit.Milliseconds)]
    private static partial Regex DayMonthNamed();

    [GeneratedRegex(@"(?<month>\p{L}{3,12})\.?\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?:at\s+)?(?<year>(?:19|20)\d{2})(?!\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, RegexLimit.Milliseconds)]
    private static partial Regex MonthNamedDay();

    [GeneratedRegex(@"(?<!\d)(?<day>\d{1,2})\s*[./]\s*(?<month>\d{1,2})\s*[./]\s*(?<year>(?:19|20)\d{2}|\d{2}(?!\d|[.:/]))(?!\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex DayFirst();

    // "01/25/26": no other reading is a date.
    [GeneratedRegex(@"(?<!\d)(?<month>0?[1-9]|1[0-2])[/-](?<day>1[3-9]|2\d|3[01])[/-](?<year>(?:19|20)\d{2}|\d{2}(?!\d|[.:/-]))(?!\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex MonthFirst();

    // The year or the day, and behind it nothing but a clock and its zone; or a date with which the line begins, perhaps after a word for it, and a name behind it.
    [GeneratedRegex(@"(?:\d{4}|[./-]\d{2}|\d{1,2},? \d{4}|日|일)\)?[\s,|@–-]*(?:at|um|à|a las|alle|kl\.?|o)?\s*(?:\d{1,2}\s*[:.h時시]\s*\d{2}(?::\d{2})?)?\s*(?:[ap]\.?m\.?|uhr)?\s*\(?[A-Z]{0,5}(?:\s?[+-]\d{1,2}(?::?\d{2})?)?\)?\.?\s*$|^\W*(?:\p{L}+\W+){0,3}(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}\.? \p{L}{3,10}\.? \d{4}|\p{L}{3,10}\.? \d{1,2},? \d{4})\W*(?:[|•·]|//|$|(?<=, *)(?-i:\p{Lu}[\p{L}.-]+(?: \p{Lu}[\p{L}.-]+){1,3})$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, RegexLimit.Milliseconds)]
    private static partial Regex DateAtAnEnd();

    // A place, a label or nothing, the date, and a mark that ends it.
    [GeneratedRegex(@"^\W{0,3}(?:\p{Lu}[\p{L}-]+(?: \p{L}[\p{L}-]+)?(?:,| of| vom| den|, den| du| del)\s+)?(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}\.? \p{L}{3,10}\.? \d{4}|\p{L}{3,10}\.? \d{1,2},? \d{4})(?:,? \d{1,2}[:.]\d{2}(?: Uhr)?)?(?:\s*[–—|)]|\s+(?:-|//|„|“))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex OpeningDate();

    [GeneratedRegex(@"^\W*(?:last )?(?:updated?|modified|edited|aktualisiert|geändert|mis à jour|modifié|actualizado|atualizado|aggiornato|bijgewerkt|最終更新|更新)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, RegexLimit.Milliseconds)]
    private static partial Regex Change();

    private const string ClockForm = @"(?<hour>\d{1,2})\s*[:.hH時시]\s*(?<minute>\d{2})(?!\d|\.\d)(?::\d{2})?\s*(?<half>[ap]\.?m\.?)?\s*(?<zone>(?:UTC|GMT)(?:\s?[+-]\d{1,2}(?::?\d{2})?)?|CEST|CET|MESZ|MEZ|BST|EDT|EST|CDT|MDT|PDT|PST|SAST|JST|KST)?(?![\p{Ll}\d])";

    [GeneratedRegex("^[^\\d]{0,20}?" + ClockForm, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, RegexLimit.Milliseconds)]
    private static partial Regex ClockAfter();

    // "11:48, Thu, Jul 18, 2024"
    [GeneratedRegex("(?<!\\d)" + ClockForm + @"[\s,|–-]*(?:\p{L}{2,10}\.?,?\s*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, RegexLimit.Milliseconds)]
    private static partial Regex ClockBefore();
}
