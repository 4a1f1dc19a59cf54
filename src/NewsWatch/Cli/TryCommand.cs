using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using NewsWatch.Backtest;
using NewsWatch.Cli.Output;
using NewsWatch.Cli.Startup;
using NewsWatch.Fetching;
using NewsWatch.Hosting;
using NewsWatch.Hosting.Terminal;

namespace NewsWatch.Cli;

/// <summary><c>newswatch try FILE|URL|-</c>: runs an article, a sentence or a feed through the real pipeline and shows its fields, which rules fire, and why the others do not.</summary>
internal static class TryCommand
{
    private static readonly Argument<string?> What = new("FILE|URL|-")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "A page, a feed or a plain text: a file, an http(s) address, or - for the standard input.",
    };

    private static readonly Option<string?> Text = new("--text") { Description = "A headline, instead of a file.", HelpName = "TEXT" };
    private static readonly Option<string?> RuleId = new("--rule") { Description = "Only this rule.", HelpName = "ID" };
    private static readonly Option<string?> History = new("--history") { Description = "Instead of an article: the archive's news since then that fires the rule of --rule.", HelpName = "TIME" };
    private static readonly Option<int> Most = CommonOptions.Most();

    public static Command Create()
    {
        var command = new Command(
            "try", "Runs an article, a headline or a feed through the rules: shows the text with its hits, the rules that fire, and for each other rule the first clause that failed. Exit 1: no article, or --history finds none.") { What, Text, RuleId, History, Most };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(History) is { } history)
        {
            return await HistoryAsync(arguments, history, cancellationToken);
        }

        if (arguments.GetValue(What) is null == arguments.GetValue(Text) is null)
        {
            return UsageTrouble.Say("What to try? Write a file, an address or - (the standard input), or --text \"a headline\".");
        }

        await using var installation = Installation.Open(CommonOptions.ConfigurationFile(arguments));
        if (await ConfigurationBootstrap.AskAsync(installation, cancellationToken) is not { } start)
        {
            return ExitCode.Configuration;
        }

        var (rules, only) = (start.Configuration.Rules, arguments.GetValue(RuleId));
        if (only is not null && !rules.ContainsKey(only))
        {
            return UsageTrouble.Unknown("rule", only, rules.Keys);
        }

        var read = arguments.GetValue(Text) is { } text ? TriedText.OfHeadline(text) : await ReadAsync(arguments.GetRequiredValue(What)!, start, cancellationToken);
        var tried = read.SeenAt(start.Clock.GetUtcNow());
        switch (tried)
        {
            case TriedText.Article article:
                Console.Write(article.Facts.Length > 0 ? article.Facts + "\n" : "");
                Console.Write(TryText.Rules(article.Document, start.Configuration, only));
                return ExitCode.Ok;
            case TriedText.Feed feed:
                foreach (var line in TryText.Items(feed.Items, start.Configuration, only, TerminalWindow.Width))
                {
                    Console.WriteLine(line);
                }

                return ExitCode.Ok;
            default:
                await Console.Error.WriteLineAsync(TerminalText.Clean(((TriedText.Nothing)tried).Reason));
                return ExitCode.No;
        }
    }

    private static async Task<int> HistoryAsync(ParseResult arguments, string history, CancellationToken cancellationToken)
    {
        var since = CommonOptions.Time(history, out var wrong);
        if ((wrong ?? (arguments.GetValue(RuleId) is null ? "Which rule? Write --rule ID beside --history." : null)) is { } error)
        {
            return UsageTrouble.Say(error);
        }

        await using var installation = Installation.OpenForReading(CommonOptions.ConfigurationFile(arguments));
        if (await ConfigurationBootstrap.AskAsync(installation, cancellationToken) is not { Configuration: var configuration })
        {
            return ExitCode.Configuration;
        }

        var rule = arguments.GetValue(RuleId)!;
        if (!configuration.Rules.ContainsKey(rule))
        {
            return UsageTrouble.Unknown("rule", rule, configuration.Rules.Keys);
        }

        var request = new BacktestRequest(configuration) { Rule = rule, Since = since, Level = BacktestLevel.Matches, MaxSamples = arguments.GetValue(Most) };
        if (await BacktestCommand.RunAsync(installation.Database, request, cancellationToken) is not { } result)
        {
            return ExitCode.No;
        }

        Console.Write(BacktestText.Of(result, new(configuration.Defaults.TimeZone), Ink.Output, TerminalWindow.Width));
        return result.Candidate.Matches > 0 ? ExitCode.Ok : ExitCode.No;
    }

    private static async Task<TriedText> ReadAsync(string what, ServiceContext start, CancellationToken cancellationToken)
    {
        if (what == "-")
        {
            using var input = new MemoryStream();
            await Console.OpenStandardInput().CopyToAsync(input, cancellationToken);
            return TriedText.Read(input.ToArray(), null, new Uri(Path.GetFullPath("stdin")), start.Configuration);
        }

        if (what.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || what.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            await using var app = Service.Build(start);
            var fetched = await app.Services.GetRequiredService<Fetcher>().FetchAsync(new FetchRequest { Url = what, Accept = "text/html, application/xml, */*;q=0.5" }, cancellationToken);
            return fetched is FetchResult.Fetched page ? TriedText.Read(page.Body, page.ContentType, page.FinalUrl, start.Configuration) : new TriedText.Nothing($"{what}: {fetched.Problem}");
        }

        return File.Exists(what)
            ? TriedText.Read(await File.ReadAllBytesAsync(what, cancellationToken), null, new Uri(Path.GetFullPath(what)), start.Configuration)
            : new TriedText.Nothing($"{what} does not exist. For a headline write: newswatch try --text \"...\"");
    }
}
