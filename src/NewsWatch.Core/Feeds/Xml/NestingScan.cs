namespace NewsWatch.Core.Feeds.Xml;

/// <summary>How deep a document nests, before anything parses it: parsers' time and memory grow with it. One pass, no allocation.</summary>
internal static class NestingScan
{
    /// <summary>The deepest nesting of elements, looking no further than <paramref name="limit"/>.</summary>
    public static int Deepest(ReadOnlySpan<char> text, int limit)
    {
        var (depth, deepest) = (0, 0);
        var at = text.IndexOf('<');
        while (at >= 0 && at + 1 < text.Length && deepest < limit)
        {
            var rest = text[at..];
            var length = Skipped(rest);
            if (length == 0)
            {
                length = rest.IndexOf('>') is > 0 and var end ? end : rest.Length;
                depth += rest[1] == '/' ? -1 : char.IsLetter(rest[1]) && (length == rest.Length || rest[length - 1] != '/') ? 1 : 0;
                depth = Math.Max(0, depth);
                deepest = Math.Max(deepest, depth);
            }

            var next = rest[length..].IndexOf('<');
            at = next < 0 ? -1 : at + length + next;
        }

        return deepest;
    }

    /// <summary>Where the element after so many begins; 0 when there are not more.</summary>
    public static int After(ReadOnlySpan<char> text, int elements)
    {
        var at = text.IndexOf('<');
        while (at >= 0 && at + 1 < text.Length)
        {
            var length = Skipped(text[at..]);
            if (length == 0)
            {
                length = 1;
                elements -= char.IsLetter(text[at + 1]) ? 1 : 0;
            }

            if (elements < 0)
            {
                return at;
            }

            var next = text[(at + length)..].IndexOf('<');
            at = next < 0 ? -1 : at + length + next;
        }

        return 0;
    }

    /// <summary>The length of a comment, a CDATA section or the mark of another declaration at the start; 0 when an element begins or ends there.</summary>
    internal static int Skipped(ReadOnlySpan<char> rest) => rest[1] != '!' ? 0
        : rest.StartsWith("<![CDATA[") ? Through(rest, "]]>")
        : rest.StartsWith("<!--") ? Through(rest, "-->")
        : 2;

    private static int Through(ReadOnlySpan<char> rest, string mark) => rest.IndexOf(mark) is >= 0 and var at ? at + mark.Length : rest.Length;
}
