using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NewsWatch.Configuration.Json;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Work;

namespace NewsWatch.Configuration.Loading;

/// <summary>
/// Puts edits in force while the service runs. It checks every second (file system events miss bind mounts and swapped symlinks), waits until two
/// checks in a row see the same texts, loads them, and swaps; a broken edit changes nothing, is logged with every error, counted, and reported
/// to the operator once. Files that never come to rest (a tool writes them twice a second) are taken every few seconds as they are, if they are valid.
/// </summary>
public sealed partial class ConfigurationWatcher : BackgroundService
{
    /// <summary>The time between two checks; an edit is live after two of them.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>The time that files may keep changing before they are taken as they are.</summary>
    internal static readonly TimeSpan Restlessness = TimeSpan.FromSeconds(5);

    /// <summary>The time between two readings that must be equal then: a file that is being written differs.</summary>
    internal static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly StartupConfiguration _start;
    private readonly ConfigurationLoader _loader;
    private readonly ConfigurationHolder _holder;
    private readonly Database _database;
    private readonly ServiceLoop _loop;
    private readonly WorkSignals _signals;
    private readonly TimeProvider _clock;
    private readonly ILogger<ConfigurationWatcher> _log;
    private readonly ConfigurationMetrics _metrics;
    private string _settled;
    private string _seen;
    private ExternalInputs _outside;
    private long? _restlessSince;
    private DateTimeOffset _since;

    /// <summary>Watches the files that <paramref name="start"/> came from.</summary>
    public ConfigurationWatcher(
        StartupConfiguration start, ConfigurationLoader loader, ConfigurationHolder holder, Database database, ServiceLoop loop, WorkSignals signals, TimeProvider clock, IMeterFactory meters, ILogger<ConfigurationWatcher> logger)
    {
        (_start, _loader, _holder, _database, _loop, _signals, _clock, _log) = (start, loader, holder, database, loop, signals, clock, logger);
        (_settled, _seen, _outside, _since) = (start.Hash, start.Hash, start.Outside, start.Since);
        _metrics = new ConfigurationMetrics(meters, holder);
    }

    /// <summary>Logs the configuration of the start, as a refusal if it is the last good one.</summary>
    internal async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (_start.Refusal is { } problems)
        {
            await RefuseAsync(_start.Hash, problems, cancellationToken);
            return;
        }

