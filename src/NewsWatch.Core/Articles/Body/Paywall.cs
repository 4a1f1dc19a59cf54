using System.Buffers;
using AngleSharp.Dom;

namespace NewsWatch.Core.Articles.Body;

/// <summary>Looks behind a declared paywall: many pages carry the whole text all the same.</summary>
internal static class Paywall
{
    private const int WholeText = 1_500;
    private const int MaxRead = 10_000;
    private static readonly SearchValues<char> Combining = SearchValues.Create(" >+~:[(,*");

    /// <summary>True when the part that the page declares as closed holds an article's worth of text.</summary>
    public static bool IsOpen(IDocument page, IReadOnlyList<string> selectors) =>
        selectors.Where(IsPlain).Take(10).Any(selector => page.QuerySelectorAll(selector).Take(200).Sum(e => TextMeasure.Letters(ShortText.Of(e, MaxRead))) >= WholeText);

    // The page says it, and may say what takes for ever to look for: one name, one class or one id is what publishers write.
    private static bool IsPlain(string selector) => selector.Length <= 100 && !selector.AsSpan().Trim().ContainsAny(Combining) && PageOptions.IsSelector(selector);
}
