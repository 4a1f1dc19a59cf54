using System.CommandLine;
using NewsWatch.Backtest;
using NewsWatch.Cli.Output;
using NewsWatch.Cli.Startup;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Loading;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Storage;

namespace NewsWatch.Cli;

/// <summary><c>newswatch backtest</c>: what other rules would have done with the news of the archive, compared with the rules in force.</summary>
internal static class BacktestCommand
{
    private const string InForce = "in-force";
    private const string Nothing = "none";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly Option<string?> With = new("--with") { HelpName = "FILE", Description = "The configuration to try, or an edit: a file of rules, lists and entities that replace those of the same name (default: the configuration file)." };
    private static readonly Option<string?> Against = new("--against") { HelpName = "VERSION|FILE", Description = "What to compare it with: in-force (default), none, an earlier version, or a file." };
    private static readonly Option<string?> RuleId = new("--rule") { HelpName = "ID", Description = "Only this rule." };
    private static readonly Option<string?> When = new("--when") { HelpName = "QUERY", Description = "A query for the rule of --rule, instead of its own; a new rule has its id from there too." };
    private static readonly Option<string?> Since = CommonOptions.Since();
    private static readonly Option<string?> Until = new("--until") { HelpName = "TIME", Description = "The latest time." };
    private static readonly Option<BacktestLevel> Level = new("--level") { HelpName = "LEVEL", Description = "alerts (default), or matches: which rules fire, without stories and subscribers.", DefaultValueFactory = _ => BacktestLevel.Alerts };
    private static readonly Option<int> Most = new("--most") { Description = "Show up to N of what is new, gone and the same.", HelpName = "N", DefaultValueFactory = _ => 10 };
    private static readonly Option<bool> Near = new("--near") { Description = "Also show how many readings each clause of --rule leaves, and those that lack one clause alone." };
    private static readonly Option<string?> FailIfOption = new("--fail-if") { HelpName = "LIMIT", Description = "Exit 1 over a limit: \"new>20\", \"gone>0\", \"alerts>50\", \"mails>10\" (a day, one subscriber)." };
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command(
            "backtest", "Takes the archive's news through a configuration and shows which alerts would be new or gone, and how many mails that makes. Sends and writes nothing. Exit 1: over --fail-if, or stopped.")
        {
            With, Against, RuleId, When, Since, Until, Level, Near, Most, FailIfOption, Json,
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments, cancellationToken));
        return command;
    }

    /// <summary>Runs a backtest with a line that shows how far it is, until Ctrl+C.</summary>
    /// <returns>Null where it was stopped.</returns>
    public static async Task<BacktestResult?> RunAsync(Database database, BacktestRequest request, CancellationToken cancellationToken)
    {
        var line = new ProgressLine(Console.IsErrorRedirected ? null : Console.Error, TimeProvider.System);
        using var stop = new StopSignal(Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, cancellationToken);
        try
        {
            return await Backtester.RunAsync(database, request, new Shown(line), either.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            line.Clear();
        }
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var installation = Installation.OpenForReading(CommonOptions.ConfigurationFile(arguments));
        var (candidate, refused) = Candidate(arguments, installation);
        if (candidate is null)
        {
            return refused;
        }

        var (baseline, exit) = Baseline(arguments.GetValue(Against) ?? InForce, installation);
        if (exit != ExitCode.Ok)
        {
            return exit;
        }

        var (rule, limit) = (arguments.GetValue(RuleId), arguments.GetValue(FailIfOption) is { } text ? FailIf.Parse(text) : null);
        var since = CommonOptions.Time(arguments.GetValue(Since), out var wrongSince);
        var until = CommonOptions.Time(arguments.GetValue(Until), out var wrongUntil);
        if ((wrongSince ?? wrongUntil ?? (limit is null && arguments.GetValue(FailIfOption) is { } odd ? $"\"{odd}\" is not a limit. {FailIf.Forms}" : null)) is { } wrong)
        {
            return UsageTrouble.Say(wrong);
        }

        if (arguments.GetValue(Near) && (rule is null || !candidate.Rules.ContainsKey(rule)))
        {
            return rule is null ? UsageTrouble.Say("Near which rule? Write --rule ID beside --near.") : UsageTrouble.Unknown("rule", rule, candidate.Rules.Keys);
        }

        if (rule is not null && !candidate.Rules.ContainsKey(rule) && baseline?.Rules.ContainsKey(rule) != true)
        {
            return UsageTrouble.Unknown("rule", rule, candidate.Rules.Keys);
        }

        var request = new BacktestRequest(candidate) { Baseline = baseline, Rule = rule, Since = since, Until = until, Level = arguments.GetValue(Level), Near = arguments.GetValue(Near), MaxSamples = arguments.GetValue(Most) };
        if (await RunAsync(installation.Database, request, cancellationToken) is not { } result)
        {
            await Console.Error.WriteLineAsync("Stopped. Nothing was written.");
            return ExitCode.No;
        }

        Console.Write(arguments.GetValue(Json) ? JsonText.Of(result) + "\n" : BacktestText.Of(result, new TimeText(candidate.Defaults.TimeZone), Ink.Output, TerminalWindow.Width));
        return limit?.IsOver(result) == true ? ExitCode.No : ExitCode.Ok;
    }

    private static (WatchConfiguration? Configuration, int Exit) Candidate(ParseResult arguments, Installation installation)
    {
        var files = ConfigurationFiles.Read(installation.ConfigurationFile);
        var (file, query, rule) = (arguments.GetValue(With), arguments.GetValue(When), arguments.GetValue(RuleId));
        if (query is not null && rule is null)
        {
            return (null, UsageTrouble.Say("Which rule has this query? Write --rule ID beside --when; the id of a new rule will do."));
        }

        if (file is not null && !File.Exists(file))
        {
            return (null, UsageTrouble.Say($"{file} does not exist."));
        }

        var (loaded, exit) = Loaded(file is null ? ConfigurationLoader.OfProcess.Load(files) : BacktestCandidate.OfFile(file, files, ConfigurationLoader.OfProcess));
        return loaded is null || query is null ? (loaded, exit) : WithQuery(loaded, rule!, query);
    }

    private static (WatchConfiguration? Configuration, int Exit) WithQuery(WatchConfiguration configuration, string rule, string text)
    {
        var parsed = Query.Parse(text, configuration.Vocabulary);
        if (parsed.Query is { } query)
        {
            return (BacktestCandidate.WithQuery(configuration, rule, query, parsed.Needs), ExitCode.Ok);
        }

        foreach (var error in parsed.Errors)
        {
            Console.Error.WriteLine(TerminalText.Clean($"--when: {error.Message}\n  {text}\n  {new string(' ', error.Offset)}^"));
        }

        return (null, ExitCode.Usage);
    }

    private static (WatchConfiguration? Configuration, int Exit) Baseline(string against, Installation installation)
    {
        switch (against)
        {
            case Nothing:
                return (null, ExitCode.Ok);
            case InForce when LastGood.Load(installation.Database, ConfigurationLoader.OfProcess) is { } kept:
                return (kept.Loaded.Configuration, ExitCode.Ok);
            case InForce:
                Console.Error.WriteLine("No configuration that was in force still loads, so there is nothing to compare with.");
                return (null, ExitCode.Ok);
            case var file when File.Exists(file):
                return Loaded(BacktestCandidate.OfFile(file, ConfigurationFiles.Read(installation.ConfigurationFile), ConfigurationLoader.OfProcess));
            case var version when LastGood.Load(installation.Database, ConfigurationLoader.OfProcess, version) is { } earlier:
                return Loaded(earlier);
            default:
                return (null, UsageTrouble.Say($"There is neither a file nor an earlier configuration {against}. `newswatch status` shows the version in force; write {InForce}, {Nothing}, a version or a file."));
        }
    }

    private static (WatchConfiguration? Configuration, int Exit) Loaded(LoadResult result)
    {
        if (result is LoadResult.Loaded loaded)
        {
            return (loaded.Configuration, ExitCode.Ok);
        }

        Console.Error.Write(ProblemText.Of([.. result.Problems.Where(problem => !problem.IsWarning)], Ink.Error));
        Console.Error.WriteLine(Report.Verdict(result.Problems, running: null));
        return (null, ExitCode.Configuration);
    }

    private sealed class Shown(ProgressLine line) : IProgress<BacktestProgress>
    {
        public void Report(BacktestProgress value) => line.Show(value.Done, value.Total, "readings");
    }
}
