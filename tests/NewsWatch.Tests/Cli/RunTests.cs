using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NewsWatch.Cli;
using NewsWatch.Cli.Startup;

namespace NewsWatch.Tests.Cli;

public sealed class RunTests
{
    [Fact]
    public async Task A_host_that_a_failing_part_has_ended_exits_with_70()
    {
        using var host = Host<Failing>();

        Assert.Equal(70, await RunCommand.HostAsync(host, CancellationToken.None));
    }

    [Fact]
    public async Task A_host_that_is_asked_to_stop_exits_with_0()
    {
        using var host = Host<Patient>();
        using var stop = new CancellationTokenSource();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(stop.Cancel);

        Assert.Equal(0, await RunCommand.HostAsync(host, stop.Token));
    }

    [Fact]
    public async Task A_stop_during_the_start_exits_with_0()
    {
        var folder = Directory.CreateTempSubdirectory("newswatch-test-").FullName;
        var file = Path.Combine(folder, "appsettings.json");
        await File.WriteAllTextAsync(file, $$"""
            { "Storage": { "Path": "{{Path.Combine(folder, "newswatch.db")}}" },
              "NewsWatch": { "Sources": { "a": { "Url": "https://feeds.example.com/" } }, "Rules": { "r": { "When": "truce" } },
              "Channels": { "out": { "Type": "pickup", "Folder": "mail" } }, "Subscribers": { "anna": { "Email": "anna@example.com", "Via": "out" } } } }
            """);

        Assert.Equal(0, await RunCommand.ServeAsync(file, newDatabase: false, new CancellationToken(canceled: true)));

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_has_not_ended_when_the_patience_is_over_is_left()
    {
        using var stop = new StopSignal(TimeSpan.Zero);
        var hanging = new TaskCompletionSource<int>().Task;

        var end = stop.WithinPatienceAsync(hanging);
        Assert.False(end.IsCompleted);
        stop.Ask();

        Assert.Null(await end);
        Assert.True(stop.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task What_ends_within_the_patience_gives_the_exit_code()
    {
        using var stop = new StopSignal(TimeSpan.FromHours(1));
        var work = new TaskCompletionSource<int>();

        var end = stop.WithinPatienceAsync(work.Task);
        stop.Ask();
        work.SetResult(70);

        Assert.Equal(70, await end);
    }

    private static IHost Host<T>()
        where T : class, IHostedService =>
        new HostBuilder().ConfigureServices(services => services.AddHostedService<T>().AddLogging(logging => logging.ClearProviders())).Build();

    private sealed class Failing : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => throw new InvalidOperationException("no");
    }

    private sealed class Patient : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Delay(Timeout.Infinite, stoppingToken);
    }
}
