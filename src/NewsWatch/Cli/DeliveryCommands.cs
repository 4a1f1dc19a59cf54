using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NewsWatch.Cli.Startup;
using NewsWatch.Configuration;
using NewsWatch.Delivery;
using NewsWatch.Delivery.Smtp;
using NewsWatch.Hosting;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Storage;
using NewsWatch.Storage.Upkeep;

namespace NewsWatch.Cli;

/// <summary><c>newswatch send-test</c>, <c>replay</c>, <c>doctor</c>: test the ways to subscribers, and send messages again.</summary>
internal static class DeliveryCommands
{
    /// <summary>Sends one test message at once.</summary>
    public static Command SendTest()
    {
        var subscriber = new Argument<string>("SUBSCRIBER") { Description = "The subscriber's id." };
        var command = new Command("send-test", "Sends a test message to one subscriber at once and prints the server's reply.") { subscriber };
        command.SetAction((arguments, cancellationToken) => ServiceRunner.WithAsync(arguments, async rooms =>
        {
            var (id, known) = (arguments.GetRequiredValue(subscriber), rooms.GetRequiredService<ConfigurationHolder>().Current.Subscribers);
            if (!known.ContainsKey(id))
            {
                return UsageTrouble.Unknown("subscriber", id, known.Keys);
            }

            var outcome = await rooms.GetRequiredService<SendTest>().SendAsync(id, cancellationToken);
            Console.WriteLine(TerminalText.Clean(outcome.Text));
            return outcome.Ok ? ExitCode.Ok : ExitCode.No;
        }, cancellationToken));
        return command;
    }

    /// <summary>Reopens messages under the ids they had.</summary>
    public static Command Replay()
    {
        var channel = new Option<string>("--channel") { Required = true, HelpName = "ID", Description = "The channel's id." };
        var since = CommonOptions.Since();
        var dead = new Option<bool>("--dead") { Description = "Resend dead messages only (default: sent and dead)." };
        since.Required = true;
        var command = new Command("replay", "Sends messages of a channel again, under the ids they had.") { channel, since, dead };
        command.SetAction((arguments, cancellationToken) => ServiceRunner.WithAsync(arguments, async rooms =>
        {
            if (CommonOptions.Time(arguments.GetValue(since), out var wrong) is not { } from)
            {
                return UsageTrouble.Say(wrong!);
            }

            var (id, known) = (arguments.GetRequiredValue(channel), rooms.GetRequiredService<ConfigurationHolder>().Current.Channels);
            if (!known.ContainsKey(id))
            {
                return UsageTrouble.Unknown("channel", id, known.Keys);
            }

            var opened = await rooms.GetRequiredService<Replay>().OpenAsync(id, from, arguments.GetValue(dead), Environment.UserName, cancellationToken);
            Console.WriteLine(Opened(opened, arguments.GetValue(dead)));
            return opened > 0 ? ExitCode.Ok : ExitCode.No;
        }, cancellationToken));
        return command;
    }

    /// <summary>The result of a replay, in one sentence.</summary>
    public static string Opened(int messages, bool deadOnly) => messages switch
    {
        0 when deadOnly => "The channel has no dead message since then.",
        0 => "The channel has no sent or dead message since then.",
        1 => "1 message is pending again; the running service will send it.",
        _ => string.Create(CultureInfo.InvariantCulture, $"{messages} messages are pending again; the running service will send them."),
    };

    /// <summary>Checks the login to each mail server, and the records by which receivers trust its mail.</summary>
    public static Command Doctor()
    {
        var command = new Command("doctor", "Checks each mail server's login and TLS, the From domain's SPF, DKIM and DMARC, and a PostgreSQL server, and says how to fix them.");
        command.SetAction((arguments, cancellationToken) => ServiceRunner.WithAsync(arguments, async rooms =>
        {
            var database = rooms.GetRequiredService<Database>();
            IReadOnlyList<Finding> findings =
            [
                .. await rooms.GetRequiredService<Doctor>().LookAsync(cancellationToken),
                .. await DatabaseDoctor.LookAsync(database, HostSettings.Read(CommonOptions.ConfigurationPath(arguments)), cancellationToken),
            ];
            if (database.Read(WrongClock.Words) is { } clock)
            {
                findings = [.. findings, new Finding(false, "clock", $"{clock}.")];
            }

            foreach (var finding in findings)
            {
                Console.WriteLine(TerminalText.Clean($"{(finding.Ok ? "ok  " : "FIX ")}  {finding.Subject}: {finding.Text}"));
            }

            Console.WriteLine(findings.Count == 0 ? "There is no email channel in the configuration." : $"{findings.Count(finding => !finding.Ok)} to fix.");
            return findings.All(finding => finding.Ok) ? ExitCode.Ok : ExitCode.No;
        }, cancellationToken));
        return command;
    }
}
