using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace NewsWatch.Core.Articles.Pages;

/// <summary>Parses a page that <see cref="PageGuard"/> has let through; the one place that does.</summary>
internal static class PageParser
{
    // A page that is only read needs nobody to follow its attributes: links are not loaded, styles not computed.
    private static readonly IConfiguration Reading = Configuration.Default.Without<IAttributeObserver>();

    /// <summary>The page's document. It holds nothing but memory and need not be disposed, which would take its tree apart node by node.</summary>
    /// <exception cref="OperationCanceledException">The caller's time for the page is over; looked at with every element.</exception>
    public static IHtmlDocument Parse(string html, CancellationToken cancellation)
    {
        var options = new HtmlParserOptions { OnCreated = (_, _) => cancellation.ThrowIfCancellationRequested(), SkipComments = true, DisableElementPositionTracking = true };
        return new HtmlParser(options, BrowsingContext.New(Reading)).ParseDocument(html);
    }
}
