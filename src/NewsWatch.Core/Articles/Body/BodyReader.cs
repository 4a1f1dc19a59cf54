using AngleSharp.Dom;
using NewsWatch.Core.Articles.Metadata;

namespace NewsWatch.Core.Articles.Body;

/// <summary>Reads the text of an article out of its page.</summary>
internal static class BodyReader
{
    /// <summary>The paragraphs and the witness that named their container; null when the page has no prose.</summary>
    public static (IReadOnlyList<string> Paragraphs, string Witness)? Read(IElement root, PageMetadata metadata)
    {
        var survey = Survey.Of(new PageTree().Build(root));
        if (ContainerFinder.Find(survey, metadata.Body) is not { } container)
        {
            return null;
        }

        var blocks = new BlockReader(node => survey.IsFurniture(node) || IsLinkList(node)).Read(container.Node);
        var kept = Trimmer.Trim(AnchorFilter.Apply(blocks, metadata.Body), metadata);
        return ([.. Standfirst.Before(kept, survey, metadata), .. kept.Select(b => b.Text)], container.Witness);
    }

    // Lists and small tables of links lead elsewhere.
    private static bool IsLinkList(PageNode node) =>
        node.Tag is "ul" or "ol" or "table" or "div" or "section" or "article" or "li" && node.Length > 0 && node.LinkShare > 0.6 && node.ProseLength < node.Length * 0.3 && !node.HoldsPost;
}
