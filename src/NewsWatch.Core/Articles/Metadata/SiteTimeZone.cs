using System.Collections.Frozen;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Articles.Metadata;

/// <summary>
/// The wall clock of a newsroom, for times that a page shows without a zone: by the host's country, else by the page's language where its readers live in one zone.
/// Countries with several zones, or with summer times of their own, have no entry; their times stand as if they were UTC.
/// </summary>
internal static class SiteTimeZone
{
    private static readonly FrozenDictionary<string, double> Hours = Table(
        (-5, "ec pe"),
        (-3, "ar uy"),
        (0, "gh is ma"),
        (1, "dz ng tn"),
        (2, "bw ls mz na sz za zm zw"),
        (3, "by iq ke kw qa ru sa tr tz ug"),
        (4, "ae am az ge om"),
        (5, "kz pk uz"),
        (5.5, "in lk"),
        (5.75, "np"),
        (6, "bd"),
        (7, "id kh th vn"),
        (8, "cn hk my ph sg tw"),
        (9, "jp kr"));

    // Directive 2000/84/EC: one hour more from the last Sunday of March to that of October, 01:00 UTC.
    private static readonly FrozenDictionary<string, double> SummerTimeHours = Table(
        (0, "gb ie pt uk"),
        (1, "ad al at ba be ch cz de dk es fr hr hu it li lu mc mt nl no pl rs se si sk va"),
        (2, "bg cy ee fi gr lt lv md ro ua"));

    private static readonly FrozenDictionary<string, string> Countries =
        "bg:bg cs:cz da:dk de:de el:gr et:ee fi:fi hr:hr hu:hu it:it ja:jp ko:kr lb:lu lt:lt lv:lv nb:no nl:nl nn:no no:no pl:pl ro:ro sk:sk sl:si sv:se th:th tr:tr uk:ua vi:vn"
            .Split(' ').ToFrozenDictionary(pair => pair[..2], pair => pair[3..], StringComparer.Ordinal);

    /// <summary>The offset from UTC at a wall clock time; null if it is unknown.</summary>
    /// <param name="site">The page's address.</param>
    /// <param name="language">BCP 47 tag; empty when unknown.</param>
    /// <param name="wallClock">The time that the page shows.</param>
    public static TimeSpan? OffsetAt(Uri site, string language, DateTime wallClock)
    {
        var domain = (HostName.Of(site) ?? "").TrimEnd('.');
        var tag = language.ToLowerInvariant().Split('-');
        string?[] countries = [domain[(domain.LastIndexOf('.') + 1)..].ToLowerInvariant(), tag[^1].Length == 2 && tag.Length > 1 ? tag[^1] : null, Countries.GetValueOrDefault(tag[0])];
        return countries.OfType<string>().Select(country => Offset(country, wallClock)).FirstOrDefault(offset => offset is not null);
    }

    private static TimeSpan? Offset(string country, DateTime wallClock) =>
        Hours.TryGetValue(country, out var hours) ? TimeSpan.FromHours(hours)
        : SummerTimeHours.TryGetValue(country, out hours) ? TimeSpan.FromHours(hours + (IsSummer(wallClock.AddHours(-hours)) ? 1 : 0))
        : null;

    private static bool IsSummer(DateTime utc) => utc >= LastSunday(utc.Year, 3).AddHours(1) && utc < LastSunday(utc.Year, 10).AddHours(1);

    // March and October have 31 days.
    private static DateTime LastSunday(int year, int month)
    {
        var last = new DateTime(year, month, 31);
        return last.AddDays(-(int)last.DayOfWeek);
    }

    private static FrozenDictionary<string, double> Table(params ReadOnlySpan<(double Hours, string Countries)> rows)
    {
        var table = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (hours, countries) in rows)
        {
            foreach (var country in countries.Split(' '))
            {
                table.Add(country, hours);
            }
        }

        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
