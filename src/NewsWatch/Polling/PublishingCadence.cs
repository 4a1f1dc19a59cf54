namespace NewsWatch.Polling;

/// <summary>When a source's recent items came: from it follow how often to ask and when silence is news.</summary>
/// <param name="Arrivals">Unix milliseconds, oldest first, at most 50.</param>
internal sealed record PublishingCadence(IReadOnlyList<long> Arrivals)
{
    private const int Kept = 50;
    private const int Enough = 5;

    /// <summary>With items that came at these times.</summary>
    public PublishingCadence With(IEnumerable<DateTimeOffset> times) =>
        new([.. Arrivals.Concat(times.Select(time => time.ToUnixTimeMilliseconds())).Distinct().Order().TakeLast(Kept)]);

    /// <summary>The gap in the middle; null with fewer than five arrivals.</summary>
    public TimeSpan? MedianGap => Gap(0.5);

    /// <summary>The gap that nine of ten do not exceed, so that a quiet night is usual; null with fewer than five arrivals.</summary>
    public TimeSpan? UsualGap => Gap(0.9);

    private TimeSpan? Gap(double share)
    {
        if (Arrivals.Count < Enough)
        {
            return null;
        }

        var gaps = Arrivals.Zip(Arrivals.Skip(1), (one, next) => next - one).Order().ToList();
        return TimeSpan.FromMilliseconds(gaps[(int)Math.Ceiling(share * gaps.Count) - 1]);
    }
}
