using System.Globalization;
using NewsWatch.Configuration;
using NewsWatch.Polling.Sources;
using NewsWatch.Storage.Sources;

namespace NewsWatch.Polling;

/// <summary>How a source does after a poll: ok, failing, stale or gone, since when and why. A pure function.</summary>
internal static class SourceHealth
{
    private const int TransientFailures = 3;
    private const int UsualGaps = 3;
    private static readonly TimeSpan MinSilence = TimeSpan.FromHours(1);

    /// <summary>The source after a good poll; <see cref="SourceRow.LastItem"/> and the rhythm already know its news.</summary>
    public static SourceRow AfterSuccess(SourceRow source, Source wanted, PublishingCadence rhythm, DateTimeOffset now)
    {
        source = source with { Failures = 0, LastError = null, NotBefore = null, LastSuccess = now };
        return SilenceAllowed(wanted, rhythm) is { } allowed && source.LastItem is { } last && now - last > allowed
            ? Turn(source, SourceState.Stale, $"nothing new since {Time(last)}; expected within {Span(allowed)}", now)
            : Turn(source, SourceState.Ok, "", now);
    }

    /// <summary>The source after a poll that brought nothing readable: failing at once, or after three transient failures in a row.</summary>
    public static SourceRow AfterFailure(SourceRow source, PollResult.Failed failed, DateTimeOffset now)
    {
        source = source with { Failures = source.Failures + 1, LastError = failed.Reason, NotBefore = failed.RetryAt };
        return failed.Transient && source.Failures < TransientFailures ? source : Turn(source, SourceState.Failing, failed.Reason, now);
    }

    /// <summary>The source will not be polled any more.</summary>
    public static SourceRow Gone(SourceRow source, string reason, DateTimeOffset now) =>
        Turn(source with { LastError = reason }, SourceState.Gone, reason, now);

    /// <summary>How long silence is usual: as configured, else three times its own usual gap, at least an hour and three polls; null while unknown.</summary>
    public static TimeSpan? SilenceAllowed(Source wanted, PublishingCadence rhythm)
    {
        if (wanted.ExpectEvery is { } configured)
        {
            return configured;
        }

        var least = TimeSpan.FromTicks(Math.Max(MinSilence.Ticks, (wanted.Poll * UsualGaps).Ticks));
        return rhythm.UsualGap * UsualGaps is { } usual ? (usual > least ? usual : least) : null;
    }

    private static SourceRow Turn(SourceRow source, SourceState state, string reason, DateTimeOffset now) =>
        source.State == state ? source with { StateReason = reason } : source with { State = state, StateSince = now, StateReason = reason };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Span(TimeSpan span) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(span.TotalDays >= 2 ? $"{span.TotalDays:0.#} days" : span.TotalHours >= 1 ? $"{span.TotalHours:0.#} h" : $"{span.TotalMinutes:0} min")}");
}
