namespace NewsWatch.Polling.Sources;

/// <summary>How much polling happens at once.</summary>
public sealed record PollLimits
{
    /// <summary>Polls of a source that may start and not end, because the process died, before it is set aside for a time.</summary>
    internal const int MaxStarts = 3;

    /// <summary>Sources in flight at the same time, those that fail not counted: <see cref="PollSlots"/> has a quarter as many slots for them.</summary>
    public int InFlight { get; init; } = 256;

    /// <summary>How long a source that has not proved itself, or fails, may take until its answer begins.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between the end of one request to a host and the start of the next.</summary>
    public TimeSpan HostGap { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Between the first polls after a start, so that new and overdue sources do not come as one burst.</summary>
    public TimeSpan StartStep { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>All overdue sources are asked within this time after a start.</summary>
    public TimeSpan StartWindow { get; init; } = TimeSpan.FromMinutes(5);
}
