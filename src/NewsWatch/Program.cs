using System.CommandLine;
using System.CommandLine.Help;
using NewsWatch.Cli;
using NewsWatch.Cli.Startup;
using NewsWatch.Hosting;

// NewsWatch watches news sources and tells subscribers: at once, once, explained.
// Each command is a method in Cli/; what `run` runs, room by room, is Hosting/Service.cs.
var newswatch = new RootCommand("Watches news sources and alerts subscribers: at once, once, explained.")
{
    RunCommand.Create(),         // poll, match, alert, deliver
    CheckCommand.Create(),       // what the configuration means, and what is wrong with it
    TryCommand.Create(),         // an article, a headline or a feed through the rules
    RouteCommand.Create(),       // who would be told of what
    SourceCommands.Discover(),   // the feeds of a site
    ImportCommand.Create(),      // the feeds of another reader's list
    LedgerCommands.Why(),        // why somebody was told, or was not
    LedgerCommands.Alerts(),     // what was decided lately
    LedgerCommands.Deliveries(), // what was sent lately, and what could not be
    StatusCommand.Create(),      // sources, queue, last errors
    HealthCommand.Create(),      // for HEALTHCHECK: does the work go on?
    DeliveryCommands.SendTest(), // a test message to one subscriber
    DeliveryCommands.Doctor(),   // can we send mail, and will it be believed?
    DeliveryCommands.Replay(),   // send again
    UnsubscribedCommand.Create(), // who wants what no more, and the way back
    SubscriberCommand.Create(),  // what is held of a subscriber, and forgetting it
    BackupCommand.Create(),      // a copy of the database while it runs
    DemoCommand.Create(),        // sample news in, alerts out
    InitCommand.Create(),        // a first configuration from three answers
    CompletionCommand.Create(),  // for the shell
    VersionCommand.Create(),     // what runs here
};
newswatch.Options.Add(CommonOptions.Config);
foreach (var slash in newswatch.Options.OfType<HelpOption>().SelectMany(help => help.Aliases.Where(alias => alias.StartsWith('/')).Select(alias => (help, alias))).ToList())
{
    slash.help.Aliases.Remove(slash.alias); // a path to this system's shells
}

newswatch.SetAction(RunCommand.RunAsync); // `newswatch` alone is `newswatch run`

if (Equipment.Found().Lack() is { } lack)
{
    return lack.Tell();
}

// Signals are RunCommand's: it ends what is in flight before the process goes.
var command = newswatch.Parse(args);
if (command.Errors.Count > 0)
{
    return UsageTrouble.Tell(command);
}

try
{
    return await command.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
}
#pragma warning disable CA1031 // whatever ends a command is told here: in one line, or as the bug that it is
catch (Exception failure)
#pragma warning restore CA1031
{
    return StartUpTrouble.Tell(failure, HostSettings.Read(CommonOptions.ConfigurationPath(command)));
}
