using System.Globalization;
using System.Text;
using NewsWatch.Configuration;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Articles.Pages;
using NewsWatch.Core.Text;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Storage;

namespace NewsWatch.Cli.Output;

/// <summary>The output of <c>try</c>: each field of the article with its evidence, the text with its hits, and each rule's verdict.</summary>
internal static class TryText
{
    private const int MaxFactLength = 100;

    /// <summary>One line a field: its value, and its place on the page.</summary>
    public static string Facts(PageResult.Read read)
    {
        var article = read.Article;
        (string Field, string Signal, string Value)[] facts =
        [
            ("address", "url", article.Url),
            ("title", "title", article.Title),
            ("authors", "authors", string.Join(", ", article.Authors)),
            ("published", "published", Time(article.Published)),
            ("modified", "modified", Time(article.Modified)),
            ("language", "language", article.Language),
            ("section", "section", article.Section),
            ("keywords", "keywords", string.Join(", ", article.Keywords)),
            ("text", "text", string.Create(CultureInfo.InvariantCulture, $"{article.Text.Length:N0} characters, {Completeness(article.Completeness)}")),
            ("live blog", "", read.LiveBlog is { } blog ? $"{blog.Updates.Count} update{(blog.Updates.Count == 1 ? "" : "s")}, coverage {(blog.CoverageEnds is { } end ? "ends " + Time(end) : "goes on")}" : ""),
        ];
        var width = facts.Max(fact => Math.Min(fact.Value.Length, MaxFactLength));
        var text = new StringBuilder();
        foreach (var (field, signal, value) in facts.Where(fact => fact.Value.Length > 0))
        {
            var shown = value.Length <= MaxFactLength || field == "address" ? value : value[..(MaxFactLength - 1)] + "…";
            text.Append(field.PadRight(11)).Append(shown.PadRight(width)).Append("  ").Append(read.Signals.GetValueOrDefault(signal, "")).Append('\n');
        }

        return TerminalText.Clean(string.Join('\n', text.ToString().Split('\n').Select(line => line.TrimEnd())));
    }

    /// <summary>The text with its hits, then a line a rule, the firing rules first.</summary>
    /// <param name="only">The one rule to show, with all its hits; null for all.</param>
    public static string Rules(Document document, WatchConfiguration configuration, string? only)
    {
        var explained = configuration.Rules.Values
            .Where(rule => only is null || rule.Id == only)
            .Select(rule => (Rule: rule, Why: configuration.RuleSet.Explain(document, rule.Id)))
            .ToList();
        var text = new StringBuilder(MarkedText.Of(document, [.. explained.Where(one => one.Why.Fires || only is not null).SelectMany(one => one.Why.Hits)])).Append('\n');
        foreach (var (rule, why) in explained.OrderByDescending(one => one.Why.Fires))
        {
            text.Append(TerminalText.Clean(why.Fires ? $"FIRES  {rule.Id} ({StoredName.Of(rule.Severity)}): {rule.Title}" : $"silent {rule.Id}: {why.Reason}")).Append('\n');
            foreach (var hit in why.Fires || only is not null ? why.Hits : [])
            {
                text.Append(TerminalText.Clean($"         {StoredName.Of(hit.Field)} {hit.Start}-{hit.Start + hit.Length} \"{hit.Quote}\" by {hit.Clause}{(hit.NegationCue is { } cue ? $", negated by \"{cue}\"" : "")}")).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>A line for each item of a feed: the rules that fire, or why the rule <paramref name="only"/> does not; then the sums.</summary>
    public static IEnumerable<string> Items(IReadOnlyList<Document> items, WatchConfiguration configuration, string? only, int? width)
    {
        var tried = items.Select(item => (Item: item, Fires: configuration.RuleSet.Match(item).Select(match => match.RuleId).Where(id => only is null || id == only).ToList())).ToList();
        foreach (var line in Columns.Of(["fires", "headline"], [.. tried.Select(one => new Cell[] { string.Join(", ", one.Fires), Headline(one.Item, one.Fires.Count, configuration, only) })], width))
        {
            yield return line;
        }

        var sums = tried.SelectMany(one => one.Fires).CountBy(id => id).OrderByDescending(sum => sum.Value).Select(sum => $"{sum.Key} {sum.Value}").ToList();
        yield return "";
        yield return $"{tried.Count(one => one.Fires.Count > 0)} of {tried.Count} items fire a rule{(sums.Count > 0 ? ": " + string.Join(", ", sums) : "")}.";
    }

    private static string Headline(Document item, int fires, WatchConfiguration configuration, string? only) =>
        only is not null && fires == 0 ? $"{item.Title} ({configuration.RuleSet.Explain(item, only).Reason})" : item.Title;

    private static string Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture) ?? "";

    private static string Completeness(Completeness completeness) => completeness switch
    {
        Core.Articles.Completeness.Full => "all of it",
        Core.Articles.Completeness.Paywalled => "up to the paywall",
        _ => "the summary only",
    };
}
