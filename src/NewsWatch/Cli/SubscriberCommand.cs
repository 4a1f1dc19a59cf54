using System.CommandLine;
using MimeKit;
using NewsWatch.Cli.Output;
using NewsWatch.Cli.Startup;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Loading;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Subscribers;
using NewsWatch.Storage.Upkeep;

namespace NewsWatch.Cli;

/// <summary><c>newswatch subscriber ID</c>: exports or erases the personal data of a subscriber.</summary>
internal static class SubscriberCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "The subscriber's id, as in the configuration." };
        var export = new Option<bool>("--export") { Description = "Print everything NewsWatch holds about the subscriber as JSON." };
        var erase = new Option<bool>("--erase") { Description = "Erase a subscriber who is no longer in the configuration." };
        var command = new Command("subscriber", "Exports or erases the personal data of a subscriber.") { id, export, erase };
        command.SetAction((arguments, cancellationToken) => (arguments.GetValue(export), arguments.GetValue(erase)) switch
        {
            (true, false) => ExportAsync(arguments, arguments.GetRequiredValue(id)),
            (false, true) => EraseAsync(arguments, arguments.GetRequiredValue(id), cancellationToken),
            _ => ChooseAsync(),
        });
        return command;
    }

    private static async Task<int> ChooseAsync()
    {
        await Console.Error.WriteLineAsync("Say what to do: --export or --erase.");
        return ExitCode.Usage;
    }

    private static async Task<int> ExportAsync(ParseResult arguments, string id)
    {
        await using var installation = Installation.OpenForReading(CommonOptions.ConfigurationFile(arguments));
        if (await ConfigurationBootstrap.AskAsync(installation, CancellationToken.None) is not { Configuration: var configuration })
        {
            return ExitCode.Configuration;
        }

        var stored = installation.Database.Read(ConfigurationStore.All);
        var addresses = Addresses(stored, id, configuration);
        Console.WriteLine(JsonText.Of(
            new
            {
                Id = id,
                InConfiguration = configuration.Subscribers.ContainsKey(id),
                Addresses = addresses,
                StoredConfigurations = stored.Where(one => LastGood.AddressesOf(one.Files, id).Any()).Select(one => new { one.Version, one.At }),
                Deliveries = installation.Database.Read(db => LedgerStore.Deliveries(db, new DeliveryFilter(Subscriber: id, Most: int.MaxValue))),
                Decisions = installation.Database.Read(db => SubscriberStore.Verdicts(db, id)),
                Unsubscribed = Journal(installation).Read().Concat(installation.Database.Read(UnsubscribeStore.All)).Where(one => one.Subscriber == id).Distinct(),
                Feedback = installation.Database.Read(db => SubscriberStore.Feedback(db, id)).Select(one => new { one.Alert, one.Verdict, one.At }),
                Mails = MailsTo(configuration, addresses),
            }));
        return ExitCode.Ok;
    }

    private static async Task<int> EraseAsync(ParseResult arguments, string id, CancellationToken cancellationToken)
    {
        await using var installation = Installation.Open(CommonOptions.ConfigurationFile(arguments));
        if (await ConfigurationBootstrap.AskAsync(installation, cancellationToken) is not { Configuration: var configuration })
        {
            return ExitCode.Configuration;
        }

        if (configuration.Subscribers.ContainsKey(id))
        {
            await Console.Error.WriteLineAsync(TerminalText.Clean($"{id} is in the configuration. Remove the subscriber there first, so that nothing new is recorded."));
            return ExitCode.No;
        }

        var addresses = Addresses(installation.Database.Read(ConfigurationStore.All), id, configuration);
        var mails = MailsTo(configuration, addresses);
        foreach (var mail in mails)
        {
            File.Delete(mail);
        }

        Journal(installation).Forget(id);
        var deliveries = await installation.Database.WriteAsync(db => Erase(db, id, addresses), cancellationToken);
        Console.WriteLine(TerminalText.Clean(
            $"{id} is erased: {deliveries} deliveries lost the name, {mails.Count} mails were deleted. Earlier backups still hold the subscriber until you delete them."));
        return ExitCode.Ok;
    }

    private static int Erase(Session db, string id, IReadOnlyCollection<string> addresses)
    {
        var deliveries = SubscriberStore.Erase(db, id, addresses);
        foreach (var stored in ConfigurationStore.All(db).Where(one => LastGood.AddressesOf(one.Files, id).Any()))
        {
            ConfigurationStore.Replace(db, stored.Version, LastGood.WithoutAddresses(stored.Files, id));
        }

        return deliveries;
    }

    private static List<string> Addresses(IEnumerable<(string Version, string Files, DateTimeOffset At)> stored, string id, WatchConfiguration configuration) =>
    [
        .. stored.SelectMany(one => LastGood.AddressesOf(one.Files, id))
            .Append(configuration.Subscribers.GetValueOrDefault(id)?.Email)
            .OfType<string>().Where(address => address != LastGood.Erased).Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>The mails in pickup folders to one of the addresses.</summary>
    private static List<string> MailsTo(WatchConfiguration configuration, IReadOnlyCollection<string> addresses) =>
    [
        .. configuration.Channels.Values.OfType<Channel.Pickup>().SelectMany(channel => PickupFiles.In(channel.Folder))
            .Where(file => MimeMessage.Load(file).To.Mailboxes.Any(to => addresses.Contains(to.Address, StringComparer.OrdinalIgnoreCase))),
    ];

    private static UnsubscribeJournal Journal(Installation installation) =>
        UnsubscribeJournal.Beside(installation.Database, new BackupFolder(installation.Settings["Storage:BackupFolder"], Keep: 1));
}
