using System.CommandLine;
using System.Globalization;
using NewsWatch.Cli.Output;
using NewsWatch.Cli.Startup;
using NewsWatch.Configuration;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Storage.Archive;

namespace NewsWatch.Cli;

/// <summary><c>newswatch search</c>: articles of the archive by their words.</summary>
internal static class SearchCommand
{
    private static readonly Argument<string[]> Words = new("WORDS") { Arity = ArgumentArity.ZeroOrMore, Description = "What the article must have: words, beginnings* and, in quotes of their own, phrases: '\"cease fire\"'." };
    private static readonly Option<string?> Source = new("--source") { HelpName = "ID", Description = "Only articles that this source brought first." };
    private static readonly Option<string?> Language = new("--lang") { HelpName = "CODE", Description = "Only articles in this language: en, de." };
    private static readonly Option<string?> Since = CommonOptions.Since();
    private static readonly Option<long?> Before = new("--before") { HelpName = "NUMBER", Description = "Only articles before this one, for the next page." };
    private static readonly Option<int> Most = CommonOptions.Most();
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("search", "Finds articles of the archive by the words of their titles and texts, the newest first. Exit 1: none.") { Words, Source, Language, Since, Before, Most, Json };
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (words, most) = (string.Join(' ', arguments.GetValue(Words) ?? []), arguments.GetValue(Most));
        var since = CommonOptions.Time(arguments.GetValue(Since), out var wrongTime);
        if ((SearchQuery.Problem(words) ?? wrongTime ?? (most < 1 ? "--most is at least 1." : null)) is { } wrong)
        {
            return UsageTrouble.Say(wrong);
        }

        await using var installation = Installation.OpenForReading(CommonOptions.ConfigurationFile(arguments));
        if (await ConfigurationBootstrap.AskAsync(installation, cancellationToken) is not { Configuration: var configuration })
        {
            return ExitCode.Configuration;
        }

        var filter = new SearchFilter(arguments.GetValue(Source), arguments.GetValue(Language)?.ToLowerInvariant(), since, arguments.GetValue(Before), Math.Min(most, int.MaxValue - 1) + 1);
        var (found, missing) = installation.Database.Read(db => (ArchiveSearch.Find(db, SearchQuery.Parse(words)!, filter), ArchiveSearch.Missing(db)));
        if (found.Count == 0 && filter.Source is { } source && !configuration.Sources.ContainsKey(source))
        {
            return UsageTrouble.Unknown("source", source, configuration.Sources.Keys);
        }

        Print(found.Take(most).ToList(), found.Count > most, configuration, arguments.GetValue(Json));
        if (missing > 0)
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{missing} articles cannot be searched yet: the service adds them while it runs."));
        }

        return found.Count > 0 ? ExitCode.Ok : ExitCode.No;
    }

    private static void Print(List<FoundArticle> found, bool hasMore, WatchConfiguration configuration, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonText.Of(found.Select(article => new { article.Id, article.Url, article.Title, article.Source, article.Language, article.FirstSeen, article.Published })));
            return;
        }

        foreach (var line in new SearchText(new TimeText(configuration.Defaults.TimeZone)).Of(found, hasMore))
        {
            Console.WriteLine(TerminalText.Line(line));
        }
    }
}
