using AngleSharp.Html.Parser;
using NewsWatch.Core.Articles.Body;
using NewsWatch.Core.Articles.Metadata;

namespace NewsWatch.Core.Articles;

/// <summary>Reads an article out of a page.</summary>
public static class PageReader
{
    /// <summary>Reads the page that was found at <paramref name="url"/>.</summary>
    /// <param name="html">The page, decoded.</param>
    /// <param name="url">Its address after redirects.</param>
    /// <param name="options">Per-source selectors; null for none.</param>
    public static PageResult Read(string html, Uri url, PageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (PageGuard.Check(html) is { } reason)
        {
            return new PageResult.NoArticle(reason);
        }

        using var page = new HtmlParser().ParseDocument(html);
        var metadata = PageMetadata.Of(PageHead.Of(page), url);
        return page.Body is { } body && BodyReader.Read(body, metadata) is { Paragraphs: { Count: > 0 } paragraphs, Witness: var witness }
            ? Found(metadata, string.Join("\n\n", paragraphs), witness)
            : new PageResult.NoArticle("no text");
    }

    private static PageResult.Read Found(PageMetadata metadata, string text, string witness)
    {
        metadata.Signals["text"] = witness;
        return new PageResult.Read(
            new Article
            {
                Url = metadata.Url,
                Title = metadata.Title,
                Text = text,
                Authors = metadata.Authors,
                Published = metadata.Published,
                Modified = metadata.Modified,
                Language = metadata.Language,
                Section = metadata.Section,
                Keywords = metadata.Keywords,
                Completeness = metadata.IsFree == false ? Completeness.Paywalled : Completeness.Full,
            },
            metadata.Signals);
    }
}

/// <summary>What an operator says about a source's pages.</summary>
/// <param name="Select">CSS selector of the body; null to find it.</param>
/// <param name="Remove">CSS selectors of what is no part of it.</param>
public sealed record PageOptions(string? Select, IReadOnlyList<string> Remove);

/// <summary>What became of a page.</summary>
public abstract record PageResult
{
    private PageResult()
    {
    }

    /// <summary>An article was found.</summary>
    /// <param name="Article">The article.</param>
    /// <param name="Signals">Field name to the signal it came from ("json-ld", "og:title", ...), for <c>newswatch try</c>.</param>
    public sealed record Read(Article Article, IReadOnlyDictionary<string, string> Signals) : PageResult;

    /// <summary>No article: too deep, too large, empty, no text.</summary>
    public sealed record NoArticle(string Reason) : PageResult;
}
