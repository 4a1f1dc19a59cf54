using System.CommandLine;
using NewsWatch.Web;

namespace NewsWatch.Cli;

/// <summary><c>newswatch health</c>: asks the running service whether its work goes on; for a container's HEALTHCHECK.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var command = new Command("health", "Exit 0 when the running service polls, processes and delivers in time; 1 with the reason when not.");
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var settings = HostSettings.Read(CommonOptions.ConfigurationPath(arguments));
        var address = OperatorPort.LocalAddress(settings, "/health/ready");
        using var client = new HttpClient { Timeout = Timeout };
        if (OperatorPort.From(settings).Token is { } token)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        }

        try
        {
            using var answer = await client.GetAsync(address, cancellation);
            Console.WriteLine(await answer.Content.ReadAsStringAsync(cancellation));
            return answer.IsSuccessStatusCode ? ExitCode.Ok : ExitCode.No;
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or TaskCanceledException)
        {
            Console.WriteLine($"no answer from {address}: {unreachable.Message}");
            return ExitCode.No;
        }
    }
}
