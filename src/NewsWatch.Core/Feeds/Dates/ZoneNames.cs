using System.Collections.Frozen;
using System.Globalization;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Feeds.Dates;

/// <summary>
/// Zones by name: the abbreviations of RFC 822 and common ones, names in words ("Eastern European Summer Time", "Moscow time"), identifiers of the tz database.
/// A name says what it says: EST is five hours behind UTC in summer too. What means several zones (IST) is not known.
/// </summary>
internal static class ZoneNames
{
    private const int MaxNameLength = 4;

    private static readonly FrozenDictionary<string, double> Hours = Read(
        "Z 0 GMT 0 UTC 0 UT 0 WET 0 EST -5 EDT -4 CST -6 CDT -5 MST -7 MDT -6 PST -8 PDT -7 AKST -9 AKDT -8 HST -10 "
        + "AST -4 ADT -3 NST -3.5 NDT -2.5 BRT -3 ART -3 BST 1 WEST 1 CET 1 MET 1 MEZ 1 CEST 2 MEST 2 MESZ 2 EET 2 EEST 3 SAST 2 MSK 3 МСК 3 "
        + "MSD 4 JST 9 KST 9 HKT 8 SGT 8 AWST 8 ACST 9.5 ACDT 10.5 AEST 10 AEDT 11 NZST 12 NZDT 13 PKT 5 NPT 5.75");

    // What a name in words means, without its words for time and season.
    private static readonly FrozenDictionary<string, string> Ids = Pairs(
        "et=America/New_York;ct=America/Chicago;mt=America/Denver;pt=America/Los_Angeles;eastern=America/New_York;central=America/Chicago;mountain=America/Denver;pacific=America/Los_Angeles;"
        + "alaska=America/Anchorage;alaskan=America/Anchorage;hawaii=Pacific/Honolulu;hawaiian=Pacific/Honolulu;hawaii aleutian=Pacific/Honolulu;atlantic=America/Halifax;newfoundland=America/St_Johns;washington=America/New_York;"
        + "greenwich mean=Etc/UTC;coordinated universal=Etc/UTC;universal coordinated=Etc/UTC;universal=Etc/UTC;british=Europe/London;uk=Europe/London;"
        + "central european=Europe/Berlin;central europe=Europe/Berlin;western european=Europe/Lisbon;eastern european=Europe/Athens;middle european=Europe/Berlin;"
        + "mitteleuropäische=Europe/Berlin;osteuropäische=Europe/Athens;europe centrale=Europe/Berlin;europa central=Europe/Berlin;europa centrale=Europe/Berlin;pacífico=America/Los_Angeles;"
        + "israel=Asia/Jerusalem;india=Asia/Kolkata;indian=Asia/Kolkata;pakistan=Asia/Karachi;bangladesh=Asia/Dhaka;nepal=Asia/Kathmandu;myanmar=Asia/Yangon;indochina=Asia/Bangkok;"
        + "western indonesia=Asia/Jakarta;central indonesia=Asia/Makassar;eastern indonesia=Asia/Jayapura;china=Asia/Shanghai;beijing=Asia/Shanghai;malaysia=Asia/Kuala_Lumpur;philippine=Asia/Manila;philippines=Asia/Manila;"
        + "japan=Asia/Tokyo;korea=Asia/Seoul;korean=Asia/Seoul;australian eastern=Australia/Sydney;eastern australia=Australia/Sydney;australian central=Australia/Adelaide;australian western=Australia/Perth;western australia=Australia/Perth;"
        + "new zealand=Pacific/Auckland;south africa=Africa/Johannesburg;south african=Africa/Johannesburg;east africa=Africa/Nairobi;west africa=Africa/Lagos;central africa=Africa/Maputo;"
        + "arabia=Asia/Riyadh;arabian=Asia/Riyadh;gulf=Asia/Dubai;iran=Asia/Tehran;turkey=Europe/Istanbul;brasilia=America/Sao_Paulo;argentina=America/Argentina/Buenos_Aires;colombia=America/Bogota;peru=America/Lima;venezuela=America/Caracas;"
        + "georgia=Asia/Tbilisi;armenia=Asia/Yerevan;azerbaijan=Asia/Baku;uzbekistan=Asia/Tashkent;delhi=Asia/Kolkata;mumbai=Asia/Kolkata;московскому=Europe/Moscow;киевскому=Europe/Kyiv;київським=Europe/Kyiv");

    // The tz database names its zones after cities. To ask the system for a name that it may not have is to open a file for each region.
    private static readonly FrozenDictionary<string, string> Cities =
        WordList.Lines("Feeds.Words.zones.txt").ToFrozenDictionary(id => id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace('_', ' '), StringComparer.OrdinalIgnoreCase);

    /// <summary>What these words say; null when they name no zone for certain.</summary>
    public static TimeSpan? Of(IReadOnlyList<string> words, DateTime local)
    {
        var (kept, season, abbreviated) = (new List<string>(), default(bool?), default(TimeSpan?));
        foreach (var word in words)
        {
            if (Hours.TryGetValue(word, out var hours))
            {
                abbreviated ??= TimeSpan.FromHours(hours);
                continue;
            }

            var small = word.ToLowerInvariant();
            season = IsSummer(small) ? true : IsStandard(small) ? false : season;
            if (!IsSummer(small) && !IsStandard(small) && !IsTime(small))
            {
                kept.Add(small);
            }
        }

        // "GMT Daylight Time" is not GMT.
        return kept.Count is > 0 and <= MaxNameLength && Zone(string.Join(' ', kept)) is { } zone ? In(zone, local, season)
            : season == true ? null
            : abbreviated;
    }

    /// <summary>The offset in the zone of the tz database at this local time.</summary>
    public static TimeSpan? ById(string id, DateTime local) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? In(zone, local, season: null) : null;

    // An hour that a clock shows twice, or never, is not known.
    private static TimeSpan? In(TimeZoneInfo zone, DateTime local, bool? season) => season switch
    {
        true => zone.BaseUtcOffset + TimeSpan.FromHours(1),
        false => zone.BaseUtcOffset,
        null => zone.IsAmbiguousTime(local) || zone.IsInvalidTime(local) ? null : zone.GetUtcOffset(local),
    };

    private static TimeZoneInfo? Zone(string name) =>
        (Ids.TryGetValue(name, out var id) || Cities.TryGetValue(name, out id)) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null;

    private static bool IsSummer(string word) => word is "summer" or "daylight" or "sommerzeit" or "été" or "verano" or "estiva" or "verão" or "zomertijd";

    private static bool IsStandard(string word) => word is "standard" or "normalzeit" or "estándar" or "normale" or "padrão";

    private static bool IsTime(string word) => word.Length == 1 || word is "time" or "zone" or "zeit" or "heure" or "hora" or "ora" or "horário" or "tijd" or "времени" or "часом" or "по" or "за" or "de" or "del" or "da" or "us" or "canada" or "uhr" or "h" or "hrs" or "hours";

    private static FrozenDictionary<string, double> Read(string pairs) =>
        pairs.Split(' ').Chunk(2).ToFrozenDictionary(pair => pair[0], pair => double.Parse(pair[1], CultureInfo.InvariantCulture), StringComparer.OrdinalIgnoreCase);

    private static FrozenDictionary<string, string> Pairs(string pairs) => pairs.Split(';').Select(pair => pair.Split('=')).ToFrozenDictionary(pair => pair[0], pair => pair[1]);
}
