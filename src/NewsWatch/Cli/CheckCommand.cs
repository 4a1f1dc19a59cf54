using System.CommandLine;
using NewsWatch.Backtest;
using NewsWatch.Cli.Output;
using NewsWatch.Cli.Startup;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Loading;
using NewsWatch.Hosting;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Storage;

namespace NewsWatch.Cli;

/// <summary><c>newswatch check [FILE]</c>: all errors of a configuration, and each rule as NewsWatch understood it.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var file = new Argument<string?>("FILE") { Arity = ArgumentArity.ZeroOrOne, Description = "The configuration file (default: as --config)." };
        var json = CommonOptions.Json();
        var spellings = new Option<bool>("--spellings") { Description = "Also propose usual spellings that the entities' aliases do not find." };
        var forms = new Option<bool>("--forms") { Description = "List every form that each word of a rule finds." };
        var backtest = new Option<string?>("--backtest") { HelpName = "TIME", Description = "Also take the archive's news since then through it: warn about rules and mails that grow much, and about rules that find nothing." };
        var command = new Command("check", "Checks a configuration: lists all errors, what each rule means and what its words find. Exit 1: errors.") { file, json, spellings, forms, backtest };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var since = CommonOptions.Time(arguments.GetValue(backtest), out var wrong);
            if (wrong is not null)
            {
                return UsageTrouble.Say(wrong);
            }

            var checkedFile = arguments.GetValue(file) ?? CommonOptions.ConfigurationPath(arguments);
            var (exit, result) = Run(checkedFile, arguments.GetValue(json), arguments.GetValue(spellings), arguments.GetValue(forms));
            if (since is { } from && result is LoadResult.Loaded { Configuration: var configuration })
            {
                await PrintBacktestAsync(checkedFile, configuration, from, cancellationToken);
            }

            return exit;
        });
        return command;
    }

    private static (int Exit, LoadResult? Result) Run(string file, bool json, bool spellings, bool forms)
    {
        if (!File.Exists(file))
        {
            Console.Error.WriteLine($"{file} does not exist.");
            return (ExitCode.No, null);
        }

        var files = ConfigurationFiles.Read(file);
        var result = StorageCheck.Add(ConfigurationLoader.OfProcess.Load(files), file);
        if (json)
        {
            Console.WriteLine(JsonText.Of(Json(result)));
        }
        else
        {
            PrintRules(result, spellings, forms);
            Console.Write(ProblemText.Of(result.Problems, Ink.Output));
            PrintLeftBehind(file, result);
            Console.WriteLine(TerminalText.Clean(Read(files, result, ConfigurationFiles.PassedOver(file))));
            Console.WriteLine(Verdict(result));
        }

        return (result is LoadResult.Loaded ? ExitCode.Ok : ExitCode.No, result);
    }

    private static void PrintRules(LoadResult result, bool spellings, bool forms)
    {
        if (result is not LoadResult.Loaded { Configuration: var configuration })
        {
            return;
        }

        Console.WriteLine(TerminalText.Clean(Report.Rules(configuration, forms)));
        if (Report.Calls(configuration) is { Length: > 0 } calls)
        {
            Console.WriteLine(TerminalText.Clean(calls));
        }

        if (spellings)
        {
            Console.WriteLine(TerminalText.Clean(Report.Spellings(configuration)));
        }
    }

    /// <summary>The files that were read, and the files that look as if they were.</summary>
    private static string Read(ConfigurationFiles files, LoadResult result, IReadOnlyList<string> passedOver) =>
        $"Read: {string.Join(", ", files.Files.Concat(result.Included).Select(file => file.Name))}."
        + (passedOver.Count > 0 ? $" Not read, because only *.json is: {string.Join(", ", passedOver)}." : "");

    private static string Verdict(LoadResult result) => result is LoadResult.Loaded { Configuration: var configuration }
        ? Ink.Output.Green($"The configuration is good: {Report.Summary(configuration)}; {result.Problems.Count} {(result.Problems.Count == 1 ? "warning" : "warnings")}.")
        : Ink.Output.Red(Report.Verdict(result.Problems, running: null));

    /// <summary>The waiting alerts that an edit would strand, if that configuration has a database.</summary>
    private static void PrintLeftBehind(string file, LoadResult result)
    {
        if (result is not LoadResult.Loaded { Configuration: var configuration })
        {
            return;
        }

        try
        {
            var target = HostSettings.Target(HostSettings.Read(file));
            if (!target.Exists)
            {
                return;
            }

            foreach (var left in LeftBehind.Find(target.ForReading(), null, configuration))
            {
                Console.WriteLine(TerminalText.Clean($"(warning) {left}"));
            }
        }
        catch (Exception unreadable) when (StorageTrouble.IsAny(unreadable) || unreadable is SchemaMismatchException or SettingException or IOException or UnauthorizedAccessException)
        {
            Console.WriteLine(TerminalText.Clean($"(warning) Could not check whether alerts wait for a removed subscriber or channel: {unreadable.Message}"));
        }
    }

    /// <summary>What the configuration would have done since a time, compared with the one in force: warnings, to the error output, so that JSON stays JSON.</summary>
    private static async Task PrintBacktestAsync(string file, WatchConfiguration configuration, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var database = HostSettings.Target(HostSettings.Read(file)).ForReading();
        var request = new BacktestRequest(configuration) { Baseline = LastGood.Load(database, ConfigurationLoader.OfProcess)?.Loaded.Configuration, Since = since, MaxSamples = 0 };
        if (await BacktestCommand.RunAsync(database, request, cancellationToken) is { } result)
        {
            foreach (var warning in BacktestWarnings.Of(result, configuration))
            {
                await Console.Error.WriteLineAsync(Ink.Error.Yellow(TerminalText.Clean($"(warning) {warning}")));
            }

            await Console.Error.WriteLineAsync(BacktestText.Sums(result, new(configuration.Defaults.TimeZone)));
        }
    }

    private static object Json(LoadResult result) => new
    {
        Good = result is LoadResult.Loaded,
        Problems = result.Problems.Select(problem => new { problem.Place.File, problem.Place.Line, problem.Place.Column, problem.Path, problem.Message, Warning = problem.IsWarning }),
        Rules = (result as LoadResult.Loaded)?.Configuration.Rules.Values.ToDictionary(
            rule => rule.Id, rule => new { When = rule.Rule.WhenText, Unless = rule.Rule.Unless?.ToString() }),
    };
}
