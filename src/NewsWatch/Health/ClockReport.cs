using System.Globalization;
using Microsoft.Extensions.Logging;
using NewsWatch.Configuration;
using NewsWatch.Fetching;
using NewsWatch.Storage;
using NewsWatch.Storage.Sources;
using NewsWatch.Storage.Upkeep;

namespace NewsWatch.Health;

/// <summary>Reports to the operator, health, status and the doctor when the polled servers contradict the system's clock, and when they agree again.</summary>
public sealed partial class ClockReport(Database database, ConfigurationHolder configurations, ClockWitness witness, TimeProvider clock, ILogger<ClockReport> logger)
{
    private TimeSpan? _told;
    private bool _looked;

    /// <summary>Checks, and records a change; does nothing while too few servers have given the time.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        if (witness.Offset is not { } offset)
        {
            return;
        }

        TimeSpan? wrong = offset.Duration() > ClockWitness.Tolerance ? offset : null;
        if (_looked && !IsNews(wrong))
        {
            return;
        }

        await database.WriteAsync(db => Tell(db, wrong), cancellationToken);
        (_told, _looked) = (wrong, true);
    }

    /// <summary>True if the state changed, or the error by more than the tolerance.</summary>
    private bool IsNews(TimeSpan? wrong) => (_told is null) != (wrong is null) || (_told - wrong)?.Duration() > ClockWitness.Tolerance;

    private void Tell(Session db, TimeSpan? wrong)
    {
        var before = WrongClock.Get(db);
        WrongClock.Set(db, wrong);
        if (wrong is { } offset)
        {
            db.AfterCommit(() => Wrong(logger, WrongClock.Words(offset)));
            if (before is null)
            {
                ItemStore.JudgeAgain(db, MaxAge, clock.GetUtcNow() - ClockWitness.Window, offset, clock.GetUtcNow());
                AddNotice(db, offset);
            }
        }
        else if (before is not null)
        {
            db.AfterCommit(() => Right(logger));
        }
    }

    private TimeSpan MaxAge(string source) => configurations.Current.Sources.GetValueOrDefault(source)?.MaxAge ?? configurations.Current.Defaults.MaxAge;

    private void AddNotice(Session db, TimeSpan offset)
    {
        var configuration = configurations.Current;
        var now = clock.GetUtcNow();
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"It says {now.UtcDateTime:yyyy-MM-dd HH:mm 'UTC'}, and {WrongClock.Words(offset)}. Until you set it right, NewsWatch judges the age of news by the servers' time; quiet hours and digests follow the wrong clock.");
        OperatorNotices.Add(db, configuration, new($"clock/{UnixTime.Of(now)}", "The system's clock is wrong", text), now);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Wrong time: {What}")]
    private static partial void Wrong(ILogger logger, string what);

    [LoggerMessage(Level = LogLevel.Information, Message = "The system's clock agrees with the polled servers again")]
    private static partial void Right(ILogger logger);
}
