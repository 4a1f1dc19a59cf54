using NewsWatch.Core.Articles.Body;
using NewsWatch.Core.Articles.Metadata;

namespace NewsWatch.Core.Articles.Pages;

/// <summary>Reads an article out of a page.</summary>
public static class PageReader
{
    // The share of a text that is no more than its opening.
    private const double OpeningShare = 0.4;

    /// <summary>Reads the page that was found at <paramref name="url"/>.</summary>
    /// <param name="html">The page, decoded.</param>
    /// <param name="url">Its address after redirects.</param>
    /// <param name="options">Per-source selectors and the host's memory; null for none.</param>
    /// <param name="cancellation">Looked at with every element and between the stages: a caller can stop a page that takes too long.</param>
    /// <returns>Never throws for anything that a page can hold.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static PageResult Read(string html, Uri url, PageOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (PageGuard.Check(html) is { } reason)
        {
            return new PageResult.NoArticle(reason);
        }

        var page = PageParser.Parse(html, cancellation);
        var metadata = PageMetadata.Read(PageHead.Read(page, cancellation), url, options?.Tracking ?? []);
        cancellation.ThrowIfCancellationRequested();
        var isWhole = metadata.IsFree != false || Paywall.IsOpen(page, metadata.PaywallSelectors);
        var body = page.Body is null ? null : BodyReader.Read(page.Body, metadata, options, cancellation);
        return body is { Paragraphs.Count: > 0 } && !IsOpening(body, metadata)
            ? Found(metadata, body, options?.Seen, isWhole ? Completeness.Full : Completeness.Paywalled)
            : Summary(metadata);
    }

    // Much less than the page's data tells: an opening, and the rest comes by script, or the words of something else.
    private static bool IsOpening(ReadBody body, PageMetadata metadata) =>
        body.Evidence != "selector" && metadata is { LiveBlog: null, Body.Length: > 0 } && body.Paragraphs.Sum(p => p.Length) < metadata.Body.Length * OpeningShare;

    private static PageResult.Read Found(PageMetadata metadata, ReadBody body, RepeatedParagraphs? seen, Completeness completeness)
    {
        metadata.Signals["text"] = body.Evidence;
        var kept = seen is null ? body.Paragraphs : body.Paragraphs.Where(p => !seen.IsBoilerplate(p)).ToList();
        var text = string.Join("\n\n", kept);
        return Answer(metadata, text.Length <= BodyReader.MaxLength ? text : text[..BodyReader.MaxLength], completeness) with { Paragraphs = body.Paragraphs };
    }

    // A page whose text comes later by script, or that shows none to strangers, still says what it is about.
    private static PageResult Summary(PageMetadata metadata)
    {
        var (text, signal, completeness) = metadata switch
        {
            { Body.Length: > 0 } => (metadata.Body, "json-ld", Completeness.Full),
            { Description.Length: > 0 } when metadata.IsArticle && metadata.Title.Length > 0 => (metadata.Description, "description", metadata.IsFree == false ? Completeness.Paywalled : Completeness.Partial),
            _ => ("", "", Completeness.Partial),
        };
        if (text.Length == 0)
        {
            return new PageResult.NoArticle("no text");
        }

        metadata.Signals["text"] = signal;
        return Answer(metadata, text, completeness);
    }

    private static PageResult.Read Answer(PageMetadata metadata, string text, Completeness completeness)
    {
        var language = metadata.Language;
        if (language.Length == 0 && (language = TextLanguage.Of(text)).Length > 0)
        {
            metadata.Signals["language"] = "text";
        }

        return new PageResult.Read(Content(metadata, text, language, completeness), metadata.Signals) { LiveBlog = metadata.LiveBlog, AmpUrl = metadata.AmpUrl };
    }

    private static Article Content(PageMetadata metadata, string text, string language, Completeness completeness) => new()
    {
        Url = metadata.Url,
        Title = metadata.Title,
        Text = text,
        Authors = metadata.Authors,
        Published = metadata.Published,
        Modified = metadata.Modified,
        Language = language,
        Section = metadata.Section,
        Keywords = metadata.Keywords,
        Completeness = completeness,
    };
}
