using System.Globalization;
using NewsWatch.Storage.Archive;

namespace NewsWatch.Cli.Output;

/// <summary>Articles that a search found, in lines for a terminal.</summary>
internal sealed class SearchText(TimeText times)
{
    private const string Indent = "                     ";

    /// <summary>Two lines for each article, and how to get the next ones.</summary>
    /// <param name="hasMore">There are others before the last one.</param>
    public IEnumerable<string> Of(IReadOnlyList<FoundArticle> found, bool hasMore)
    {
        foreach (var article in found)
        {
            yield return $"{times.At(article.FirstSeen)}  {article.Source}: {article.Title}";
            yield return string.Create(CultureInfo.InvariantCulture, $"{Indent}{article.Url} ({article.Id})");
        }

        var count = found.Count switch { 0 => "No article has all of this", 1 => "1 article", var many => string.Create(CultureInfo.InvariantCulture, $"{many} articles") };
        yield return hasMore ? string.Create(CultureInfo.InvariantCulture, $"The newest {count}: --before {found[^1].Id} shows the next. {times.Label}") : $"{count}. {times.Label}";
    }
}
