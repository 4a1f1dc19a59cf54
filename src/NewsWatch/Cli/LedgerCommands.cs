using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using NewsWatch.Configuration;
using NewsWatch.Polling;
using NewsWatch.Storage;

namespace NewsWatch.Cli;

/// <summary><c>newswatch why</c>, <c>alerts</c>, <c>deliveries</c>: answers from the record.</summary>
internal static class LedgerCommands
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    /// <summary>Why a subscriber was told of an article, or the first thing that stopped it.</summary>
    public static Command Why()
    {
        var article = new Option<string>("--article") { Required = true, HelpName = "URL|ID", Description = "The article's address or number." };
        var subscriber = new Option<string>("--subscriber") { Required = true, HelpName = "ID", Description = "Who should have been told." };
        var json = CommonOptions.Json();
        var command = new Command("why", "Why a subscriber was told of an article, or the first thing that stopped it.") { article, subscriber, json };
        command.SetAction((arguments, _) => AskAsync(arguments, json, ledger => ledger.Why(arguments.GetRequiredValue(article), arguments.GetRequiredValue(subscriber)), LedgerText.Of));
        return command;
    }

    /// <summary>What was decided lately.</summary>
    public static Command Alerts()
    {
        var (since, most, json) = (CommonOptions.Since(), CommonOptions.Most(), CommonOptions.Json());
        var rule = new Option<string?>("--rule") { HelpName = "ID", Description = "Only this rule." };
        var command = new Command("alerts", "What was decided to be told, the newest first.") { since, rule, most, json };
        command.SetAction((arguments, _) => AskAsync(
            arguments, json, ledger => ledger.Alerts(CommonOptions.Time(arguments.GetValue(since)), arguments.GetValue(rule), arguments.GetValue(most)), LedgerText.Of));
        return command;
    }

    /// <summary>What was sent lately, and what could not be.</summary>
    public static Command Deliveries()
    {
        var (since, most, json) = (CommonOptions.Since(), CommonOptions.Most(), CommonOptions.Json());
        var subscriber = new Option<string?>("--subscriber") { HelpName = "ID", Description = "Only to this subscriber." };
        var channel = new Option<string?>("--channel") { HelpName = "ID", Description = "Only over this channel." };
        var state = new Option<string?>("--state") { HelpName = "STATE", Description = "Only in this state: pending, held, leased, sent, dead, cancelled." };
        var move = new Option<string[]>("--move")
        {
            HelpName = "OLD NEW",
            Arity = new ArgumentArity(2, 2),
            AllowMultipleArgumentsPerToken = true,
            Description = "Moves waiting deliveries of a subscriber or channel that is gone to another one.",
        };
        var command = new Command("deliveries", "What was sent and what was not, the newest first.") { since, subscriber, channel, state, most, json, move };
        command.SetAction((arguments, cancellation) => arguments.GetValue(move) is [var from, var to] ? MoveCommand.RunAsync(arguments, from, to, cancellation) : AskAsync(
            arguments,
            json,
            ledger => ledger.Deliveries(new DeliveryFilter(
                arguments.GetValue(subscriber), arguments.GetValue(channel), arguments.GetValue(state), CommonOptions.Time(arguments.GetValue(since)), arguments.GetValue(most))),
            LedgerText.Of));
        return command;
    }

    private static async Task<int> AskAsync<T>(ParseResult arguments, Option<bool> json, Func<Ledger, T> ask, Func<T, IEnumerable<string>> lines)
    {
        await using var installation = Installation.OpenForReading(CommonOptions.ConfigurationFile(arguments));
        if (await StartUp.AskAsync(installation, CancellationToken.None) is not { } start)
        {
            return ExitCode.Configuration;
        }

        var answer = ask(new Ledger(installation.Database, new ConfigurationHolder(start.Configuration)));
        if (arguments.GetValue(json))
        {
            Console.WriteLine(JsonSerializer.Serialize(answer, Json));
        }
        else
        {
            foreach (var line in lines(answer))
            {
                Console.WriteLine(TerminalText.Line(line));
            }
        }

        return ExitCode.Ok;
    }
}
