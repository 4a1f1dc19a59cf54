using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NewsWatch.Storage;
using Spectre.Console;

namespace NewsWatch.Cli;

/// <summary><c>newswatch status</c>: sources, queue, last errors.</summary>
internal static class StatusCommand
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var json = CommonOptions.Json();
        var command = new Command("status", "How the sources do, what waits, what went wrong last.") { json };
        command.SetAction(async (arguments, _) =>
        {
            await using var installation = Installation.Open(CommonOptions.ConfigurationFile(arguments));
            var status = installation.Database.Read(StatusStore.Read);
            if (arguments.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(status, Indented));
            }
            else
            {
                Print(status);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static void Print(StatusReport status)
    {
        var sources = new Table().Border(TableBorder.Simple).AddColumns("source", "state", "since", "last success", "newest item", "next poll", "why");
        foreach (var source in status.Sources)
        {
            sources.AddRow(
                Cell(source.Id), State(source.State), At(source.Since), At(source.LastSuccess), At(source.LastItem), At(source.NextDue), Cell(source.Why));
        }

        AnsiConsole.Write(sources);
        AnsiConsole.WriteLine($"{status.WaitingItems} items wait to be processed.");
        foreach (var queue in status.Deliveries)
        {
            AnsiConsole.WriteLine($"{queue.Count} deliveries {queue.State}{(queue.OldestDue is { } due ? $", the oldest due {Time(due)}" : "")}.");
        }

        foreach (var trouble in status.Troubles)
        {
            AnsiConsole.MarkupLine($"[red]{trouble.State}[/] {Cell(trouble.Subscriber)} by {Cell(trouble.Channel)}, attempt {trouble.Attempts}: {Cell(trouble.Error)}");
        }
    }

    private static string State(string state) => state == "ok" ? "[green]ok[/]" : $"[red]{state}[/]";

    private static string Cell(string text) => Markup.Escape(TerminalText.Clean(text));

    private static string At(DateTimeOffset? time) => time is { } value ? Time(value) : "-";

    private static string Time(DateTimeOffset time) => time.ToLocalTime().ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
