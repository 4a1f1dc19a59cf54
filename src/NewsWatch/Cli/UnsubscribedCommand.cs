using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using NewsWatch.Cli.Startup;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Storage.Subscribers;
using NewsWatch.Storage.Upkeep;

namespace NewsWatch.Cli;

/// <summary><c>newswatch unsubscribed</c>: lists unsubscriptions and reverts them.</summary>
internal static class UnsubscribedCommand
{
    public static Command Create()
    {
        var undo = new Option<string?>("--undo") { HelpName = "SUBSCRIBER", Description = "Revert this subscriber's unsubscriptions for alerts found from now on; cancelled alerts stay cancelled." };
        var command = new Command("unsubscribed", "Lists unsubscriptions with their time and way; --undo SUBSCRIBER reverts them.") { undo };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var file = CommonOptions.ConfigurationFile(arguments);
            if (arguments.GetValue(undo) is { } subscriber)
            {
                await using var installation = Installation.Open(file);
                var (undone, failure) = await Register(installation).UndoAsync(subscriber, cancellationToken);
                if (failure is not null)
                {
                    await Console.Error.WriteLineAsync(TerminalText.Clean($"{UnsubscribeJournal.FileName} could not be written, so the next start of the service will undo this: {failure.Message}"));
                    return ExitCode.No;
                }

                Console.WriteLine(TerminalText.Clean(Undone(subscriber, undone)));
                return undone > 0 ? ExitCode.Ok : ExitCode.No;
            }

            await using var record = Installation.OpenForReading(file);
            foreach (var line in Lines(record.Database.Read(UnsubscribeStore.All)))
            {
                Console.WriteLine(TerminalText.Clean(line));
            }

            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>The result of an undo.</summary>
    /// <param name="subscriber">The subscriber's id.</param>
    /// <param name="undone">The number of unsubscriptions.</param>
    public static string Undone(string subscriber, int undone) => undone > 0
        ? $"{subscriber} gets alerts again from now on. Alerts that were cancelled meanwhile do not come back."
        : $"{subscriber} has not unsubscribed from anything.";

    private static UnsubscribeRegister Register(Installation installation) => new(
        installation.Database,
        UnsubscribeJournal.Beside(installation.Database, new BackupFolder(installation.Settings["Storage:BackupFolder"], Keep: 1)),
        RetentionTimes.Default,
        TimeProvider.System,
        NullLogger<UnsubscribeRegister>.Instance);

    /// <summary>One line for each, the newest first.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<Unsubscribed> all)
    {
        foreach (var one in all)
        {
            var from = one.Scope == "all" ? "everything" : one.Scope.Replace(":", " ", StringComparison.Ordinal);
            yield return $"{one.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}  {one.Subscriber} from {from}, by {(one.By == "page" ? "the page" : "one click in a mail")}";
        }

        if (all.Count == 0)
        {
            yield return "No subscriber has unsubscribed.";
        }
    }
}
