using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace NewsWatch.Core.Articles.Pages;

/// <summary>What a page without a feed shows: links or paragraphs, after what the operator takes away.</summary>
public abstract record WatchedPage
{
    private const int MinTitle = 15;
    private const int MinParagraph = 20;
    private const int MaxText = 10_000;

    private WatchedPage()
    {
    }

    /// <summary>What was found, in page order, nothing twice.</summary>
    public sealed record Found(IReadOnlyList<Part> Parts, string Title, string Language) : WatchedPage;

    /// <summary>Nothing: too deep, an invalid selector, or a selector that finds nothing.</summary>
    public sealed record Nothing(string Reason) : WatchedPage;

    /// <summary>A link with its anchor text, or a paragraph of the page at its address.</summary>
    public sealed record Part(string Url, string Text);

    /// <summary>The links that a selector finds; without one, every link whose text is as long as a headline.</summary>
    public static WatchedPage Links(string html, Uri url, string? select, IReadOnlyList<string> remove, CancellationToken cancellation = default) => Read(html, select, "a[href]", remove, elements =>
        Linked(elements, url).Where(part => part.Text.Length >= (select is null ? MinTitle : 1)).DistinctBy(part => part.Url), cancellation);

    /// <summary>The paragraphs that a selector finds; without one, those of the main part of the page. What the patterns match is taken out of them.</summary>
    public static WatchedPage Paragraphs(string html, Uri url, string? select, IReadOnlyList<string> remove, IReadOnlyList<string> ignore, CancellationToken cancellation = default) => Read(html, select, "main p, article p, main li, article li, body > p", remove, elements =>
    {
        var patterns = ignore.Select(Pattern).ToList();
        return elements.Select(element => Words(patterns.Aggregate(Words(ShortText.Of(element, MaxText)), (text, pattern) => pattern.Replace(text, " "))))
            .Where(text => text.Length >= (select is null ? MinParagraph : 1))
            .Distinct()
            .Select(text => new Part(url.OriginalString, text));
    }, cancellation);

    /// <summary>True for a regular expression that can be used for what to ignore: one that ends in linear time and does not match nothing.</summary>
    public static bool IsPattern(string pattern)
    {
        try
        {
            return !Pattern(pattern).IsMatch("");
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static WatchedPage Read(string html, string? select, string usual, IReadOnlyList<string> remove, Func<IEnumerable<IElement>, IEnumerable<Part>> of, CancellationToken cancellation)
    {
        if (PageGuard.Check(html) is { } refused)
        {
            return new Nothing(refused);
        }

        var document = PageParser.Parse(html, cancellation);
        try
        {
            foreach (var element in remove.Append("script, style, noscript, template").SelectMany(selector => document.QuerySelectorAll(selector)).ToList())
            {
                element.Remove();
            }

            cancellation.ThrowIfCancellationRequested();
            var parts = of(document.QuerySelectorAll(select ?? usual)).ToList();
            return parts.Count > 0
                ? new Found(parts, Words(document.Title ?? ""), document.DocumentElement.GetAttribute("lang") ?? "")
                : new Nothing(select is null ? "nothing to watch was found on the page; give a selector" : $"the selector \"{select}\" finds nothing on the page");
        }
        catch (DomException)
        {
            return new Nothing("a selector cannot be read");
        }
    }

    private static IEnumerable<Part> Linked(IEnumerable<IElement> elements, Uri url)
    {
        Uri? root = null;
        foreach (var link in Outermost.Of(elements).SelectMany(element => element.LocalName == "a" ? [element] : element.QuerySelectorAll("a[href]").AsEnumerable()))
        {
            root ??= link.Owner?.QuerySelector("base[href]")?.GetAttribute("href") is { } given && Uri.TryCreate(url, given, out var other) ? other : url;
            if (Address(link, root) is { } address)
            {
                yield return new Part(address, Words(ShortText.Of(link, MaxText)));
            }
        }
    }

    private static string? Address(IElement link, Uri root)
    {
        var written = link.GetAttribute("href")?.Trim();
        return written is { Length: > 0 } && written[0] != '#' && Uri.TryCreate(root, written, out var address) && address.Scheme is "http" or "https" ? address.AbsoluteUri : null;
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
