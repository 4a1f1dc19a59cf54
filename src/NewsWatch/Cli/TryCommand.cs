using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Text;
using NewsWatch.Fetching;

namespace NewsWatch.Cli;

/// <summary><c>newswatch try FILE|URL [--rule ID]</c>: one article through the real pipeline; what was read, what fires, what does not and why.</summary>
internal static class TryCommand
{
    private static readonly Argument<string> What = new("FILE|URL") { Description = "A page (.html), a plain text, or an http(s) address." };
    private static readonly Option<string?> RuleId = new("--rule") { Description = "Only this rule.", HelpName = "ID" };

    public static Command Create()
    {
        var command = new Command("try", "Runs one article through the rules: the text with its hits, which rules fire, and the first clause that failed of those that do not.") { What, RuleId };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        await using var installation = Installation.Open(CommonOptions.ConfigurationFile(arguments));
        if (await StartUp.LoadAsync(installation, once: true, cancellation) is not { } start)
        {
            return ExitCode.Configuration;
        }

        var rules = start.Configuration.Rules;
        if (arguments.GetValue(RuleId) is { } only && !rules.ContainsKey(only))
        {
            await Console.Error.WriteLineAsync($"There is no rule \"{only}\". There are: {string.Join(", ", rules.Keys)}.");
            return ExitCode.Usage;
        }

        var read = await ReadAsync(arguments.GetRequiredValue(What), start, cancellation);
        if (read.Document is not { } document)
        {
            await Console.Error.WriteLineAsync(TerminalText.Clean(read.Facts));
            return ExitCode.No;
        }

        Console.WriteLine(TerminalText.Clean(read.Facts));
        Report(document, start.Configuration, arguments.GetValue(RuleId));
        return ExitCode.Ok;
    }

    private static void Report(Document document, WatchConfiguration configuration, string? only)
    {
        var explained = configuration.Rules.Values
            .Where(rule => only is null || rule.Id == only)
            .Select(rule => (Rule: rule, Why: configuration.RuleSet.Explain(document, rule.Id)))
            .ToList();
        Console.WriteLine(MarkedText.Of(document, [.. explained.Where(one => one.Why.Fires || only is not null).SelectMany(one => one.Why.Hits)]));
        foreach (var (rule, why) in explained.OrderByDescending(one => one.Why.Fires))
        {
            Console.WriteLine(TerminalText.Clean(why.Fires ? $"FIRES  {rule.Id} ({rule.Severity}): {rule.Title}" : $"silent {rule.Id}: {why.Reason}"));
            foreach (var hit in why.Fires || only is not null ? why.Hits : [])
            {
                Console.WriteLine(TerminalText.Clean(
                    $"         {hit.Field} {hit.Start}-{hit.Start + hit.Length} \"{hit.Quote}\" by {hit.Clause}{(hit.NegationCue is { } cue ? $", negated by \"{cue}\"" : "")}"));
            }
        }
    }

    private static async Task<(Document? Document, string Facts)> ReadAsync(string what, ServiceStart start, CancellationToken cancellation)
    {
        if (what.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || what.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            await using var app = Service.Build(start);
            var fetched = await app.Services.GetRequiredService<Fetcher>().FetchAsync(new FetchRequest { Url = what, Accept = "text/html, */*;q=0.5" }, cancellation);
            return fetched is FetchResult.Fetched page ? Page(page.Body, page.ContentType, page.FinalUrl) : (null, $"{what}: {fetched.Problem}");
        }

        if (!File.Exists(what))
        {
            return (null, $"{what} does not exist.");
        }

        var bytes = await File.ReadAllBytesAsync(what, cancellation);
        return Path.GetExtension(what) is ".html" or ".htm"
            ? Page(bytes, null, new Uri(Path.GetFullPath(what)))
            : (new Document { Title = "", Body = PageDecoder.Decode(bytes, "text/plain; charset=utf-8") }, $"{what}: plain text\n");
    }

    private static (Document? Document, string Facts) Page(ReadOnlyMemory<byte> body, string? contentType, Uri url)
    {
        if (PageReader.Read(PageDecoder.Decode(body, contentType), url) is not PageResult.Read { Article: var article, Signals: var signals })
        {
            return (null, $"{url}: no article found on that page.");
        }

        var facts = $"""
            {article.Title}
            {article.Url}
            by {(article.Authors.Count > 0 ? string.Join(", ", article.Authors) : "-")}, published {article.Published?.ToString("u") ?? "-"}, language {(article.Language.Length > 0 ? article.Language : "-")}, {article.Completeness.ToString().ToLowerInvariant()}
            read from: {string.Join(", ", signals.Select(signal => $"{signal.Key} {signal.Value}"))}

            """;
        return (ArticleDocument.Of(article, [], ""), facts);
    }
}
