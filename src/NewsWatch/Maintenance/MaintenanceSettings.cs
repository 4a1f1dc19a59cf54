using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Binding;
using NewsWatch.Configuration.Json;
using NewsWatch.Storage.Upkeep;
using Quartz;

namespace NewsWatch.Maintenance;

/// <summary>
/// Nightly maintenance and its host settings: <c>Storage:KeepStories</c> and <c>Storage:KeepDeliveries</c> (1d-366d, the default is 90d),
/// <c>Storage:BackupFolder</c> (the default is none), <c>Storage:KeepBackups</c> (1-1000, the default is 7).
/// </summary>
internal static class MaintenanceSettings
{
    private const string Backup = "0 47 2 * * ?";
    private const string Retention = "0 17 3 * * ?";
    private const string RetentionAgain = "0 17/10 3-4 * * ?"; // 17, 27, ... of both hours; all but the first find it done

    /// <summary>Registers the jobs' services.</summary>
    /// <exception cref="SettingException">A setting is out of range; the message says which and what to write.</exception>
    public static IServiceCollection AddMaintenance(this IServiceCollection services, IConfiguration settings) => services
        .AddSingleton(new RetentionTimes(Days(settings, "Storage:KeepStories"), Days(settings, "Storage:KeepDeliveries")))
        .AddSingleton(new BackupFolder(settings["Storage:BackupFolder"], Copies(settings, "Storage:KeepBackups")));

    /// <summary>Schedules the jobs at night, in the host's time zone: first the copy, then the deletions.</summary>
    public static void ScheduleMaintenance(this IQuartzBuilder quartz)
    {
        quartz.ScheduleJob<BackupJob>(trigger => trigger.WithIdentity(nameof(BackupJob)).WithCronSchedule(Backup));
        quartz.ScheduleJob<PickupRetentionJob>(trigger => trigger.WithIdentity(nameof(PickupRetentionJob)).WithCronSchedule(Retention));
        quartz.ScheduleJob<RetentionJob>(trigger => trigger.WithIdentity(nameof(RetentionJob)).WithCronSchedule(RetentionAgain));
    }

    private static TimeSpan Days(IConfiguration settings, string key) => Valid(key, HostReader.Keep(settings[key] ?? "90d"));

    private static int Copies(IConfiguration settings, string key) => Valid(key, HostReader.Backups(settings[key] ?? "7"));

    private static T Valid<T>(string key, ParseResult<T> read) => read.Error is null ? read.Value! : throw new SettingException($"{key}: {read.Error}");
}
