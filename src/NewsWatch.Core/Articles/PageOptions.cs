using AngleSharp.Css.Parser;

namespace NewsWatch.Core.Articles;

/// <summary>What an operator says about a source's pages.</summary>
/// <param name="Select">CSS selector of the body; null to find it.</param>
/// <param name="Remove">CSS selectors of what is no part of it.</param>
public sealed record PageOptions(string? Select, IReadOnlyList<string> Remove)
{
    /// <summary>Query parameters that only track on this site, beside those known everywhere.</summary>
    public IReadOnlyCollection<string> Tracking { get; init; } = [];

    /// <summary>What the host's other articles had; null to judge the page alone.</summary>
    public RepeatedParagraphs? Seen { get; init; }

    /// <summary>True for a CSS selector that can be used for <see cref="Select"/> and <see cref="Remove"/>.</summary>
    public static bool IsSelector(string selector) => !string.IsNullOrWhiteSpace(selector) && new CssSelectorParser().ParseSelector(selector) is not null;
}
