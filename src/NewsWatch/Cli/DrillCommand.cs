using System.CommandLine;
using System.Globalization;
using NewsWatch.Cli.Startup;
using NewsWatch.Drills;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Storage;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Work;

namespace NewsWatch.Cli;

/// <summary><c>newswatch drill</c>: a marked article through the running service, each step timed.</summary>
internal static class DrillCommand
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    public static Command Create()
    {
        var rule = new Option<string>("--rule") { HelpName = "ID", DefaultValueFactory = _ => "", Description = "The rule whose example is used; by default the first that can be." };
        var channel = new Option<string[]>("--channel") { HelpName = "ID", DefaultValueFactory = _ => [], Description = "Over this channel; may be given several times. By default over all that take drills." };
        var to = new Option<string>("--to") { HelpName = "WHOM", DefaultValueFactory = _ => DrillPlan.Operator, Description = "operator, or a subscriber's id." };
        var command = new Command("drill", "Sends a marked article through the running service and says how long each step took. Exit 1: it failed; 2: it cannot be begun.") { rule, channel, to };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            await using var installation = Installation.Open(CommonOptions.ConfigurationFile(arguments));
            if (await ConfigurationBootstrap.AskAsync(installation, cancellationToken) is not { Configuration: var configuration })
            {
                return ExitCode.Configuration;
            }

            var (plan, problem) = DrillPlan.Create(arguments.GetRequiredValue(rule), arguments.GetRequiredValue(channel), arguments.GetRequiredValue(to), configuration, TimeProvider.System.GetUtcNow());
            if (plan is null)
            {
                return UsageTrouble.Say(problem!);
            }

            using var signals = new WorkSignals();
            var id = await new DrillRegister(installation.Database, signals, TimeProvider.System)
                .BeginAsync(plan, new(Environment.UserName, IsCommand: true), planned: null, request: null, cancellationToken);
            Say($"Drill {id} of rule {plan.Rule}, to {string.Join(", ", plan.Addresses.Select(address => $"{address.Subscriber} over {address.Channel}"))}");
            return await FollowAsync(installation.Database, id, cancellationToken);
        });
        return command;
    }

    /// <summary>Waits for the end, which the service writes down; longer than the service does, only where none runs.</summary>
    private static async Task<int> FollowAsync(Database database, long id, CancellationToken cancellationToken)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(begun) < DrillWatch.Patience + DrillWatch.Patience / 10)
        {
            var (drill, messages) = database.Read(db => (DrillStore.Find(db, id)!, DrillStore.Messages(db, id)));
            if (drill.Outcome is { } outcome)
            {
                Tell(drill, messages);
                return outcome == DrillOutcome.Passed ? ExitCode.Ok : ExitCode.No;
            }

            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }

        Console.Error.WriteLine("The drill was not ended by a service. Does one run on this database? newswatch health");
        return ExitCode.No;
    }

    private static void Tell(Drill drill, IReadOnlyList<DrillMessage> messages)
    {
        Say($"  decided     {After(drill, drill.Decided)}");
        foreach (var message in messages)
        {
            Say($"  {message.Channel} to {message.Subscriber}: {message.State}, begun {After(drill, message.Started)}, accepted {After(drill, message.Accepted)}  {message.Said}");
        }

        Say($"{(drill.Outcome == DrillOutcome.Passed ? "Passed" : "Failed")}: {drill.Result}.");
    }

    private static string After(Drill drill, DateTimeOffset? at) => at is { } known ? string.Create(CultureInfo.InvariantCulture, $"after {(known - drill.At).TotalSeconds:0.0} s") : "never";

    private static void Say(FormattableString text) => Console.WriteLine(TerminalText.Clean(text.ToString(CultureInfo.InvariantCulture)));
}
