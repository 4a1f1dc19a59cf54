using System.Globalization;
using System.Text;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Storage;

namespace NewsWatch.Cli.Output;

/// <summary>What the demo prints: what was read and what came of it, the first mail, where to look at the mails, what to try next.</summary>
internal static class DemoText
{
    private const string NextSteps =
        """
          newswatch init      a configuration of your own, from three answers
          newswatch check     what your rules mean, what their words find, and what is wrong with them
          newswatch try URL   one page through your rules: what fires, and why the others do not
          newswatch           the service: it watches the sources of ./appsettings.json
        (newswatch stands for `dotnet run --project src/NewsWatch --`, or `dotnet newswatch.dll` once it is published.)

        """;

    /// <summary>All of it.</summary>
    /// <param name="ink">The terminal's colours.</param>
    /// <param name="configuration">The demo's configuration.</param>
    /// <param name="news">The articles that were read, the newest first.</param>
    /// <param name="told">The rules that told of an article, by its number.</param>
    /// <param name="mails">The mails that were written, the most severe first.</param>
    public static string Of(Ink ink, WatchConfiguration configuration, IReadOnlyList<StoredArticle> news, ILookup<long, string> told, IReadOnlyList<DemoMail> mails)
    {
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{news.Count} invented reports were read, {configuration.Rules.Count} rules looked at them, {mails.Count} mails were written. No network was used.\n\n")
            .Append(ink.Bold("What was read, and what came of it")).Append('\n');
        foreach (var article in news)
        {
            Article(text, ink, configuration, article, [.. told[article.Id]]);
        }

        foreach (var mail in mails.Take(1))
        {
            text.Append('\n').Append(ink.Bold("The first mail")).Append('\n').Append(Indented($"To: {mail.To}\nSubject: {mail.Subject}\n\n{mail.Text.Trim()}"));
        }

        text.Append('\n').Append(ink.Bold("Look at the mails in a browser")).Append('\n');
        foreach (var mail in mails)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {TerminalText.Line(mail.Subject)}\n    {new Uri(mail.Page).AbsoluteUri}\n");
        }

        return text.Append('\n').Append(ink.Bold("Try next")).Append('\n').Append(NextSteps).ToString();
    }

    private static void Article(StringBuilder text, Ink ink, WatchConfiguration configuration, StoredArticle article, IReadOnlyList<string> rules)
    {
        var title = TerminalText.Line(article.Article.Title);
        text.Append(rules.Count > 0 ? $"  {ink.Green("told    ")} {ink.Bold(title)}\n" : $"  {ink.Yellow("not told")} {title}\n");
        var document = ArticleDocument.Of(article.Article, [article.Source], "");
        foreach (var rule in configuration.Rules.Values.Where(rule => rules.Count == 0 || rules.Contains(rule.Id)))
        {
            text.Append(CultureInfo.InvariantCulture, $"             {rule.Id}: {TerminalText.Line(configuration.RuleSet.Explain(document, rule.Id).Reason)}\n");
        }
    }

    private static string Indented(string text) => string.Concat(TerminalText.Clean(text.ReplaceLineEndings("\n")).Split('\n').Select(line => $"  {line}".TrimEnd() + "\n"));
}

/// <summary>A mail of the demo.</summary>
/// <param name="Page">The file of its HTML part.</param>
internal sealed record DemoMail(string Page, string Severity, string To, string Subject, string Text);
