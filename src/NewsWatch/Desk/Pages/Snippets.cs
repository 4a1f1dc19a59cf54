using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;

namespace NewsWatch.Desk.Pages;

/// <summary>The sentences around the words of a search: found by the engine that finds what rules look for, so that both fold words alike.</summary>
internal static class Snippets
{
    private const string Id = "search";
    private const int MaxWords = 36;

    /// <summary>The sentences, by the article's number; none for an article in which no word is as it was written.</summary>
    public static IReadOnlyDictionary<long, IReadOnlyList<Excerpt>> Of(string words, IEnumerable<StoredArticle> articles)
    {
        var query = string.Join(" OR ", SearchQuery.Parts(words).Select(part => part.Trim().TrimEnd('*')).Where(part => part.Any(char.IsLetterOrDigit)).Select(part => $"\"{part.Replace("\"", "", StringComparison.Ordinal)}\""));
        if (Query.Parse(query, Vocabulary.Empty).Query is not { } parsed)
        {
            return new Dictionary<long, IReadOnlyList<Excerpt>>();
        }

        var set = RuleSet.Compile([new Rule(Id, parsed, null)], Vocabulary.Empty);
        return articles.ToDictionary(article => article.Id, article =>
        {
            var document = ArticleDocument.Create(article.Article, [], "", article.FirstSeen);
            return set.Match(document) is [var match] ? Excerpts.Cut(document, match.Hits, MaxWords) : [];
        });
    }
}