        var summary = Report.Summary(_holder.Current);
        Started(_log, _holder.Current.Version, summary);
        await WriteStatusAsync(refused: null, cancellationToken);
        await StoreAsync(TellLeftBehindAsync(null, _holder.Current, cancellationToken));
    }

    /// <summary>Checks once; returns true if an edit took effect.</summary>
    internal async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        var now = FilesHash.Of(_start.MainFile);
        var stable = now == _seen;
        _seen = now;
        if (stable)
        {
            _restlessSince = null;
            return (now != _settled || _outside.Changed) && await SettleAsync(now, refuses: true, cancellationToken);
        }

        return await IsRestlessAsync(now, cancellationToken) && await SettleAsync(now, refuses: false, cancellationToken);
    }

    /// <summary>True if the files have kept changing for long but hold a complete text now.</summary>
    private async Task<bool> IsRestlessAsync(string now, CancellationToken cancellationToken)
    {
        _restlessSince ??= _clock.GetTimestamp();
        if (_clock.GetElapsedTime(_restlessSince.Value) < Restlessness)
        {
            return false;
        }

        await Task.Delay(Glance, _clock, cancellationToken);
        if (FilesHash.Of(_start.MainFile) != now)
        {
            return false;
        }

        _restlessSince = null;
        Restless(_log, (int)Restlessness.TotalSeconds);
        return true;
    }

    /// <summary>Loads new texts; returns true if they took effect.</summary>
    /// <param name="now">Their hash: texts that were edited again since are left to the next check.</param>
    /// <param name="refuses">False where texts with errors are passed over.</param>
    private async Task<bool> SettleAsync(string now, bool refuses, CancellationToken cancellationToken)
    {
        var files = Read();
        if (FilesHash.Of(_start.MainFile) != now)
        {
            return false;
        }

        var result = _loader.Load(files, _holder.Current);
        if (result is LoadResult.Refused && !refuses)
        {
            return false;
        }

        (_settled, _outside) = (now, result.Outside);
        if (result is LoadResult.Loaded loaded)
        {
            await AcceptAsync(files, loaded, cancellationToken);
            return true;
        }

        await RefuseAsync(now, result.Problems, cancellationToken);
        return false;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _loop.OnceAsync("watching the configuration", BeginAsync, stoppingToken);
        await _loop.RunAsync("watching the configuration", TurnAsync, stoppingToken);
    }

    private async Task TurnAsync(CancellationToken stopping)
    {
        await Task.Delay(Interval, _clock, stopping);
        await LookAsync(stopping);
    }

    private async Task AcceptAsync(ConfigurationFiles files, LoadResult.Loaded loaded, CancellationToken cancellationToken)
    {
        await StoreAsync(LastGood.KeepAsync(_database, loaded, files, _clock.GetUtcNow(), cancellationToken));
        CrashPoint.Reached("configuration.swap");
        var before = _holder.Current;
        _holder.Swap(loaded.Configuration);
        _since = _clock.GetUtcNow();
        _metrics.Accepted();
        var summary = Report.Summary(loaded.Configuration) + (loaded.Problems.Count > 0 ? "\n" + Report.Of(loaded.Problems) : "");
        Accepted(_log, loaded.Configuration.Version, summary);
        await WriteStatusAsync(refused: null, cancellationToken);
        await StoreAsync(TellLeftBehindAsync(before, loaded.Configuration, cancellationToken));
    }

    /// <summary>Reports an edit that removes a subscriber or a channel for which alerts wait.</summary>
    private async Task TellLeftBehindAsync(WatchConfiguration? before, WatchConfiguration now, CancellationToken cancellationToken)
    {
        var left = LeftBehind.Find(_database, before, now);
        if (left.Count == 0)
        {
            return;
        }

        var report = string.Join('\n', left.Select(one => one.ToString()));
        AlertsLeft(_log, report);
        await TellOperatorAsync(new($"left-behind/{now.Version}", "Alerts wait for a removed subscriber or channel", report), cancellationToken);
    }

    private async Task RefuseAsync(string hash, IReadOnlyList<Problem> problems, CancellationToken cancellationToken)
    {
        var verdict = Report.Verdict(problems, (_holder.Current, _since));
        _metrics.Refused();
        Refused(_log, Report.Of(problems) + verdict);
        await WriteStatusAsync(new(_clock.GetUtcNow(), problems.Count(problem => !problem.IsWarning)), cancellationToken);
        await StoreAsync(_database.WriteAsync(
            db => RefusalStore.Add(db, new(_clock.GetUtcNow(), hash, StoredJson.Write(problems))), cancellationToken));
        await TellOperatorAsync(RefusalNotice.Create(hash, problems, verdict), cancellationToken);
    }

    private Task WriteStatusAsync(RefusedEdit? refused, CancellationToken cancellationToken)
    {
        var current = _holder.Current;
        var status = new ConfigurationStatus(current.Version, _since, Report.Summary(current), current.Defaults.TimeZone.Id)
        {
            Muted = [.. Mutings.All(current).Select(entry => new MutedEntry(entry.Muting.Until, entry.Muting.Sentence(entry.What)))],
            BusyHosts = [.. BusyHost.Among(current.Sources.Values).Select(host => host.Sentence)],
            Refused = refused,
        };
        return StoreAsync(_database.WriteAsync(db => ConfigurationStatus.Set(db, status), cancellationToken));
    }

    private async Task TellOperatorAsync(Notice notice, CancellationToken cancellationToken)
    {
        var op = _holder.Current.Operator;
        if (op.Via is { } channel)
        {
            await StoreAsync(_database.WriteAsync(db => NoticeStore.Add(db, notice, op.To, channel, _clock.GetUtcNow()), cancellationToken));
            _signals.Deliveries.Set();
        }
    }

    /// <summary>A failed write to the database (disk full) does not stop an edit from taking effect, nor the watching.</summary>
    private async Task StoreAsync(Task write)
    {
        try
        {
            await write;
        }
        catch (Exception failure) when (StorageTrouble.IsAny(failure))
        {
            NotStored(_log, failure.Message);
        }
    }

    /// <summary>The texts of the files; unreadable files count as a broken edit.</summary>
    private ConfigurationFiles Read()
    {
        try
        {
            return ConfigurationFiles.Read(_start.MainFile);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new(Path.GetDirectoryName(Path.GetFullPath(_start.MainFile))!, [new(Path.GetFileName(_start.MainFile), "")]);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The configuration change could not be stored: {Failure}")]
    private static partial void NotStored(ILogger logger, string failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The configuration's files have kept changing for {Seconds} s: NewsWatch takes their present content if it is valid")]
    private static partial void Restless(ILogger logger, int seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Configuration {Version} is in force: {Summary}")]
    private static partial void Accepted(ILogger logger, string version, string summary);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Report}")]
    private static partial void AlertsLeft(ILogger logger, string report);

    [LoggerMessage(Level = LogLevel.Information, Message = "Started with configuration {Version}: {Summary}")]
    private static partial void Started(ILogger logger, string version, string summary);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Report}")]
    private static partial void Refused(ILogger logger, string report);
}

/// <summary>The configuration of the start.</summary>
/// <param name="MainFile">The path of the main file.</param>
/// <param name="Hash">What the files held at the start, valid or not (<see cref="FilesHash"/>): only an edit is loaded again.</param>
/// <param name="Since">The time since which the configuration has been in force.</param>
public sealed record StartupConfiguration(string MainFile, string Hash, DateTimeOffset Since)
{
    /// <summary>What was wrong with the files where the last good configuration runs in their place; null where the files' own runs.</summary>
    public IReadOnlyList<Problem>? Refusal { get; init; }

    /// <summary>The other inputs of the load.</summary>
    internal ExternalInputs Outside { get; init; } = new();

    /// <summary>The configuration of a start from files that were loaded with this result.</summary>
    internal static StartupConfiguration Of(string mainFile, string hash, LoadResult result, DateTimeOffset since) =>
        new(mainFile, hash, since) { Refusal = result is LoadResult.Refused ? result.Problems : null, Outside = result.Outside };
}
