using System.CommandLine;
using NewsWatch.Cli.Output;
using NewsWatch.Cli.Startup;
using NewsWatch.Hosting.Terminal;

namespace NewsWatch.Cli;

/// <summary><c>newswatch route test severity=flash label.desk=risk</c>: shows who would get such alerts, over which channel and when.</summary>
internal static class RouteCommand
{
    public static Command Create()
    {
        var conditions = new Argument<string[]>("KEY=VALUE")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "Conditions on severity, rule, source, lang or label.NAME; the test takes the rules that meet them all.",
        };
        var at = new Option<string?>("--at") { HelpName = "TIME", Description = "The time of the alert, e.g. 2025-08-06T23:30Z (default: now)." };
        var test = new Command("test", "Shows who would get an alert, over which channel and when. Exit 1: nobody.") { conditions, at };
        test.SetAction((arguments, cancellationToken) => RunAsync(arguments, arguments.GetRequiredValue(conditions), arguments.GetValue(at), cancellationToken));
        return new Command("route", "Tests the routes.") { test };
    }

    private static async Task<int> RunAsync(ParseResult arguments, string[] conditions, string? at, CancellationToken cancellationToken)
    {
        await using var installation = Installation.Open(CommonOptions.ConfigurationFile(arguments));
        if (await ConfigurationBootstrap.AskAsync(installation, cancellationToken) is not { Configuration: var configuration })
        {
            return ExitCode.Configuration;
        }

        var now = CommonOptions.Time(at, out var wrong) ?? TimeProvider.System.GetUtcNow();
        var trial = RouteTrial.Read(conditions, configuration);
        if ((wrong ?? trial.Error) is { } error)
        {
            return UsageTrouble.Say(error);
        }

        var rows = trial.Rows(configuration, now);
        foreach (var line in rows.Count == 0 ? [] : Columns.Of(["rule", "subscriber", "channel", "when"], rows, TerminalWindow.Width))
        {
            Console.WriteLine(line);
        }

        Console.WriteLine(trial.Sum(rows.Count));
        return rows.Count > 0 ? ExitCode.Ok : ExitCode.No;
    }
}
