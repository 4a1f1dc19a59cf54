using NewsWatch.Core.Articles;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Alerts;

/// <summary>What rules see of an article: the one place that says so, for the service, for <c>try</c> and for <c>why</c>.</summary>
public static class ArticleDocument
{
    /// <summary>The document of an article.</summary>
    /// <param name="article">The article.</param>
    /// <param name="sources">The ids of the sources that brought it.</param>
    /// <param name="publisher">The publisher's id; empty when unknown.</param>
    /// <param name="seen">When it was first seen: counts as its publication where it names none; null when that is not known.</param>
    public static Document Create(Article article, IReadOnlyList<string> sources, string publisher, DateTimeOffset? seen = null) => new()
    {
        Title = article.Title,
        Body = article.Text,
        Section = article.Section,
        Author = string.Join(", ", article.Authors),
        Sources = sources,
        Host = Uri.TryCreate(article.Url, UriKind.Absolute, out var url) ? url.Host : "",
        Publisher = publisher,
        Language = article.Language,
        Published = article.Published ?? seen,
    };
}
