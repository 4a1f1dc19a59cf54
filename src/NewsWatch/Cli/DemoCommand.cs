using System.CommandLine;
using MimeKit;
using NewsWatch.Cli.Output;
using NewsWatch.Cli.Startup;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Loading;
using NewsWatch.Hosting;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Articles;

namespace NewsWatch.Cli;

/// <summary><c>newswatch demo</c>: runs `run --once` on the shipped sample news, in a folder of its own, without a network; then prints each report, its alert, or why it made none.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var desk = new Option<bool>("--desk") { Description = "Then serve the desk on this machine, filled from the sample news, until Ctrl+C." };
        var command = new Command("demo", "Reads sample news without a network and shows which reports alert, and why.") { desk };
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments.GetValue(desk), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(bool desk, CancellationToken cancellationToken)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "deploy", "demo", "appsettings.json");
        var folder = Directory.CreateTempSubdirectory("newswatch-demo-").FullName;
        Environment.CurrentDirectory = folder; // the demo's files stay together, away from a real installation
        var exit = await RunCommand.OnceAsync(file, newDatabase: false, cancellationToken);
        if (exit != ExitCode.Ok || ConfigurationLoader.OfProcess.Load(ConfigurationFiles.Read(file)) is not LoadResult.Loaded loaded)
        {
            return exit;
        }

        return desk ? await ServeDeskAsync(file, cancellationToken) : await PrintAsync(file, folder, loaded.Configuration, cancellationToken);
    }

    private static async Task<int> ServeDeskAsync(string file, CancellationToken cancellationToken)
    {
        await using (var installation = Installation.Open(file))
        {
            Console.WriteLine($"The desk, filled from the sample news. Open it in a browser; Ctrl+C ends it.\n\n  {await DeskCommand.LinkAsync(installation.Settings, installation.Database, cancellationToken)}\n");
        }

        using var stop = new StopSignal(Service.StopPatience);
        return await stop.WithinPatienceAsync(RunCommand.ServeAsync(file, newDatabase: false, stop.Token)) ?? ExitCode.Ok;
    }

    private static async Task<int> PrintAsync(string file, string folder, WatchConfiguration configuration, CancellationToken cancellationToken)
    {
        await using var installation = Installation.OpenForReading(file);
        var news = installation.Database.Read(db => ArticleStore.Newest(db));
        var alerts = installation.Database.Read(AlertStore.RulesByArticle);
        var mails = await MailsAsync(folder, cancellationToken);
        Console.Write(DemoText.Of(Ink.Output, configuration, news, alerts, mails));
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
