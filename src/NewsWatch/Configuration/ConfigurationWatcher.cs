using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NewsWatch.Storage;

namespace NewsWatch.Configuration;

/// <summary>
/// Puts edits in force while the service runs. It looks every second (file system events miss bind mounts and swapped symlinks), waits until two
/// looks in a row see the same texts, loads them, and swaps; what cannot be used changes nothing, is logged with every error, counted, and told
/// to the operator once.
/// </summary>
public sealed partial class ConfigurationWatcher : BackgroundService
{
    /// <summary>Time between two looks; an edit is live after two of them.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly string _mainFile;
    private readonly ConfigurationLoader _loader;
    private readonly ConfigurationHolder _holder;
    private readonly Database _database;
    private readonly TimeProvider _clock;
    private readonly ILogger<ConfigurationWatcher> _log;
    private readonly Counter<long> _reloads;
    private ConfigurationFiles _settled;
    private ConfigurationFiles _seen;
    private DateTimeOffset _since;

    /// <summary>Watches the files that <paramref name="start"/> came from.</summary>
    public ConfigurationWatcher(
        StartedWith start, ConfigurationLoader loader, ConfigurationHolder holder, Database database, TimeProvider clock, IMeterFactory meters, ILogger<ConfigurationWatcher> log)
    {
        (_mainFile, _loader, _holder, _database, _clock, _log) = (start.MainFile, loader, holder, database, clock, log);
        (_settled, _seen, _since) = (start.Files, start.Files, start.Since);
        var meter = meters.Create("newswatch");
        _reloads = meter.CreateCounter<long>("configuration_loads_total", description: "Edits of the configuration by outcome: accepted, refused.");
        meter.CreateObservableGauge("configuration_rules", () => holder.Current.Rules.Count, description: "Rules in force.");
    }

    /// <summary>Looks once; true when something was put in force.</summary>
    internal async Task<bool> LookAsync(CancellationToken cancellation)
    {
        if (TryRead() is not { } now || now.Equals(_settled) || !now.Equals(_seen))
        {
            _seen = TryRead() ?? _seen;
            return false;
        }

        _settled = now;
        return _loader.Load(now) switch
        {
            LoadResult.Loaded loaded => await AcceptAsync(now, loaded, cancellation),
            LoadResult.Refused refused => await RefuseAsync(now, refused, cancellation),
            _ => false,
        };
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LookAsync(stoppingToken);
        }
    }

    private async Task<bool> AcceptAsync(ConfigurationFiles files, LoadResult.Loaded loaded, CancellationToken cancellation)
    {
        await LastGood.KeepAsync(_database, loaded.Configuration, files, _clock.GetUtcNow(), cancellation);
        CrashPoint.Reached("configuration.swap");
        _holder.Swap(loaded.Configuration);
        _since = _clock.GetUtcNow();
        _reloads.Add(1, new KeyValuePair<string, object?>("outcome", "accepted"));
        var summary = Report.Summary(loaded.Configuration) + (loaded.Problems.Count > 0 ? "\n" + Report.Of(loaded.Problems) : "");
        Accepted(_log, loaded.Configuration.Version, summary);
        return true;
    }

    private async Task<bool> RefuseAsync(ConfigurationFiles files, LoadResult.Refused refused, CancellationToken cancellation)
    {
        var report = Report.Of(refused.Problems) + Report.Verdict(refused.Problems, (_holder.Current, _since));
        _reloads.Add(1, new KeyValuePair<string, object?>("outcome", "refused"));
        Refused(_log, report);
        await TellOperatorAsync(files, report, cancellation);
        return false;
    }

    private Task TellOperatorAsync(ConfigurationFiles files, string report, CancellationToken cancellation)
    {
        var op = _holder.Current.Operator;
        if (op.Via is not { } channel)
        {
            return Task.CompletedTask;
        }

        var content = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', files.Files.Select(file => file.Text)))))[..16];
        var notice = new Notice($"configuration/{content}", "The configuration was refused; the last good one runs on", report);
        return _database.WriteAsync(db => NoticeStore.Add(db, notice, op.To, channel, _clock.GetUtcNow()), cancellation);
    }

    /// <summary>What stands in the files, or null while they cannot be read: then the next look will tell.</summary>
    private ConfigurationFiles? TryRead()
    {
        try
        {
            return ConfigurationFiles.Read(_mainFile);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Configuration {Version} is in force: {Summary}")]
    private static partial void Accepted(ILogger logger, string version, string summary);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Report}")]
    private static partial void Refused(ILogger logger, string report);
}

/// <summary>What the service was started with.</summary>
/// <param name="Files">The files as they were at the start, good or not: only an edit is looked at again.</param>
/// <param name="Since">Since when the configuration in force is the good one.</param>
public sealed record StartedWith(string MainFile, ConfigurationFiles Files, DateTimeOffset Since);
