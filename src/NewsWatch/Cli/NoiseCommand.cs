using System.CommandLine;
using NewsWatch.Cli.Output;
using NewsWatch.Cli.Startup;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Binding;
using NewsWatch.Noise;

namespace NewsWatch.Cli;

/// <summary><c>newswatch noise</c>: what each rule costs its readers, and how it could cost less.</summary>
internal static class NoiseCommand
{
    private const string UsualSince = "30d";
    private static readonly Option<string?> RuleId = new("--rule") { HelpName = "ID", Description = "Only this rule, with tightenings against its false terms, each tried on the archive." };
    private static readonly Option<string?> Since = CommonOptions.Since();
    private static readonly Option<string?> Until = new("--until") { HelpName = "TIME", Description = "The latest time." };
    private static readonly Option<string?> Budget = new("--budget") { HelpName = "N/TIME", Description = "A budget for rules without one: 10/1d." };
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("noise", "Shows how often each rule fires and alerts, whether it is over its budget, what readers said, which terms are false, and which rules overlap. Changes nothing.") { RuleId, Since, Until, Budget, Json };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var installation = Installation.OpenForReading(CommonOptions.ConfigurationFile(arguments));
        if (await ConfigurationBootstrap.AskAsync(installation, cancellationToken) is not { Configuration: var configuration })
        {
            return ExitCode.Configuration;
        }

        var since = CommonOptions.Time(arguments.GetValue(Since) ?? UsualSince, out var wrongSince);
        var until = CommonOptions.Time(arguments.GetValue(Until), out var wrongUntil) ?? TimeProvider.System.GetUtcNow();
        var (budget, wrongBudget) = arguments.GetValue(Budget) is { } text ? Values.Cap(text) : default;
        if ((wrongSince ?? wrongUntil ?? wrongBudget) is { } wrong)
        {
            return UsageTrouble.Say(wrong);
        }

        var rule = arguments.GetValue(RuleId);
        if (rule is not null && !configuration.Rules.ContainsKey(rule))
        {
            return UsageTrouble.Unknown("rule", rule, configuration.Rules.Keys);
        }

        var report = installation.Database.Read(db => NoiseReport.Read(db, configuration, budget, since!.Value, until));
        if (arguments.GetValue(Json))
        {
            Console.WriteLine(JsonText.Of(report));
            return ExitCode.Ok;
        }

        Console.Write(NoiseText.Of(report, rule));
        if (rule is not null && report.Rules.FirstOrDefault(one => one.Numbers.Rule == rule) is { } noise)
        {
            await ProposeAsync(installation, configuration, noise, report, cancellationToken);
        }

        return ExitCode.Ok;
    }

    private static async Task ProposeAsync(Installation installation, WatchConfiguration configuration, RuleNoise noise, NoiseReport report, CancellationToken cancellationToken)
    {
        if (noise.FalseTerms is [var worst, ..])
        {
            Console.Write(NoiseText.Of(await Tightening.ProposeAsync(installation.Database, configuration, noise.Numbers.Rule, worst.Term, report.Since, report.Until, cancellationToken), noise.Numbers.Rule));
        }
    }
}
