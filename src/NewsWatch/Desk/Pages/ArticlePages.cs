using Microsoft.AspNetCore.Http;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Text;
using NewsWatch.Desk.Frames;
using NewsWatch.Desk.Parts;
using NewsWatch.Ledger;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Views;

namespace NewsWatch.Desk.Pages;

/// <summary>The list of articles, or what a search found.</summary>
/// <param name="Words">What is searched for; null for the newest.</param>
/// <param name="Snippets">The sentences around the words, by the article's number.</param>
public sealed record ArticleListModel(
    Rows<ArticleLine> Rows, string? Words, string? Source, IReadOnlyList<string> Sources, IReadOnlyDictionary<long, IReadOnlyList<Excerpt>> Snippets);

/// <summary>One article as rules saw it, and what came of it.</summary>
/// <param name="Text">The text of the reading that is shown, with the hits of the rules that are looked at.</param>
/// <param name="Rules">Each rule's verdict on it.</param>
/// <param name="Why">What a subscriber got of it, or what stopped it; null when no subscriber is asked about.</param>
public sealed record ArticleModel(
    ArticleSheet Sheet, long? Reading, Excerpt Title, Excerpt Text, string? Rule, IReadOnlyList<RuleVerdict> Rules, string? Subscriber, IReadOnlyList<string> Subscribers, IReadOnlyList<WhyLine> Why,
    IReadOnlyList<AlertLine> Alerts, int LeftOut);

/// <summary>Whether a rule fires, and the first clause that does not hold.</summary>
public sealed record RuleVerdict(string Rule, string Title, bool Fires, string Reason);

/// <summary>What one rule came to for a subscriber.</summary>
public sealed record WhyLine(string? Rule, string Text, bool Got);

/// <summary>Articles: what came in, and what rules saw in it.</summary>
internal static class ArticlePages
{
    private const int MaxShown = 20_000;

    public static IResult List(DeskRequest request)
    {
        var (words, source, before) = (request.Asked.Text("q"), request.Asked.Text("source"), request.Asked.Number("before"));
        var expression = words is null ? null : SearchQuery.Parse(words);
        return request.Show<ArticleListPage, ArticleListModel>("Articles", request.Database.Read(db =>
        {
            var read = expression is null
                ? words is null ? ArticleViews.Newest(db, source, before, Paging.Size + 1) : []
                : ArticleViews.These(db, [.. ArchiveSearch.Find(db, expression, new(source, Before: before, Most: Paging.Size + 1)).Select(found => found.Id)]);
            var rows = Paging.Page(read, "/desk/articles", before is null, article => Paging.Place(article.Id), ("q", words), ("source", source));
            var snippets = words is null
                ? new Dictionary<long, IReadOnlyList<Excerpt>>()
                : Snippets.Of(words, rows.These.Select(line => ArticleStore.Find(db, line.Id)).OfType<StoredArticle>());
            return new ArticleListModel(rows, words, source, [.. request.Configuration.Sources.Keys.Order(StringComparer.Ordinal)], snippets);
        }));
    }

    public static IResult One(DeskRequest request)
    {
        var (reading, rule, subscriber) = (request.Asked.Number("reading"), request.Asked.Text("rule"), request.Asked.Text("subscriber"));
        if (request.Number("id") is not { } id || request.Database.Read(db => ArticleViews.Find(db, id)) is not { } sheet)
        {
            return request.Missing("article");
        }

        var seen = reading is { } number ? request.Database.Read(db => ArticleViews.Seen(db, number)) : null;
        if (reading is not null && seen?.Article != id)
        {
            return request.Missing("reading");
        }

        var configuration = request.Configuration;
        var article = seen is { } shown ? sheet.Article with { Title = shown.Title, Text = shown.Text } : sheet.Article;
        var document = configuration.DocumentOf(article, sheet.Source, sheet.FirstSeen);
        var verdicts = configuration.Rules.Values.Select(one => (Rule: one, Explanation: configuration.RuleSet.Explain(document, one.Id))).ToList();
        var hits = verdicts.Where(one => one.Rule.Id == rule || (rule is null && one.Explanation.Fires)).SelectMany(one => one.Explanation.Hits).ToList();
        return request.Show<ArticlePage, ArticleModel>("Article", new(
            sheet,
            reading,
            new(Field.Title, article.Title, MarksOf(hits, Field.Title)),
            new(Field.Body, article.Text.Length > MaxShown ? article.Text[..MaxShown] : article.Text, MarksOf(hits, Field.Body)),
            rule,
            [.. verdicts.OrderByDescending(one => one.Explanation.Fires).ThenBy(one => one.Rule.Id, StringComparer.Ordinal).Select(one => new RuleVerdict(one.Rule.Id, one.Rule.Title, one.Explanation.Fires, one.Explanation.Reason))],
            subscriber,
            [.. configuration.Subscribers.Keys.Order(StringComparer.Ordinal)],
            subscriber is null ? [] : [.. request.Get<LedgerQueries>().Why($"{id}", subscriber).Lines.Select(line => new WhyLine(line.Rule, line.Text, line.Stage <= LedgerStage.Waiting))],
            request.Database.Read(db => AlertViews.OfArticle(db, id, sheet.Story)),
            Math.Max(0, article.Text.Length - MaxShown)));
    }

    private static List<Mark> MarksOf(IEnumerable<Hit> hits, Field field)
    {
        var marks = new List<Mark>();
        foreach (var hit in hits.Where(hit => hit.Field == field).OrderBy(hit => hit.Start).ThenByDescending(hit => hit.Length))
        {
            if (marks.Count == 0 || hit.Start >= marks[^1].Start + marks[^1].Length)
            {
                marks.Add(new(hit.Start, hit.Length, hit.Negated));
            }
        }

        return marks;
    }
}
