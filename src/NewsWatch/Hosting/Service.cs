using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Loading;
using NewsWatch.Delivery;
using NewsWatch.Desk;
using NewsWatch.Drills;
using NewsWatch.Fetching;
using NewsWatch.Health;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Maintenance;
using NewsWatch.Noise;
using NewsWatch.Polling;
using NewsWatch.Processing;
using NewsWatch.Silences;
using NewsWatch.Storage;
using NewsWatch.Storage.Locks;
using NewsWatch.Storage.Replicas;
using NewsWatch.Storage.Shares;
using NewsWatch.Storage.Subscribers;
using NewsWatch.Storage.Upkeep;
using NewsWatch.Storage.Work;
using NewsWatch.Web;
using NewsWatch.WebSub;
using Quartz;

namespace NewsWatch.Hosting;

/// <summary>The service that <c>newswatch run</c> runs, room by room.</summary>
internal static class Service
{
    private const string Clockwork = "clockwork";

    /// <summary>Work in flight ends or goes back within this time when the service stops.</summary>
    internal static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    /// <summary>Less than <see cref="StopPatience"/>, so that work in flight can still record that it goes back.</summary>
    private static readonly TimeSpan HostPatience = TimeSpan.FromSeconds(8);

    /// <summary>Builds the service; nothing runs yet.</summary>
    public static WebApplication Build(ServiceContext start, Action<IServiceCollection>? others = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddConfiguration(start.Settings);
        builder.Logging.AddConfiguration(start.Settings.GetSection("Logging")).AddNewsWatchConsole(Console.IsOutputRedirected);
        var operatorPort = OperatorPort.From(start.Settings);
        builder.WebHost.UseKestrel((context, kestrel) => new Ports(operatorPort).Configure(kestrel, context.Configuration.GetSection("Kestrel")));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = HostPatience);
        AddRooms(builder.Services, start);
        others?.Invoke(builder.Services);

        var app = builder.Build();
        app.Services.GetRequiredService<SilenceMetrics>(); // measures from the start
        app.Services.GetService<ReplicaMetrics>();
        start.Database.Metrics = app.Services.GetRequiredService<UnitMetrics>();
        app.Services.GetRequiredService<DrillMetrics>();
        app.Services.GetRequiredService<BudgetWatch>();
        app.UseNewsWatch(DeskRoutes.MapDesk);
        return app;
    }

    private static void AddRooms(IServiceCollection services, ServiceContext start)
    {
        services.AddSingleton(start.Clock);
        services.AddSingleton(start.Database);
        services.AddSingleton(start.Database.Share);
        services.AddSingleton<UnitMetrics>();
        services.AddSingleton<WorkSignals>();
        services.AddSingleton<Leases>();
        services.AddSingleton<ServiceLoop>();
        services.AddSingleton(new Progress(start.Clock));
        services.AddSingleton(start.With);
        services.AddSingleton(start.Loader);
        services.AddSingleton(new ConfigurationHolder(start.Configuration));
        services.AddMetrics();
        services.AddRouting();

        services.AddFetching();
        services.AddWebSub();
        services.AddPolling();
        services.AddProcessing();
        services.AddMaintenance(start.Settings);
        services.AddDelivery();
        services.AddSilences();
        services.AddDrills();
        services.AddNoise();
        services.AddWeb(start.Settings);
        services.AddDesk(start.Settings);
        if (start.Once)
        {
            return;
        }

        if (!start.Database.Share.IsWhole)
        {
            services.AddSingleton<IOwnedWork, LeadRole>();
            services.AddSingleton<ReplicaMetrics>();
            services.AddHostedService<ReplicaLoop>();
            services.AddHostedService<ReplicaSignals>();
            services.AddHostedService<ReplicaReporter>();
            services.AddHostedService<ServerWatch>();
        }

        services.AddHostedService<UnsubscribeReplay>();
        services.AddHostedService<ClockRollbackMonitor>();
        services.AddHostedService<DatabaseWatch>();
        services.AddHostedService<BusyHostWatch>();
        services.AddHostedService<ArchiveLoop>();
        services.AddHostedService<ConfigurationWatcher>();
        services.AddHostedService<ProcessingLoop>();
        services.AddHostedService(provider => provider.GetRequiredService<DeadlineReminders>());
        services.AddHostedService<FirstLook>();
        services.AddHostedService<DeliveryLoop>();
        services.AddHostedService<Heartbeat>();
        services.AddHostedService(provider => provider.GetRequiredService<DrillWatch>());
        services.AddHostedService(provider => provider.GetRequiredService<BudgetWatch>());

        // Quartz has a clock of its own: it must not stop when the system's clock is set back.
        var clock = new MonotonicTimeProvider(start.Clock);
        services.AddQuartz(Clockwork, quartz =>
        {
            quartz.UseTimeProvider(clock);
            quartz.ScheduleJob<PollDueSourcesJob>(trigger => trigger
                .WithIdentity(nameof(PollDueSourcesJob))
                .WithSimpleSchedule(every => every.WithInterval(TimeSpan.FromSeconds(1)).RepeatForever()));
            quartz.ScheduleMaintenance();
        });
        services.AddQuartzHostedService(Clockwork, quartz => quartz.WaitForJobsToComplete = true);
    }
}

/// <summary>The inputs of a start.</summary>
/// <param name="Settings">The host's settings.</param>
/// <param name="With">The configuration's files and since when it is good.</param>
/// <param name="Once">True for the rooms without their loops: the caller drives them.</param>
internal sealed record ServiceContext(
    IConfiguration Settings, StartupConfiguration With, WatchConfiguration Configuration, ConfigurationLoader Loader, Database Database, TimeProvider Clock, bool Once);
