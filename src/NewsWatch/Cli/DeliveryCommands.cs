using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NewsWatch.Delivery;
using NewsWatch.Storage;

namespace NewsWatch.Cli;

/// <summary><c>newswatch send-test</c>, <c>replay</c>, <c>doctor</c>: does it reach people, and again if need be.</summary>
internal static class DeliveryCommands
{
    /// <summary>One test message, at once.</summary>
    public static Command SendTest()
    {
        var subscriber = new Argument<string>("SUBSCRIBER") { Description = "Who gets it." };
        var command = new Command("send-test", "Sends a test message to one subscriber, at once, and shows the server's answer.") { subscriber };
        command.SetAction((arguments, cancellation) => Rooms.WithAsync(arguments, async rooms =>
        {
            var outcome = await rooms.GetRequiredService<SendTest>().SendAsync(arguments.GetRequiredValue(subscriber), cancellation);
            Console.WriteLine(TerminalText.Clean(outcome.Text));
            return outcome.Ok ? ExitCode.Ok : ExitCode.No;
        }, cancellation));
        return command;
    }

    /// <summary>Opens messages again, under the ids they had.</summary>
    public static Command Replay()
    {
        var channel = new Option<string>("--channel") { Required = true, HelpName = "ID", Description = "Over which channel." };
        var since = CommonOptions.Since();
        var dead = new Option<bool>("--dead") { Description = "Only what is dead; else what was sent, too." };
        since.Required = true;
        var command = new Command("replay", "Sends messages of a channel again, under the ids they had.") { channel, since, dead };
        command.SetAction((arguments, cancellation) => Rooms.WithAsync(arguments, async rooms =>
        {
            if (CommonOptions.Time(arguments.GetValue(since)) is not { } from)
            {
                await Console.Error.WriteLineAsync($"\"{arguments.GetValue(since)}\" is no time. Write 2h, 3d, or 2025-08-06.");
                return ExitCode.Usage;
            }

            var opened = await rooms.GetRequiredService<Replay>().OpenAsync(arguments.GetRequiredValue(channel), from, arguments.GetValue(dead), cancellation);
            Console.WriteLine(Opened(opened, arguments.GetValue(dead)));
            return opened > 0 ? ExitCode.Ok : ExitCode.No;
        }, cancellation));
        return command;
    }

    /// <summary>What came of a replay, in one sentence.</summary>
    public static string Opened(int messages, bool deadOnly) => messages switch
    {
        0 when deadOnly => "There is no dead message of that channel and time.",
        0 => "There is no sent or dead message of that channel and time.",
        1 => "1 message is open again; the running service sends it.",
        _ => string.Create(CultureInfo.InvariantCulture, $"{messages} messages are open again; the running service sends them."),
    };

    /// <summary>Can we send mail, and will it be believed?</summary>
    public static Command Doctor()
    {
        var command = new Command("doctor", "Logs in to each mail server, looks at TLS and at the From domain's SPF, DKIM and DMARC, and says what to mend.");
        command.SetAction((arguments, cancellation) => Rooms.WithAsync(arguments, async rooms =>
        {
            var findings = await rooms.GetRequiredService<Doctor>().LookAsync(cancellation);
            if (rooms.GetRequiredService<Database>().Read(WrongClock.Words) is { } clock)
            {
                findings = [.. findings, new Finding(false, "clock", $"{clock}.")];
            }

            foreach (var finding in findings)
            {
                Console.WriteLine(TerminalText.Clean($"{(finding.Ok ? "ok  " : "MEND")}  {finding.Subject}: {finding.Text}"));
            }

            Console.WriteLine(findings.Count == 0 ? "There is no email channel in the configuration." : $"{findings.Count(finding => !finding.Ok)} to mend.");
            return findings.All(finding => finding.Ok) ? ExitCode.Ok : ExitCode.No;
        }, cancellation));
        return command;
    }
}
