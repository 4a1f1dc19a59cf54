using AngleSharp.Dom;
using NewsWatch.Core.Articles.Metadata;

namespace NewsWatch.Core.Articles.Body;

/// <summary>Reads the text of an article out of its page.</summary>
internal static class BodyReader
{
    /// <summary>Longest text that is read, in characters; the rest of a longer one is cut off.</summary>
    public const int MaxLength = 1_000_000;

    /// <summary>The paragraphs and the witness that named their container; null when the page has no prose.</summary>
    public static ReadBody? Read(IElement root, PageMetadata metadata, PageOptions? options, CancellationToken cancellation)
    {
        foreach (var selector in options?.Remove.Where(PageOptions.IsSelector) ?? [])
        {
            root.QuerySelectorAll(selector).ToList().ForEach(element => element.Remove());
        }

        return options?.Select is { } select && PageOptions.IsSelector(select) ? Selected(root, select, cancellation) : Found(root, metadata, cancellation);
    }

    // The operator knows the page: no judgement of ours on what is selected.
    private static ReadBody? Selected(IElement root, string selector, CancellationToken cancellation)
    {
        var paragraphs = Outermost.Of(root.QuerySelectorAll(selector)).SelectMany(e => new BlockReader(_ => false).Read(new PageTree(cancellation).Build(e))).Select(b => b.Text).ToList();
        return paragraphs.Count == 0 ? null : new ReadBody(paragraphs, "selector");
    }

    private static ReadBody? Found(IElement root, PageMetadata metadata, CancellationToken cancellation)
    {
        var map = ContentMap.Create(new PageTree(cancellation).Build(root), metadata);
        cancellation.ThrowIfCancellationRequested();
        if (ContainerFinder.Find(map, metadata.LiveBlog is null ? metadata.Body : null) is not { } container)
        {
            return null;
        }

        cancellation.ThrowIfCancellationRequested();
        var blocks = WithinLength(StoryParts.From(container.Node, map).SelectMany(part => new BlockReader(node => map.IsBoilerplate(node) || IsLinkList(node, map)).Read(part)));
        var confirmed = metadata.LiveBlog is null ? AnchorFilter.Apply(Walls.Without(blocks), metadata.Body) : blocks;
        cancellation.ThrowIfCancellationRequested();
        var kept = BoilerplateTrimmer.Trim(confirmed, metadata, map.Headline);
        return new ReadBody([.. Standfirst.Before(kept, map, metadata), .. kept.Select(b => b.Text)], container.Evidence);
    }

    private static List<Block> WithinLength(IEnumerable<Block> blocks)
    {
        var length = 0;
        return blocks.TakeWhile(block => (length += block.Text.Length) <= MaxLength || length == block.Text.Length).ToList();
    }

    // Lists and small tables of links lead elsewhere.
    private static bool IsLinkList(PageNode node, ContentMap map) =>
        node.Tag is "ul" or "ol" or "table" or "div" or "section" or "article" && node.Length > 0 && node.LinkShare > 0.6 && node.ProseLength < node.Length * 0.3 && !node.HoldsPost && !HoldsMarked(node, map);

    private static bool HoldsMarked(PageNode node, ContentMap map) =>
        map.Marked.Exists(marked => marked.Order >= node.Order && marked.Order <= node.Last && map.ProseWithin(marked) > 0);
}

/// <summary>The text as it was read.</summary>
/// <param name="Paragraphs">In reading order, the standfirst first.</param>
/// <param name="Evidence">What named the text's place.</param>
internal sealed record ReadBody(IReadOnlyList<string> Paragraphs, string Evidence);
