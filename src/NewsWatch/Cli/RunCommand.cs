using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NewsWatch.Cli.Output;
using NewsWatch.Cli.Startup;
using NewsWatch.Delivery;
using NewsWatch.Hosting;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Maintenance;
using NewsWatch.Polling;
using NewsWatch.Processing;
using NewsWatch.Storage;
using NewsWatch.Storage.Subscribers;
using NewsWatch.Storage.Upkeep;

namespace NewsWatch.Cli;

/// <summary><c>newswatch run</c>: runs the service, or with <c>--once</c> one round of everything, for cron and for trials.</summary>
internal static class RunCommand
{
    private static readonly Option<bool> Once = new("--once") { Description = "Poll all sources, process the items, deliver what is due, then end." };

    private static readonly Option<bool> NewDatabase = new("--new-database") { Description = "Start with an empty database although the earlier one is gone." };

    public static Command Create()
    {
        var command = new Command("run", "Runs the service (the default).") { Once, NewDatabase };
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>Runs until the stop signal, or one round.</summary>
    public static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var file = CommonOptions.ConfigurationFile(arguments);
        if (arguments.GetValue(Once))
        {
            return await OnceAsync(file, arguments.GetValue(NewDatabase), cancellationToken);
        }

        using var stop = new StopSignal(Service.StopPatience);
        return await stop.WithinPatienceAsync(ServeAsync(file, arguments.GetValue(NewDatabase), stop.Token)) ?? ExitCode.Ok;
    }

    /// <summary>One round: every source is polled, every item processed, every due delivery tried, every article made searchable.</summary>
    public static async Task<int> OnceAsync(string configurationFile, bool newDatabase, CancellationToken cancellationToken)
    {
        await using var installation = await Installation.TakeAsync(configurationFile, newDatabase, alone: true);
        if (await ConfigurationBootstrap.LoadAsync(installation, once: true, cancellationToken) is not { } start)
        {
            return ExitCode.Configuration;
        }

        await using var app = Service.Build(start);
        await start.Database.WriteAsync(db => ClockRollbackRepair.Run(db, start.Clock.GetUtcNow()), cancellationToken);
        await app.Services.GetRequiredService<UnsubscribeRegister>().ReplayAsync(cancellationToken);
        await app.Services.GetRequiredService<SourcePoller>().PollAllAsync(cancellationToken);
        await DrainAsync(app.Services.GetRequiredService<ArticleProcessor>().ProcessDueAsync, cancellationToken);
        await DrainAsync(app.Services.GetRequiredService<DeliveryProcessor>().DeliverDueAsync, cancellationToken);
        using var archive = ActivatorUtilities.CreateInstance<ArchiveLoop>(app.Services);
        await archive.RunAsync(cancellationToken);
        return ExitCode.Ok;
    }

    /// <summary>The service until <paramref name="stop"/>.</summary>
    internal static async Task<int> ServeAsync(string configurationFile, bool newDatabase, CancellationToken stop)
    {
        try
        {
            var (opened, loaded) = await PatientStart.OpenAsync(configurationFile, newDatabase, stop);
            await using var installation = opened;
            if (loaded is not { } start)
            {
                return ExitCode.Configuration;
            }

            if (Equipment.IgnoredProxy(Environment.GetEnvironmentVariable) is { } proxy)
            {
                Console.Error.WriteLine(proxy);
            }

            if (!Console.IsOutputRedirected)
            {
                Console.WriteLine(StartBanner.Of(start.Configuration, installation.ConfigurationFile, installation.Settings["Kestrel:Endpoints:Operator:Url"] ?? ""));
            }

            await using var app = Service.Build(start);
            return await HostAsync(app, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Ok; // a stop during the start counts as a stop
        }
    }

    /// <summary>Runs a host. If it ends without a stop signal, a part of it failed, and the exit code says so.</summary>
    internal static async Task<int> HostAsync(IHost host, CancellationToken stop)
    {
        var parts = host.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        await HostingAbstractionsHostExtensions.RunAsync(host, stop);
        if (stop.IsCancellationRequested)
        {
            return ExitCode.Ok;
        }

        var failed = parts.Where(part => part.ExecuteTask is { IsFaulted: true }).Select(part => (Part: part, Why: part.ExecuteTask!.Exception!.GetBaseException())).ToList();
        if (failed.Select(one => one.Why).FirstOrDefault(why => why is DatabaseLockException or SchemaMismatchException) is { } told)
        {
            Console.Error.WriteLine(TerminalText.Clean(told.Message));
            return told is SchemaMismatchException ? ExitCode.Configuration : ExitCode.TryLater;
        }

        var failures = failed.Select(one => $"{one.Part.GetType().Name} failed: {one.Why}");
        Console.Error.WriteLine(TerminalText.Clean($"NewsWatch ended without a request to stop.\n{string.Join('\n', failures)}".TrimEnd()));
        return ExitCode.Software;
    }

    private static async Task DrainAsync(Func<CancellationToken, Task<int>> workDue, CancellationToken cancellationToken)
    {
        while (await workDue(cancellationToken) > 0)
        {
            // until nothing is due any more
        }
    }
}
