using System.Globalization;
using System.Text;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Storage.Articles;

namespace NewsWatch.Cli.Output;

/// <summary>The demo's output: each report and its result, the first mail, links to the mails, what to try next.</summary>
internal static class DemoText
{
    private const string NextSteps =
        """
          newswatch init      write a configuration of your own
          newswatch check     see what your rules mean, what their words find, and what to fix
          newswatch try URL   try your rules on a page: which ones fire, and why the others do not
          newswatch           run the service on the sources of ./appsettings.json
        (newswatch means `dotnet run --project src/NewsWatch --`, or `dotnet newswatch.dll` once it is published.)

        """;

    /// <summary>Returns the whole output.</summary>
    /// <param name="ink">The terminal's colours.</param>
    /// <param name="configuration">The demo's configuration.</param>
    /// <param name="news">The articles, the newest first.</param>
    /// <param name="alerts">The rules that alerted, by the article's number.</param>
    /// <param name="mails">The written mails, the most severe first.</param>
    public static string Of(Ink ink, WatchConfiguration configuration, IReadOnlyList<StoredArticle> news, ILookup<long, string> alerts, IReadOnlyList<DemoMail> mails)
    {
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{configuration.Rules.Count} rules looked at {news.Count} invented reports and wrote {mails.Count} mails. No network was used.\n\n")
            .Append(ink.Bold("The reports, and what came of them")).Append('\n');
        foreach (var article in news)
        {
            Article(text, ink, configuration, article, [.. alerts[article.Id]]);
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
        text.Append(rules.Count > 0 ? $"  {ink.Green("alert   ")} {ink.Bold(title)}\n" : $"  {ink.Yellow("no alert")} {title}\n");
        var document = ArticleDocument.Create(article.Article, [article.Source], "", article.FirstSeen);
        foreach (var rule in configuration.Rules.Values.Where(rule => rules.Count == 0 || rules.Contains(rule.Id)))
        {
            text.Append(CultureInfo.InvariantCulture, $"             {rule.Id}: {TerminalText.Line(configuration.RuleSet.Explain(document, rule.Id).Reason)}\n");
        }
    }

    private static string Indented(string text) => string.Concat(TerminalText.Clean(text.ReplaceLineEndings("\n")).Split('\n').Select(line => $"  {line}".TrimEnd() + "\n"));
}

/// <summary>A mail of the demo.</summary>
/// <param name="Page">The file with its HTML part.</param>
internal sealed record DemoMail(string Page, string Severity, string To, string Subject, string Text);
