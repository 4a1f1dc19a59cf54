using NewsWatch.Configuration;
using NewsWatch.Core.Articles.Pages;
using NewsWatch.Core.Feeds;
using NewsWatch.Core.Text;
using NewsWatch.Fetching;

namespace NewsWatch.Polling.Sources;

/// <summary>Reads a page without a feed: each new link, or each new paragraph, is an item.</summary>
internal static class PageWatcher
{
    private const int MaxTitleLength = 100;

    public static PollResult Read(Source source, FetchResult.Fetched fetched, CancellationToken cancellationToken)
    {
        var html = PageDecoder.Decode(fetched.Body, fetched.ContentType);
        var page = source.Watch is PageWatch.Links
            ? WatchedPage.Links(html, fetched.FinalUrl, source.Select, source.Remove, cancellationToken)
            : WatchedPage.Paragraphs(html, fetched.FinalUrl, source.Select, source.Remove, source.Ignore, cancellationToken);
        return page switch
        {
            WatchedPage.Found found => new PollResult.Updated(Feed(source, found), fetched.Facts, fetched.MovedTo, []),
            WatchedPage.Nothing nothing => new PollResult.Failed(nothing.Reason, Transient: false),
            _ => throw new InvalidOperationException(page.GetType().Name),
        };
    }

    private static Feed Feed(Source source, WatchedPage.Found found) => new()
    {
        Kind = "page",
        Title = found.Title,
        Language = found.Language,
        Items = [.. found.Parts.Select(part => source.Watch is PageWatch.Links ? Link(part) : Paragraph(part))],
    };

    /// <summary>Its address identifies it, so other anchor text is an edit.</summary>
    private static FeedItem Link(WatchedPage.Part part) => new() { Link = part.Url, Title = part.Text };

    /// <summary>Its words identify it, so moving it about is no news.</summary>
    private static FeedItem Paragraph(WatchedPage.Part part) => new()
    {
        Id = TextHash.Of(part.Text, 24),
        Link = part.Url,
        Title = Beginning(part.Text),
        Text = part.Text,
    };

    private static string Beginning(string text)
    {
        if (text.Length <= MaxTitleLength)
        {
            return text;
        }

        var end = text.LastIndexOf(' ', MaxTitleLength);
        return text[..(end > 0 ? end : MaxTitleLength)] + "…";
    }
}
