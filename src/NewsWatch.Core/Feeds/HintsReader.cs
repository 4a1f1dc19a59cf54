using System.Globalization;
using System.Xml.Linq;

namespace NewsWatch.Core.Feeds;

/// <summary>What a channel says about polling: ttl, skipHours, skipDays (RSS 2.0), sy:* (RSS 1.0 syndication), hubs and self (WebSub), older pages (RFC 5005).</summary>
internal sealed class HintsReader(Bases bases)
{
    private static readonly XName Relation = "rel";

    /// <summary>Reads the channel's hints.</summary>
    public FeedHints Read(ItemElements parts)
    {
        var hints = new FeedHints { UpdateEvery = Ttl(parts) ?? Syndication(parts), SkipHours = Hours(parts.All("skiphours")), SkipDays = Days(parts.All("skipdays")) };
        var links = parts.All("link").Where(link => link.HasAttributes && link.Attribute(Relation) is not null).ToList();
        return links.Count == 0 ? hints : hints with
        {
            Hubs = [.. Related(links, "hub").Distinct()],
            Self = Related(links, "self").FirstOrDefault(),
            OlderPage = Related(links, "prev-archive").Concat(Related(links, "next")).FirstOrDefault(),
        };
    }

    private static IReadOnlyList<int> Hours(IReadOnlyList<XElement> lists) => lists.Count == 0 ? []
        : [.. Inner(lists).Select(Whole).Where(hour => hour is >= 0 and <= 24).Select(hour => hour!.Value % 24).Distinct().Order()];

    private static IReadOnlyList<DayOfWeek> Days(IReadOnlyList<XElement> lists) => lists.Count == 0 ? [] : [.. Inner(lists).Select(Day).OfType<DayOfWeek>().Distinct()];

    private static TimeSpan? Ttl(ItemElements parts) => First(parts, "ttl") is { } ttl && Whole(ttl) is > 0 and <= 525_600 and var minutes ? TimeSpan.FromMinutes(minutes) : null;

    private static TimeSpan? Syndication(ItemElements parts)
    {
        TimeSpan? period = First(parts, "sy:updateperiod")?.Trim().ToLowerInvariant() switch
        {
            "hourly" => TimeSpan.FromHours(1),
            "daily" => TimeSpan.FromDays(1),
            "weekly" => TimeSpan.FromDays(7),
            "monthly" => TimeSpan.FromDays(30),
            "yearly" => TimeSpan.FromDays(365),
            _ => null,
        };
        return period / (First(parts, "sy:updatefrequency") is { } frequency && Whole(frequency) is > 0 and <= 1000 and var times ? times : 1);
    }

    private static string? First(ItemElements parts, string name) => parts.All(name) is [var first, ..] ? first.Value : null;

    private static IEnumerable<string> Inner(IReadOnlyList<XElement> lists) => lists.SelectMany(element => element.Elements()).Select(element => element.Value.Trim());

    private static DayOfWeek? Day(string name) => Enum.TryParse<DayOfWeek>(name, ignoreCase: true, out var day) && !char.IsAsciiDigit(name[0]) ? day : null;

    private static int? Whole(string number) => int.TryParse(number.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : null;

    private IEnumerable<string> Related(List<XElement> links, string relation) =>
        links.Where(link => link.Attribute(Relation)!.Value.Split(' ').Contains(relation, StringComparer.OrdinalIgnoreCase))
            .Select(link => bases.Absolute(link.Attribute("href")?.Value, link)).OfType<string>();
}
