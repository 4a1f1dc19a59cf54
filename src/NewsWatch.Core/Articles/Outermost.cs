using AngleSharp.Dom;

namespace NewsWatch.Core.Articles;

/// <summary>The outermost of elements in document order: nested ones are read with them.</summary>
internal static class Outermost
{
    /// <summary>The outermost elements. Each element of the page is looked at once, however deep they stand.</summary>
    public static IEnumerable<IElement> Of(IEnumerable<IElement> elements)
    {
        var inside = new Dictionary<INode, bool>();
        foreach (var element in elements)
        {
            if (!IsInside(element.Parent, inside))
            {
                inside[element] = true;
                yield return element;
            }
        }
    }

    private static bool IsInside(INode? node, Dictionary<INode, bool> known)
    {
        if (node is null)
        {
            return false;
        }

        if (!known.TryGetValue(node, out var inside))
        {
            known[node] = inside = IsInside(node.Parent, known);
        }

        return inside;
    }
}
