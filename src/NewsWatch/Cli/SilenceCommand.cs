using System.CommandLine;
using System.Globalization;
using NewsWatch.Cli.Output;
using NewsWatch.Cli.Startup;
using NewsWatch.Configuration;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Silences;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Views;

namespace NewsWatch.Cli;

/// <summary><c>newswatch silence</c>: keeps a rule, story, subscriber or source quiet for a time, beside the running service.</summary>
internal static class SilenceCommand
{
    private static readonly TimeSpan LookedBack = TimeSpan.FromDays(7);
    private static readonly TimeSpan Listed = TimeSpan.FromDays(30);

    public static Command Create() => new("silence", "Keeps a rule, story, subscriber or source quiet for a time; what it keeps back is recorded.") { Add(), List(), Extend(), End() };

    private static Command Add()
    {
        var scope = new Argument<string>("SCOPE") { Description = $"What to silence: {string.Join(", ", SilenceForm.Scopes)}." };
        var target = new Argument<string>("TARGET") { Description = "Its id in the configuration; of a story its number." };
        var span = Span();
        var reason = new Option<string>("--reason") { Required = true, HelpName = "TEXT", Description = "Why, in 3 to 200 characters: every decision that the silence makes shows it." };
        var flash = new Option<bool>("--flash-too") { Description = "Keep back flash alerts as well." };
        var sooner = new Option<string>("--or-until") { HelpName = "WHAT", DefaultValueFactory = _ => "", Description = "What ends it sooner: flash, publishers:5, or both, divided by a comma." };
        var held = new Option<bool>("--send-at-end") { Description = "Send what was kept back in one message at the end." };
        var preview = new Option<bool>("--preview") { Description = "Only say what it would have kept back in the last 7 days." };
        var command = new Command("add", "Makes a silence. Exit 2: something is wrong with it.") { scope, target, span, reason, flash, sooner, held, preview };
        command.SetAction((arguments, cancellationToken) => AskAsync(arguments, async (installation, configuration) =>
        {
            var form = new SilenceForm(
                arguments.GetRequiredValue(scope), arguments.GetRequiredValue(target), arguments.GetRequiredValue(span), arguments.GetRequiredValue(reason), arguments.GetValue(flash), arguments.GetValue(held))
            {
                OrUntil = arguments.GetRequiredValue(sooner),
            };
            var now = TimeProvider.System.GetUtcNow();
            var (made, problems) = installation.Database.Read(db => form.Read(configuration, db, Environment.UserName, now));
            if (made is null)
            {
                return UsageTrouble.Say(string.Join('\n', problems.Values));
            }

            var effect = installation.Database.Read(db => SilenceStore.Effect(db, made.Scope, made.Target, made.WithFlash, now - LookedBack));
            Say($"In the last 7 days it would have kept back {effect.Deliveries} deliveries to {effect.Subscribers} subscribers in {effect.Stories} stories.");
            if (!arguments.GetValue(preview))
            {
                var id = await Register(installation).MakeAsync(made, Command, request: null, cancellationToken);
                Say($"Silence {id} holds from now until {Text(configuration).Alone(made.Until)}{made.Or}. To end it: newswatch silence end {id}");
            }

            return ExitCode.Ok;
        }));
        return command;
    }

    private static Command List()
    {
        var all = new Option<bool>("--all") { Description = "Show those that ended in the last 30 days as well." };
        var json = CommonOptions.Json();
        var command = new Command("list", "Lists silences: what, until when, by whom and why, and how much each kept back.") { all, json };
        command.SetAction(async (arguments, _) =>
        {
            await using var installation = Installation.OpenForReading(CommonOptions.ConfigurationFile(arguments));
            if (await ConfigurationBootstrap.AskAsync(installation, CancellationToken.None) is not { Configuration: var configuration })
            {
                return ExitCode.Configuration;
            }

            var now = TimeProvider.System.GetUtcNow();
            var silences = installation.Database.Read(db => SilenceViews.List(db, arguments.GetValue(all) ? now - Listed : now, int.MaxValue));
            if (arguments.GetValue(json))
            {
                Console.WriteLine(JsonText.Of(silences));
                return ExitCode.Ok;
            }

            foreach (var line in SilenceText.Of(silences, now, Text(configuration), TerminalWindow.Width))
            {
                Console.WriteLine(line);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Extend()
    {
        var (id, span) = (Id(), Span());
        var command = new Command("extend", "Moves the end of a silence: so long from now. Exit 1: it has ended already.") { id, span };
        command.SetAction((arguments, cancellationToken) => AskAsync(arguments, async (installation, configuration) =>
        {
            var (until, problem) = SilenceForm.End(arguments.GetRequiredValue(span), configuration, TimeProvider.System.GetUtcNow());
            return until is null ? UsageTrouble.Say(problem!)
                : await Register(installation).ExtendAsync(arguments.GetValue(id), until.Value, Command, cancellationToken) ? Done($"Silence {arguments.GetValue(id)} holds until {Text(configuration).Alone(until.Value)}.")
                : Over(arguments.GetValue(id));
        }));
        return command;
    }

    private static Command End()
    {
        var id = Id();
        var command = new Command("end", "Ends a silence now; what it holds is sent. Exit 1: it has ended already.") { id };
        command.SetAction((arguments, cancellationToken) => AskAsync(arguments, async (installation, _) =>
            await Register(installation).EndAsync(arguments.GetValue(id), Command, cancellationToken) ? Done($"Silence {arguments.GetValue(id)} is over.") : Over(arguments.GetValue(id))));
        return command;
    }

    private static Actor Command => new(Environment.UserName, IsCommand: true);

    private static Argument<long> Id() => new("ID") { Description = "The number of the silence: newswatch silence list." };

    private static Option<string> Span() => new("--for") { Required = true, HelpName = "TIME", Description = $"For how long: 1m to 30d, or {SilenceForm.Morning}, which is until the next 09:00." };

    private static SilenceRegister Register(Installation installation) => new(installation.Database, TimeProvider.System);

    private static TimeText Text(WatchConfiguration configuration) => new(configuration.Defaults.TimeZone);

    private static int Done(string text)
    {
        Say($"{text}");
        return ExitCode.Ok;
    }

    private static int Over(long id)
    {
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"There is no silence {id} that is on. `newswatch silence list` shows those that are."));
        return ExitCode.No;
    }

    private static void Say(FormattableString text) => Console.WriteLine(TerminalText.Clean(text.ToString(CultureInfo.InvariantCulture)));

    private static async Task<int> AskAsync(ParseResult arguments, Func<Installation, WatchConfiguration, Task<int>> act)
    {
        await using var installation = Installation.Open(CommonOptions.ConfigurationFile(arguments));
        return await ConfigurationBootstrap.AskAsync(installation, CancellationToken.None) is { Configuration: var configuration } ? await act(installation, configuration) : ExitCode.Configuration;
    }
}
