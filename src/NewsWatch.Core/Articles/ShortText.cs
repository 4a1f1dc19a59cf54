using System.Text;
using AngleSharp.Dom;

namespace NewsWatch.Core.Articles;

/// <summary>The text of an element, but no more of it than is looked at: elements stand in one another, and to copy the text of each would be to copy a page a thousand times.</summary>
internal static class ShortText
{
    /// <summary>The first characters of an element's text, without styles, scripts and readings of ruby that stand in it; one more than <paramref name="most"/> says that there is more.</summary>
    public static string Of(IElement element, int most)
    {
        var text = new StringBuilder();
        Append(element, text, most + 1);
        return text.ToString();
    }

    private static void Append(INode node, StringBuilder text, int most)
    {
        var children = node.ChildNodes;
        for (var index = 0; index < children.Length && text.Length < most; index++)
        {
            if (children[index] is IText words)
            {
                text.Append(words.Data.AsSpan(0, Math.Min(words.Data.Length, most - text.Length)));
            }
            else if (children[index] is not Element { LocalName: "style" or "script" or "rt" or "rp" })
            {
                Append(children[index], text, most);
            }
        }
    }
}
