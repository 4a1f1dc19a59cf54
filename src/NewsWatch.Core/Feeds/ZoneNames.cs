using System.Collections.Frozen;
using System.Globalization;

namespace NewsWatch.Core.Feeds;

/// <summary>Zone names as feeds write them (RFC 822 and common ones). A name says what it says: EST is five hours behind UTC in summer too.</summary>
internal static class ZoneNames
{
    private static readonly FrozenDictionary<string, double> Hours = Read(
        "Z 0 GMT 0 UTC 0 UT 0 WET 0 Etc/GMT 0 Etc/UTC 0 EST -5 EDT -4 CST -6 CDT -5 MST -7 MDT -6 PST -8 PDT -7 AKST -9 AKDT -8 HST -10 "
        + "AST -4 ADT -3 NST -3.5 NDT -2.5 BRT -3 ART -3 BST 1 WEST 1 CET 1 MET 1 MEZ 1 CEST 2 MEST 2 MESZ 2 EET 2 EEST 3 SAST 2 MSK 3 "
        + "MSD 4 JST 9 KST 9 HKT 8 SGT 8 AWST 8 ACST 9.5 ACDT 10.5 AEST 10 AEDT 11 NZST 12 NZDT 13 PKT 5 NPT 5.75");

    private static readonly FrozenDictionary<string, double> American = Read(
        "ET -5 CT -6 MT -7 PT -8");

    /// <summary>Hours east of UTC at this local time; null for an unknown name.</summary>
    public static TimeSpan? Offset(string name, DateTime local) =>
        Hours.TryGetValue(name, out var hours) ? TimeSpan.FromHours(hours)
        : American.TryGetValue(name, out var winter) ? TimeSpan.FromHours(winter + (IsAmericanSummer(local) ? 1 : 0))
        : null;

    private static FrozenDictionary<string, double> Read(string pairs) =>
        pairs.Split(' ').Chunk(2).ToFrozenDictionary(pair => pair[0], pair => double.Parse(pair[1], CultureInfo.InvariantCulture), StringComparer.OrdinalIgnoreCase);

    // Since 2007: from the second Sunday of March to the first of November.
    private static bool IsAmericanSummer(DateTime local)
    {
        var march = new DateTime(local.Year, 3, 8, 2, 0, 0, DateTimeKind.Unspecified);
        var november = new DateTime(local.Year, 11, 1, 2, 0, 0, DateTimeKind.Unspecified);
        return local >= march.AddDays((7 - (int)march.DayOfWeek) % 7) && local < november.AddDays((7 - (int)november.DayOfWeek) % 7);
    }
}
