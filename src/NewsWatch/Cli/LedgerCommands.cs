using System.CommandLine;
using NewsWatch.Cli.Output;
using NewsWatch.Cli.Startup;
using NewsWatch.Configuration;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Ledger;
using NewsWatch.Storage.Alerts;

namespace NewsWatch.Cli;

/// <summary><c>newswatch why</c>, <c>alerts</c>, <c>deliveries</c>: reports from the record of decisions.</summary>
internal static class LedgerCommands
{
    private static readonly string[] States = ["pending", "held", "leased", "sent", "dead", "cancelled"];

    /// <summary>Explains why a subscriber got an alert about an article, or what stopped it.</summary>
    public static Command Why()
    {
        var article = new Argument<string?>("ARTICLE") { Arity = ArgumentArity.ZeroOrOne, Description = "The article's address or number; as --article." };
        var articleOption = new Option<string?>("--article") { HelpName = "URL|ID", Description = "The article's address or number." };
        var subscriber = new Option<string>("--subscriber") { Required = true, HelpName = "ID", Description = "The subscriber's id." };
        var json = CommonOptions.Json();
        var command = new Command("why", "Explains why a subscriber got an alert about an article, or the first thing that stopped it. Exit 1: no source showed the article.") { article, articleOption, subscriber, json };
        command.SetAction((arguments, _) => AskAsync(arguments, record =>
        {
            if ((arguments.GetValue(articleOption) ?? arguments.GetValue(article)) is not { } asked)
            {
                return UsageTrouble.Say("Which article? Write its address or number: newswatch why ARTICLE --subscriber ID");
            }

            var id = arguments.GetRequiredValue(subscriber);
            if (!record.Configuration.Subscribers.ContainsKey(id))
            {
                return UsageTrouble.Unknown("subscriber", id, record.Configuration.Subscribers.Keys);
            }

            var answer = record.Ledger.Why(asked, id);
            Print(arguments.GetValue(json), answer, LedgerText.Of(answer));
            return answer.First.Stage == LedgerStage.NeverSeen ? ExitCode.No : ExitCode.Ok;
        }));
        return command;
    }

    /// <summary>Lists recent alerts.</summary>
    public static Command Alerts()
    {
        var (since, most, json) = (CommonOptions.Since(), CommonOptions.Most(), CommonOptions.Json());
        var rule = new Option<string?>("--rule") { HelpName = "ID", Description = "Only this rule." };
        var follow = new Option<bool>("--follow", "-f") { Description = "Print alerts as they come, until Ctrl+C." };
        var command = new Command("alerts", "Lists alerts, the newest first.") { since, rule, most, follow, json };
        command.SetAction((arguments, cancellationToken) => arguments.GetValue(follow) ? FollowCommand.RunAsync(arguments, arguments.GetValue(rule), cancellationToken) : AskAsync(arguments, record =>
        {
            var (from, id) = (CommonOptions.Time(arguments.GetValue(since), out var wrong), arguments.GetValue(rule));
            if (wrong is not null)
            {
                return UsageTrouble.Say(wrong);
            }

            var alerts = record.Ledger.Alerts(from, id, arguments.GetValue(most));
            if (alerts.Count == 0 && id is not null && !record.Configuration.Rules.ContainsKey(id))
            {
                return UsageTrouble.Unknown("rule", id, record.Configuration.Rules.Keys);
            }

            Print(arguments.GetValue(json), alerts, record.Text.Of(alerts, record.Ledger.CountAlerts(from, id)));
            return ExitCode.Ok;
        }));
        return command;
    }

    /// <summary>Lists recent messages, sent and unsent.</summary>
    public static Command Deliveries()
    {
        var (since, most, json) = (CommonOptions.Since(), CommonOptions.Most(), CommonOptions.Json());
        var subscriber = new Option<string?>("--subscriber") { HelpName = "ID", Description = "Only to this subscriber." };
        var channel = new Option<string?>("--channel") { HelpName = "ID", Description = "Only over this channel." };
        var state = new Option<string?>("--state") { HelpName = "STATE", Description = $"Only in this state: {string.Join(", ", States)}." };
        var move = new Option<string[]>("--move")
        {
            HelpName = "OLD NEW",
            Arity = new ArgumentArity(2, 2),
            AllowMultipleArgumentsPerToken = true,
            Description = "Move waiting deliveries from a removed subscriber or channel to another one.",
        };
        var command = new Command("deliveries", "Lists messages, sent and unsent, the newest first.") { since, subscriber, channel, state, most, json, move };
        command.SetAction((arguments, cancellationToken) => arguments.GetValue(move) is [var from, var to] ? MoveCommand.RunAsync(arguments, from, to, cancellationToken) : AskAsync(arguments, record =>
        {
            var start = CommonOptions.Time(arguments.GetValue(since), out var wrong);
            var filter = new DeliveryFilter(arguments.GetValue(subscriber), arguments.GetValue(channel), arguments.GetValue(state), start, arguments.GetValue(most));
            if (wrong is not null)
            {
                return UsageTrouble.Say(wrong);
            }

            if (filter.State is { } asked && !States.Contains(asked))
            {
                return UsageTrouble.Unknown("state", asked, States);
            }

            var deliveries = record.Ledger.Deliveries(filter);
            if (deliveries.Count == 0 && UnknownName(filter, record.Configuration) is { } exit)
            {
                return exit;
            }

            Print(arguments.GetValue(json), deliveries, record.Text.Of(deliveries));
            return ExitCode.Ok;
        }));
        return command;
    }

    /// <summary>Reports a name that neither the record nor the configuration knows.</summary>
    private static int? UnknownName(DeliveryFilter filter, WatchConfiguration configuration) => filter switch
    {
        { Subscriber: { } id } when !configuration.Subscribers.ContainsKey(id) => UsageTrouble.Unknown("subscriber", id, configuration.Subscribers.Keys),
        { Channel: { } id } when !configuration.Channels.ContainsKey(id) => UsageTrouble.Unknown("channel", id, configuration.Channels.Keys),
        _ => null,
    };

    private static async Task<int> AskAsync(ParseResult arguments, Func<Record, int> ask)
    {
        await using var installation = Installation.OpenForReading(CommonOptions.ConfigurationFile(arguments));
        return await ConfigurationBootstrap.AskAsync(installation, CancellationToken.None) is { Configuration: var configuration }
            ? ask(new(new LedgerQueries(installation.Database, new ConfigurationHolder(configuration)), configuration))
            : ExitCode.Configuration;
    }

    private static void Print<T>(bool json, T answer, IEnumerable<string> lines)
    {
        if (json)
        {
            Console.WriteLine(JsonText.Of(answer));
            return;
        }

        foreach (var line in lines)
        {
            Console.WriteLine(TerminalText.Line(line));
        }
    }

    /// <summary>A query and the format of its rows.</summary>
    private sealed record Record(LedgerQueries Ledger, WatchConfiguration Configuration)
    {
        public LedgerText Text { get; } = new(new TimeText(Configuration.Defaults.TimeZone));
    }
}
