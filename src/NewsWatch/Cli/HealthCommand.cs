using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using NewsWatch.Cli.Output;
using NewsWatch.Cli.Startup;
using NewsWatch.Health;
using NewsWatch.Hosting;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Web;

namespace NewsWatch.Cli;

/// <summary><c>newswatch health</c>: asks the running service whether it makes progress; for a container's HEALTHCHECK.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON, also on a terminal." };
        var all = new Option<bool>("--all") { Description = "Ask the replica that leads also for what all of them together owe: items and messages that are late." };
        var command = new Command("health", "Asks the running service for its health. Exit 0: it polls, processes and delivers in time; 1: it does not, with the reason.") { all, json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var report = await AskAsync(HostSettings.Read(CommonOptions.ConfigurationPath(arguments)), arguments.GetValue(all) ? "/health/all" : "/health/ready", cancellationToken);
            Console.WriteLine(arguments.GetValue(json) || Console.IsOutputRedirected ? JsonText.Of(report) : TerminalText.Clean(Text(report)));
            return report.Ready ? ExitCode.Ok : ExitCode.No;
        });
        return command;
    }

    /// <summary>The report in lines for a person.</summary>
    public static string Text(HealthReport report) => string.Join('\n', (string[])
    [
        report.Ready ? "Ready: the service polls, processes and delivers in time." : "Not ready:",
        .. report.Problems.Select(problem => $"  {problem}"),
        .. new[] { Line("Last poll cycle", report.LastCycle), Line("Oldest waiting item", report.OldestItem), Line("Oldest waiting delivery, due", report.OldestDelivery) }.OfType<string>(),
    ]);

    /// <summary>The service's report. A service that shows this caller no reasons says only <c>ready</c> or <c>not ready</c>.</summary>
    public static HealthReport Read(string said, bool ready)
    {
        try
        {
            return JsonSerializer.Deserialize<HealthReport>(said, JsonSerializerOptions.Web)!;
        }
        catch (JsonException)
        {
            return new(ready, ready ? [] : ["the service shows its reasons only to a caller with its Web:OperatorToken"], null, null, null);
        }
    }

    private static string? Line(string what, DateTimeOffset? at) => at is { } time ? $"{what}: {time:u}" : null;

    private static async Task<HealthReport> AskAsync(IConfiguration settings, string path, CancellationToken cancellationToken)
    {
        var address = OperatorPort.LocalAddress(settings, path);
        using var client = new HttpClient { Timeout = Timeout };
        if (OperatorPort.From(settings).Token is { } token)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        }

        try
        {
            using var answer = await client.GetAsync(address, cancellationToken);
            return Read(await answer.Content.ReadAsStringAsync(cancellationToken), answer.IsSuccessStatusCode) with { Ready = answer.IsSuccessStatusCode };
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or TaskCanceledException)
        {
            return new(false, [$"no reply from {address}: {unreachable.Message}"], null, null, null);
        }
    }
}
