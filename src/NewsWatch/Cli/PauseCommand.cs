using System.CommandLine;
using System.Globalization;
using NewsWatch.Cli.Output;
using NewsWatch.Cli.Startup;
using NewsWatch.Configuration;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Silences;
using NewsWatch.Storage.Operators;

namespace NewsWatch.Cli;

/// <summary><c>newswatch pause</c>: a source that is not polled for a time, beside the running service.</summary>
internal static class PauseCommand
{
    public static Command Create() => new("pause", "Stops the polling of a source for a time; then it is polled as before.") { Add(), List(), End() };

    private static Command Add()
    {
        var source = Source();
        var span = new Option<string>("--for") { Required = true, HelpName = "TIME", Description = $"For how long: 1m to 30d, or {SilenceForm.Morning}, which is until the next 09:00." };
        var reason = new Option<string>("--reason") { Required = true, HelpName = "TEXT", Description = "Why, in 3 to 200 characters." };
        var command = new Command("add", "Pauses a source. Exit 2: something is wrong with it.") { source, span, reason };
        command.SetAction((arguments, cancellationToken) => AskAsync(arguments, async (installation, configuration) =>
        {
            var (made, problems) = PauseRegister.Read(
                arguments.GetRequiredValue(source), arguments.GetRequiredValue(span), arguments.GetRequiredValue(reason), configuration, Environment.UserName, TimeProvider.System.GetUtcNow());
            if (made is null)
            {
                return UsageTrouble.Say(string.Join('\n', problems.Values));
            }

            await Register(installation).MakeAsync(made, Command, cancellationToken);
            Say($"Source {made.Source} is not polled until {new TimeText(configuration.Defaults.TimeZone).Alone(made.Until)}. To poll it again: newswatch pause end {made.Source}");
            return ExitCode.Ok;
        }));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the sources that are paused: until when, by whom and why.");
        command.SetAction((arguments, _) => AskAsync(arguments, (installation, _) =>
        {
            foreach (var pause in installation.Database.Read(db => PauseStore.On(db, TimeProvider.System.GetUtcNow())))
            {
                Say($"{pause.Sentence}");
            }

            return Task.FromResult(ExitCode.Ok);
        }));
        return command;
    }

    private static Command End()
    {
        var source = Source();
        var command = new Command("end", "Ends the pause of a source now. Exit 1: it is not paused.") { source };
        command.SetAction((arguments, cancellationToken) => AskAsync(arguments, async (installation, _) =>
        {
            var id = arguments.GetRequiredValue(source);
            var isEnded = await Register(installation).EndAsync(id, Command, cancellationToken);
            Say(isEnded ? $"Source {id} is polled again." : (FormattableString)$"Source {id} is not paused.");
            return isEnded ? ExitCode.Ok : ExitCode.No;
        }));
        return command;
    }

    private static Actor Command => new(Environment.UserName, IsCommand: true);

    private static Argument<string> Source() => new("SOURCE") { Description = "Its id in the configuration." };

    private static PauseRegister Register(Installation installation) => new(installation.Database, TimeProvider.System);

    private static void Say(FormattableString text) => Console.WriteLine(TerminalText.Clean(text.ToString(CultureInfo.InvariantCulture)));

    private static async Task<int> AskAsync(ParseResult arguments, Func<Installation, WatchConfiguration, Task<int>> act)
    {
        await using var installation = Installation.Open(CommonOptions.ConfigurationFile(arguments));
        return await ConfigurationBootstrap.AskAsync(installation, CancellationToken.None) is { Configuration: var configuration } ? await act(installation, configuration) : ExitCode.Configuration;
    }
}
