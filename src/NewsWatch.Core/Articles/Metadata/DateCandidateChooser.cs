namespace NewsWatch.Core.Articles.Metadata;

/// <summary>Of the moments that a page's signals give for one event, the most telling: with an hour, and with the publisher's own offset where any signal shows it.</summary>
internal static class DateCandidateChooser
{
    // A visible "updated" line or a neighbour's date is no hour for the day that better signals name.
    private static readonly TimeSpan SameDay = TimeSpan.FromHours(38);

    private static readonly TimeSpan MaxOffset = TimeSpan.FromHours(14);

    /// <summary>The moment and its signal; null when no signal has one.</summary>
    /// <param name="found">The instants by signal, the most trusted first.</param>
    /// <param name="usual">The offset that the page or its site would use at a wall clock time; null when unknown.</param>
    public static (DateTimeOffset Value, string Signal)? Choose(IReadOnlyList<(string Signal, PageDate Instant)> found, Func<DateTime, TimeSpan?> usual)
    {
        if (found.Count == 0)
        {
            return null;
        }

        var first = found.FirstOrDefault(other => found[0].Signal == "visible" && IsSwapped(other.Instant.Value, found[0].Instant.Value), found[0]);
        var timed = found.FirstOrDefault(t => t.Instant.HasTime && (t.Instant.Value - first.Instant.Value).Duration() < SameDay);
        var (signal, chosen) = timed.Instant is null ? first : timed;
        var others = found.Where(t => t.Instant is { HasTime: true, HasZone: true }).Select(t => t.Instant.Value).ToList();
        return (chosen.HasZone ? Local(chosen.Value, others, usual) : Zoned(chosen, others, usual), signal);
    }

    // "01.07.19" can be read either way: who names the other day without doubt settles it.
    private static bool IsSwapped(DateTimeOffset told, DateTimeOffset shown) =>
        told.Year == shown.Year && told.Month == shown.Day && told.Day == shown.Month && told.Day != told.Month;

    // The same moment in UTC and in the newsroom's own time: the second says more, and has the day that readers are shown.
    private static DateTimeOffset Local(DateTimeOffset value, List<DateTimeOffset> others, Func<DateTime, TimeSpan?> usual) =>
        value.Offset != TimeSpan.Zero ? value
        : others.Find(other => other.Offset != TimeSpan.Zero && Minute(other.UtcTicks) == Minute(value.UtcTicks)) is { Ticks: > 0 } local ? local
        : usual(value.DateTime) is { } offset ? value.ToOffset(offset) : value;

    // Wall clock and moment of one event differ by the offset, which is whole quarters of an hour.
    private static DateTimeOffset Zoned(PageDate chosen, List<DateTimeOffset> others, Func<DateTime, TimeSpan?> usual)
    {
        var offsets = others.Select(other => chosen.Value.UtcDateTime - other.UtcDateTime).Where(offset => chosen.HasTime && offset.Duration() <= MaxOffset && offset.Ticks % TimeSpan.FromMinutes(15).Ticks == 0);
        return new DateTimeOffset(chosen.Value.DateTime, offsets.Select(offset => (TimeSpan?)offset).FirstOrDefault() ?? usual(chosen.Value.DateTime) ?? TimeSpan.Zero);
    }

    private static long Minute(long ticks) => ticks / TimeSpan.TicksPerMinute;
}
