using System.CommandLine;
using NewsWatch.Cli.Output;
using NewsWatch.Cli.Startup;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Storage;
using NewsWatch.Storage.Views;

namespace NewsWatch.Cli;

/// <summary><c>newswatch status</c>: shows sources, the queue and recent errors on one screen.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var json = CommonOptions.Json();
        var failing = new Option<bool>("--failing") { Description = "Show every source that is not ok, and no other." };
        var all = new Option<bool>("--all") { Description = "Show every source." };
        var command = new Command("status", "Shows source health, the queue and recent errors on one screen.") { failing, all, json };
        command.SetAction(async (arguments, _) =>
        {
            await using var installation = Installation.OpenForReading(CommonOptions.ConfigurationFile(arguments));
            var status = installation.Database.Read(StatusStore.Read) with { Service = installation.Database.File is { } file ? DatabaseLock.MarkOf(file.Path) : null };
            if (arguments.GetValue(json))
            {
                Console.WriteLine(JsonText.Of(status));
                return ExitCode.Ok;
            }

            var scope = arguments.GetValue(all) ? StatusScope.All : arguments.GetValue(failing) ? StatusScope.Failing : StatusScope.Screen;
            foreach (var line in new StatusText(Ink.Output, TerminalWindow.Width).Lines(status, TimeProvider.System.GetUtcNow(), scope))
            {
                Console.WriteLine(line);
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
