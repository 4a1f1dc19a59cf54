using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
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
        if (await StartUp.AskAsync(installation, cancellation) is not { } start)
        {
            return ExitCode.Configuration;
        }

        var rules = start.Configuration.Rules;
        if (arguments.GetValue(RuleId) is { } only && !rules.ContainsKey(only))
        {
            return UsageTrouble.Unknown("rule", only, rules.Keys);
        }

        var read = await ReadAsync(arguments.GetRequiredValue(What), start, cancellation);
        if (read.Document is not { } document)
        {
            await Console.Error.WriteLineAsync(TerminalText.Clean(read.Facts));
            return ExitCode.No;
        }

        Console.WriteLine(read.Facts);
        Console.Write(TryText.Rules(document, start.Configuration, arguments.GetValue(RuleId)));
        return ExitCode.Ok;
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
        var html = PageDecoder.Decode(body, contentType);
        var result = PageReader.Read(html, url);

        // A saved page says itself where it is from.
        if (url.IsFile && result is PageResult.Read { Article.Url: var said } && Uri.TryCreate(said, UriKind.Absolute, out var origin) && !origin.IsFile)
        {
            result = PageReader.Read(html, origin);
        }

        return result switch
        {
            PageResult.Read read => (ArticleDocument.Of(read.Article, [], ""), TryText.Facts(read)),
            PageResult.NoArticle none => (null, $"{url}: no article found on that page: {none.Reason}."),
            _ => throw new InvalidOperationException(result.GetType().Name),
        };
    }
}
