using System.Xml.Linq;

namespace NewsWatch.Core.Feeds;

/// <summary>How deep a tree is: what reads it goes down by recursion. Entities may bring depth that the text does not show.</summary>
internal static class Nesting
{
    /// <summary>True when elements nest <paramref name="limit"/> levels or more.</summary>
    public static bool IsDeeper(XElement root, int limit)
    {
        if (limit <= 1 || !root.HasElements)
        {
            return limit <= 1;
        }

        foreach (var child in root.Elements())
        {
            if (IsDeeper(child, limit - 1))
            {
                return true;
            }
        }

        return false;
    }
}
