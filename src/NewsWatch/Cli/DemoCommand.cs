using System.CommandLine;
using MimeKit;
using NewsWatch.Cli.Output;
using NewsWatch.Cli.Startup;
using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Loading;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Storage;

namespace NewsWatch.Cli;

/// <summary><c>newswatch demo</c>: runs `run --once` on the shipped sample news, in a folder of its own, without a network; then prints each report, its alert, or why it made none.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var command = new Command("demo", "Reads sample news without a network and shows which reports alert, and why.");
        command.SetAction((_, cancellationToken) => RunAsync(cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "deploy", "demo", "appsettings.json");
        var folder = Directory.CreateTempSubdirectory("newswatch-demo-").FullName;
        Environment.CurrentDirectory = folder; // the demo's files stay together, away from a real installation
        var exit = await RunCommand.OnceAsync(file, newDatabase: false, cancellationToken);
        if (exit != ExitCode.Ok || ConfigurationLoader.OfProcess.Load(ConfigurationFiles.Read(file)) is not LoadResult.Loaded loaded)
        {
            return exit;
        }

        await using var installation = Installation.OpenForReading(file);
        var news = installation.Database.Read(db => ArticleStore.Newest(db));
        var alerts = installation.Database.Read(AlertStore.RulesByArticle);
        var mails = await MailsAsync(folder, cancellationToken);
        Console.Write(DemoText.Of(Ink.Output, loaded.Configuration, news, alerts, mails));
        return mails.Count > 0 ? ExitCode.Ok : ExitCode.No;
    }

    /// <summary>The written mails, the most severe first, each with a page for a browser beside it.</summary>
    private static async Task<IReadOnlyList<DemoMail>> MailsAsync(string folder, CancellationToken cancellationToken)
    {
        var mails = new List<DemoMail>();
        foreach (var file in Directory.GetFiles(folder, "*.eml", SearchOption.AllDirectories))
        {
            var message = await MimeMessage.LoadAsync(file, cancellationToken);
            var page = Path.ChangeExtension(file, ".html");
            await using var writer = new StreamWriter(OwnerOnly.Create(page));
            await writer.WriteAsync(message.HtmlBody.AsMemory(), cancellationToken);
            mails.Add(new(page, message.Headers["X-NewsWatch-Severity"] ?? "", message.To.ToString(), message.Subject ?? "", message.TextBody ?? ""));
        }

        return [.. mails.OrderBy(mail => Array.IndexOf(["flash", "urgent", "routine"], mail.Severity)).ThenBy(mail => mail.Subject, StringComparer.Ordinal)];
    }
}
