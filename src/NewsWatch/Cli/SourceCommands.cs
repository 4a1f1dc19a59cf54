using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using NewsWatch.Cli.Output;
using NewsWatch.Cli.Startup;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Polling;

namespace NewsWatch.Cli;

/// <summary><c>newswatch discover URL</c>: the feeds of a site, ready to paste.</summary>
internal static class SourceCommands
{
    /// <summary>Finds the feeds of a site.</summary>
    public static Command Discover()
    {
        var url = new Argument<string>("URL") { Description = "A site's or an article's address." };
        var command = new Command("discover", "Finds the feeds of a site and prints them as entries of Sources, ready to paste. Exit 1: none.") { url };
        command.SetAction((arguments, cancellationToken) => ServiceRunner.WithAsync(arguments, async rooms =>
        {
            var result = await rooms.GetRequiredService<Discovery>().FindAsync(arguments.GetRequiredValue(url), cancellationToken);
            Console.WriteLine(TerminalText.Clean(result switch
            {
                DiscoveryResult.Found found => Text(found.Feeds),
                DiscoveryResult.Nothing nothing => nothing.Reason,
                _ => "",
            }));
            return result is DiscoveryResult.Found ? ExitCode.Ok : ExitCode.No;
        }, cancellationToken));
        return command;
    }

    private static string Text(IReadOnlyList<FoundFeed> feeds)
    {
        var entries = new SourceEntries();
        foreach (var feed in feeds)
        {
            entries.Add(SourceEntries.OfAddress(feed.Url), $"{feed.Title} ({feed.Kind}): {feed.Items} items, the newest {feed.Newest?.ToString("u") ?? "without a date"}", feed.Url);
        }

        return entries.ToString().TrimEnd('\n');
    }
}
