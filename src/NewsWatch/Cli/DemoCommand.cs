using System.CommandLine;
using MimeKit;

namespace NewsWatch.Cli;

/// <summary><c>newswatch demo</c>: `run --once` on the shipped sample news, in a folder of its own, without a network.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var command = new Command("demo", "Runs once over sample news and prints the alert; touches no network.");
        command.SetAction((_, cancellation) => RunAsync(cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellation)
    {
        var configuration = Path.Combine(AppContext.BaseDirectory, "deploy", "demo", "appsettings.json");
        var folder = Directory.CreateTempSubdirectory("newswatch-demo-").FullName;
        Environment.CurrentDirectory = folder; // what the demo writes lies together, away from a real installation
        var exit = await RunCommand.OnceAsync(configuration, newDatabase: false, cancellation);
        var mails = Directory.GetFiles(folder, "*.eml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        foreach (var mail in mails)
        {
            var message = await MimeMessage.LoadAsync(mail, cancellation);
            Console.WriteLine($"To: {message.To}\nSubject: {message.Subject}\n\n{(message.TextBody ?? "").Trim()}\n");
        }

        Console.WriteLine($"{mails.Count} alert{(mails.Count == 1 ? "" : "s")} from the news in {Path.GetDirectoryName(configuration)}; open in a mail program:");
        mails.ForEach(Console.WriteLine);
        return exit != ExitCode.Ok ? exit : mails.Count > 0 ? ExitCode.Ok : ExitCode.No;
    }
}
