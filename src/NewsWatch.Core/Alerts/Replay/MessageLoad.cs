namespace NewsWatch.Core.Alerts.Replay;

/// <summary>How many messages a subscriber gets, by day, and what became of its alerts.</summary>
/// <param name="zone">The zone of its days.</param>
public sealed class MessageLoad(TimeZoneInfo zone)
{
    private readonly SortedDictionary<DateOnly, int> _byDay = [];
    private readonly SortedDictionary<VerdictOutcome, int> _outcomes = [];

    /// <summary>All messages, digests and the notice that the cap is reached among them.</summary>
    public int Messages { get; private set; }

    /// <summary>The messages of each day that had one.</summary>
    public IReadOnlyDictionary<DateOnly, int> ByDay => _byDay;

    /// <summary>How many alerts went at once, with others, later, or not at all.</summary>
    public IReadOnlyDictionary<VerdictOutcome, int> Outcomes => _outcomes;

    /// <summary>The messages of the fullest day; 0 for none.</summary>
    public int FullestDay => _byDay.Values.DefaultIfEmpty().Max();

    internal void Count(VerdictOutcome outcome) => _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;

    internal void Add(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
        _byDay[day] = _byDay.GetValueOrDefault(day) + 1;
        Messages++;
    }
}
