using System.CommandLine;
using System.Text.Json;
using NewsWatch.Storage;
using Spectre.Console;

namespace NewsWatch.Cli;

/// <summary><c>newswatch status</c>: sources, queue, last errors.</summary>
internal static class StatusCommand
{
    /// <summary>Wide enough for one line a source where no terminal sets the width.</summary>
    private const int WidthOfFiles = 240;

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var json = CommonOptions.Json();
        var command = new Command("status", "Source health, queue, recent errors.") { json };
        command.SetAction(async (arguments, _) =>
        {
            await using var installation = Installation.OpenForReading(CommonOptions.ConfigurationFile(arguments));
            var status = installation.Database.Read(StatusStore.Read);
            if (arguments.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(status, Indented));
            }
            else
            {
                AnsiConsole.Profile.Width = Console.IsOutputRedirected ? WidthOfFiles : AnsiConsole.Profile.Width;
                StatusText.Write(AnsiConsole.Console, status, TimeProvider.System.GetUtcNow());
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
