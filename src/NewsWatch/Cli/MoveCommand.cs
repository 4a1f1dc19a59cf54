using System.CommandLine;
using NewsWatch.Cli.Startup;
using NewsWatch.Configuration;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Storage;
using NewsWatch.Storage.Work;

namespace NewsWatch.Cli;

/// <summary><c>newswatch deliveries --move OLD NEW</c>: moves waiting alerts from a removed subscriber or channel to another one.</summary>
internal static class MoveCommand
{
    public static async Task<int> RunAsync(ParseResult arguments, string from, string to, CancellationToken cancellationToken)
    {
        await using var installation = Installation.Open(CommonOptions.ConfigurationFile(arguments));
        if (await ConfigurationBootstrap.AskAsync(installation, cancellationToken) is not { Configuration: var configuration } start)
        {
            return ExitCode.Configuration;
        }

        if (!configuration.Subscribers.ContainsKey(to) && !configuration.Channels.ContainsKey(to))
        {
            return UsageTrouble.Unknown("subscriber or channel", to, configuration.Subscribers.Keys.Concat(configuration.Channels.Keys));
        }

        var moved = await installation.Database.WriteAsync(db => Move(db, configuration, from, to, start.Clock.GetUtcNow()), cancellationToken);
        Console.WriteLine(TerminalText.Clean(moved switch
        {
            0 => $"No alert waits for {from}.",
            1 => $"1 alert now goes to {to}; the running service will send it.",
            _ => $"{moved} alerts now go to {to}; the running service will send them.",
        }));
        return moved > 0 ? ExitCode.Ok : ExitCode.No;
    }

    private static int Move(Session db, WatchConfiguration configuration, string from, string to, DateTimeOffset now) =>
        configuration.Subscribers.GetValueOrDefault(to) is { } subscriber && !configuration.Channels.ContainsKey(from)
            ? WaitingStore.MoveSubscriber(db, from, to, subscriber.Channel, now)
            : WaitingStore.MoveChannel(db, from, to, now);
}
