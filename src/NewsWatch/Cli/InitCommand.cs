using System.CommandLine;
using NewsWatch.Cli.Output;
using NewsWatch.Cli.Startup;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Loading;
using NewsWatch.Hosting.Terminal;

namespace NewsWatch.Cli;

/// <summary><c>newswatch init</c>: writes a small configuration; on a terminal it asks for the options that are missing.</summary>
internal static class InitCommand
{
    private static readonly Option<string?> Address = new("--address") { Description = "Your mail address.", HelpName = "ADDRESS" };

    private static readonly Option<string?> Server = new("--mail") { Description = "Your mail server; without one, NewsWatch writes mails into a folder.", HelpName = "HOST[:PORT]" };

    private static readonly Option<string[]> Topics = new("--topic") { Description = "A word, or words in this order, to watch for. Repeat the option for more.", HelpName = "WORDS", AllowMultipleArgumentsPerToken = false };

    private static readonly Option<bool> Force = new("--force") { Description = "Replace an existing configuration." };

    public static Command Create()
    {
        var command = new Command("init", "Writes a small configuration from three answers: your address, your mail server, your topics.") { Address, Server, Topics, Force };
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var file = CommonOptions.ConfigurationPath(arguments);
        if (File.Exists(file) && !arguments.GetValue(Force))
        {
            return Refuse($"{file} exists already. Name another file with --config FILE, or replace this one with --force.", ExitCode.No);
        }

        var mayAsk = !Console.IsInputRedirected && !Console.IsOutputRedirected;
        var address = arguments.GetValue(Address) ?? Ask(mayAsk, "Your mail address: ");
        var server = arguments.GetValue(Server) ?? Ask(mayAsk, "Your mail server (HOST:PORT; leave it empty to write mails into a folder): ");
        var topics = arguments.GetValue(Topics) is { Length: > 0 } given ? given : Ask(mayAsk, "What to watch for (separated by commas): ").Split(',');
        topics = [.. topics.Select(topic => topic.Trim()).Where(topic => topic.Length > 0)];
        if (address.Length == 0 || topics.Length == 0)
        {
            return Refuse("Give an address and a topic: newswatch init --address you@example.com --topic sanctions --topic \"export ban\"", ExitCode.Usage);
        }

        var text = FirstConfiguration.Text(address, server, topics, TimeZoneInfo.Local.Id);
        var result = ConfigurationLoader.OfProcess.Load(new ConfigurationFiles(Path.GetDirectoryName(file)!, [new(Path.GetFileName(file), text)]));
        if (result is not LoadResult.Loaded loaded)
        {
            return Refuse($"Nothing was written:\n{Report.Of(result.Problems)}".TrimEnd(), ExitCode.No);
        }

        await File.WriteAllTextAsync(file, text, cancellationToken);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "deploy", FirstConfiguration.Schema), Path.Combine(Path.GetDirectoryName(file)!, FirstConfiguration.Schema), overwrite: true);
        Console.Write(Written(file, loaded.Configuration, server.Length > 0));
        return ExitCode.Ok;
    }

    private static string Written(string file, WatchConfiguration configuration, bool hasServer) =>
        $"""
        Written: {file} ({Report.Summary(configuration)}), and {FirstConfiguration.Schema} beside it for your editor.
        Next:
          newswatch check           what the rules mean and find
        {(hasServer ? "  newswatch doctor          login, TLS, SPF, DKIM, DMARC of your mail server\n  newswatch send-test me    a test to your address\n" : "")}  newswatch                 the service; mails {(hasServer ? "go to your address" : "are written to data/mail")}

        """;

    private static string Ask(bool mayAsk, string question)
    {
        if (!mayAsk)
        {
            return "";
        }

        Console.Write(question);
        return (Console.ReadLine() ?? "").Trim();
    }

    private static int Refuse(string why, int exit)
    {
        Console.Error.WriteLine(TerminalText.Clean(why));
        return exit;
    }
}
