using System.CommandLine;
using NewsWatch.Cli.Output;
using NewsWatch.Cli.Startup;
using NewsWatch.Hosting;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Processing;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;

namespace NewsWatch.Cli;

/// <summary><c>newswatch alerts --follow</c>: prints each new alert with its subscribers, until Ctrl+C.</summary>
internal static class FollowCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(ParseResult arguments, string? rule, CancellationToken cancellationToken)
    {
        await using var installation = Installation.OpenForReading(CommonOptions.ConfigurationFile(arguments));
        if (await ConfigurationBootstrap.AskAsync(installation, cancellationToken) is not { Configuration: var configuration })
        {
            return ExitCode.Configuration;
        }

        if (rule is not null && !configuration.Rules.ContainsKey(rule))
        {
            return UsageTrouble.Unknown("rule", rule, configuration.Rules.Keys);
        }

        using var stop = new StopSignal(Interval);
        var (zone, last) = (configuration.Defaults.TimeZone, installation.Database.Read(LedgerStore.NewestAlert));
        await Console.Error.WriteLineAsync($"Alerts from now on; Ctrl+C ends. {new TimeText(zone).Label}");
        while (!stop.Token.IsCancellationRequested)
        {
            await Task.Delay(Interval, TimeProvider.System, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // Reopened each time: a database that no process has open is read from the file alone, and the service may have started since.
            await using var database = HostSettings.Target(installation.Settings).ForReading();
            foreach (var alert in database.Read(db => LedgerStore.AlertsAfter(db, last)))
            {
                last = alert.Number;
                if (rule is null || alert.Rule == rule)
                {
                    Console.WriteLine(Line(alert, zone, Ink.Output));
                }
            }
        }

        return ExitCode.Ok;
    }

    /// <summary><c>14:00:05  FLASH deadline "President sets a deadline" -> anna (mail)</c></summary>
    internal static string Line(ToldAlert alert, TimeZoneInfo zone, Ink ink)
    {
        var severity = StoredName.Of(alert.Severity);
        var shown = alert.Severity switch
        {
            Core.Alerts.Severity.Flash => ink.Red(severity.ToUpperInvariant()),
            Core.Alerts.Severity.Urgent => ink.Yellow(severity),
            _ => severity,
        };
        return $"{new TimeText(zone).Clock(alert.At)}  {shown} {TerminalText.Line($"{alert.Rule} \"{alert.Title}\" -> {AlertLog.To(alert, zone)}")}";
    }
}
