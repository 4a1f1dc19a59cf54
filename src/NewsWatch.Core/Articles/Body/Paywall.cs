using AngleSharp.Dom;

namespace NewsWatch.Core.Articles.Body;

/// <summary>Looks behind a declared paywall: many pages carry the whole text all the same.</summary>
internal static class Paywall
{
    private const int WholeText = 1_500;

    /// <summary>True when the part that the page declares as closed holds an article's worth of text.</summary>
    public static bool IsOpen(IDocument page, IReadOnlyList<string> selectors) =>
        selectors.Where(PageOptions.IsSelector).Take(10).Any(selector => page.QuerySelectorAll(selector).Take(200).Sum(e => TextMeasure.Letters(e.TextContent)) >= WholeText);
}
