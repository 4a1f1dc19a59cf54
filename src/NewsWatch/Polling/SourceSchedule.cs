using System.Security.Cryptography;
using System.Text;
using NewsWatch.Configuration;
using NewsWatch.Core.Feeds;

namespace NewsWatch.Polling;

/// <summary>What the next due time depends on, beside the clock.</summary>
internal sealed record ScheduleInputs
{
    /// <summary>Failed polls in a row, this one included; 0 after a good one.</summary>
    public int Failures { get; init; }

    /// <summary>The failures are 404s.</summary>
    public bool NotFound { get; init; }

    /// <summary>Retry-After.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Cache-Control or Expires.</summary>
    public TimeSpan? FreshFor { get; init; }

    /// <summary>ttl, skipHours, updatePeriod.</summary>
    public FeedHints Hints { get; init; } = new();

    public PublishingCadence Rhythm { get; init; } = new([]);

    /// <summary>A hub pushes what is new before polls see it, so polling only makes sure.</summary>
    public bool Pushed { get; init; }
}

/// <summary>When a source is asked next: a pure function of what is known and the time of the request.</summary>
internal static class SourceSchedule
{
    /// <summary>How far the server's and the feed's wishes can lengthen an interval that is shorter than this.</summary>
    public static readonly TimeSpan MaxPolite = TimeSpan.FromHours(1);

    /// <summary>Bounds of <c>Poll: auto</c>.</summary>
    public static readonly TimeSpan MinAuto = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan MaxBackOff = TimeSpan.FromHours(1);
    private static readonly TimeSpan MaxNotFound = TimeSpan.FromHours(24);
    private const double Jitter = 0.05;
    private const double FailureJitter = 0.25;
    private const int SlowerWhenPushed = 6;

    /// <summary>
    /// Never sooner than the configured interval after <paramref name="asked"/>. After a good poll at most an hour later (or the configured interval, when
    /// that is longer) and 5 % of jitter; Retry-After is kept whatever it says.
    /// </summary>
    public static DateTimeOffset NextDue(Source source, ScheduleInputs past, DateTimeOffset asked)
    {
        var interval = Interval(source, past.Rhythm);
        var due = past.Failures > 0 ? AfterFailure(source.Id, past, asked, interval) : AfterSuccess(source.Id, past, asked, interval);
        return past.RetryAt is { } retry && retry > due ? retry + Share(retry - asked, Jitter, source.Id) : due;
    }

    /// <summary>The wished interval: as configured, or half of the source's own median gap between a minute and an hour.</summary>
    public static TimeSpan Interval(Source source, PublishingCadence rhythm) =>
        source.AutoPoll && rhythm.MedianGap is { } gap ? Between(gap / 2, MinAuto, MaxPolite) : source.Poll;

    /// <summary>A part of <paramref name="span"/> between 0 and <paramref name="most"/> that is always the same for the same text.</summary>
    public static TimeSpan Share(TimeSpan span, double most, string text)
    {
        var hash = BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return span * (most * hash / uint.MaxValue);
    }

    private static DateTimeOffset AfterSuccess(string id, ScheduleInputs past, DateTimeOffset asked, TimeSpan interval)
    {
        var longest = Longer(interval, MaxPolite);
        var wished = Longer(past.FreshFor ?? TimeSpan.Zero, past.Hints.UpdateEvery ?? TimeSpan.Zero);
        var polite = Longer(interval, Shorter(wished, longest));
        if (past.Pushed)
        {
            polite = Longer(polite, Shorter(interval * SlowerWhenPushed, longest));
        }

        var due = asked + polite + Share(polite, Jitter, id);
        return Earlier(AfterSkips(due, past.Hints), Later(due, asked + longest));
    }

    private static DateTimeOffset AfterFailure(string id, ScheduleInputs past, DateTimeOffset asked, TimeSpan interval)
    {
        var cap = Longer(interval, past.NotFound ? MaxNotFound : MaxBackOff);
        var wait = Shorter(interval * Math.Pow(2, Math.Min(past.Failures - 1, 16)), cap);
        return asked + wait + Share(wait, FailureJitter, id);
    }

    /// <summary>The first full hour after <paramref name="due"/> that the feed does not skip (RSS 2.0: UTC); the same when it skips everything.</summary>
    private static DateTimeOffset AfterSkips(DateTimeOffset due, FeedHints hints)
    {
        var time = due;
        for (var hours = 0; hours < 24 * 7; hours++)
        {
            var utc = time.UtcDateTime;
            if (!hints.SkipHours.Contains(utc.Hour) && !hints.SkipDays.Contains(utc.DayOfWeek))
            {
                return time;
            }

            time = new DateTimeOffset(utc.Date.AddHours(utc.Hour + 1), TimeSpan.Zero);
        }

        return due;
    }

    private static TimeSpan Between(TimeSpan span, TimeSpan least, TimeSpan most) => Longer(least, Shorter(span, most));

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
