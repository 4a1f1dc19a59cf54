using System.CommandLine;
using System.CommandLine.Help;
using NewsWatch.Cli.Startup;

namespace NewsWatch.Cli;

/// <summary>All commands; <c>newswatch</c> alone is <c>newswatch run</c>.</summary>
internal static class CommandTree
{
    public static RootCommand Create()
    {
        var newswatch = new RootCommand("Watches news sources and alerts subscribers: at once, once, explained.")
        {
            RunCommand.Create(),          // poll, match, alert, deliver
            CheckCommand.Create(),        // the configuration: its meaning and its mistakes
            TryCommand.Create(),          // an article, a headline or a feed through the rules
            BacktestCommand.Create(),     // the rules over the news of the archive
            RouteCommand.Create(),        // the subscribers, channels and times of an alert
            SourceCommands.Discover(),    // the feeds of a site
            ImportCommand.Create(),       // the feeds of another reader's list
            LedgerCommands.Why(),         // the reason for an alert, or for none
            LedgerCommands.Alerts(),      // recent decisions
            LedgerCommands.Deliveries(),  // recent messages and failures
            SearchCommand.Create(),       // the archive by words
            StatusCommand.Create(),       // sources, queue, recent errors
            DeskCommand.Create(),         // a link to the web desk
            HealthCommand.Create(),       // for HEALTHCHECK
            DeliveryCommands.SendTest(),  // a test message to one subscriber
            DeliveryCommands.Doctor(),    // mail: the login and the domain's records
            DeliveryCommands.Replay(),    // messages sent again
            DrillCommand.Create(),        // a marked article through the running service
            NoiseCommand.Create(),        // what each rule costs its readers
            PauseCommand.Create(),        // sources that are not polled for a time
            SilenceCommand.Create(),      // rules, stories, people or sources kept quiet for a time
            UnsubscribedCommand.Create(), // unsubscriptions, and the way back
            SubscriberCommand.Create(),   // personal data: export and erasure
            BackupCommand.Create(),       // a copy of the database while the service runs
            MigrateCommand.Create(),      // from the file to a server
            DemoCommand.Create(),         // sample news in, alerts out
            InitCommand.Create(),         // a first configuration from three answers
            CompletionCommand.Create(),   // for the shell
            VersionCommand.Create(),
        };
        newswatch.Options.Add(CommonOptions.Config);
        newswatch.SetAction(RunCommand.RunAsync);
        KeepPathsOutOfHelp(newswatch);
        return newswatch;
    }

    /// <summary>The aliases <c>/h</c> and <c>/?</c> go: here a slash begins a path.</summary>
    private static void KeepPathsOutOfHelp(RootCommand newswatch)
    {
        foreach (var help in newswatch.Options.OfType<HelpOption>())
        {
            foreach (var alias in help.Aliases.Where(alias => alias.StartsWith('/')).ToList())
            {
                help.Aliases.Remove(alias);
            }
        }
    }
}
