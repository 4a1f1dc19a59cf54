namespace NewsWatch.Core.Feeds.Xml;

/// <summary>Whether an element has more attributes than any feed needs, before anything parses them: each costs time and memory, whatever it says. One pass, no allocation.</summary>
internal static class AttributeScan
{
    private const string Shortest = "a=''";

    /// <summary>True when one element has more than <paramref name="limit"/> attributes.</summary>
    /// <param name="wellFormed">Values hold no "&lt;", or else are not read to their end: tags too short for so many attributes are passed over.</param>
    public static bool FindsMore(ReadOnlySpan<char> text, int limit, bool wellFormed)
    {
        var at = text.IndexOf('<');
        while (at >= 0 && at + 1 < text.Length)
        {
            var rest = text[at..];
            var length = NestingScan.Skipped(rest);
            if (length == 0)
            {
                var room = wellFormed ? rest[1..].IndexOf('<') : -1;
                length = room >= 0 && room < limit * Shortest.Length ? 1 : Through(rest, limit);
            }

            if (length < 0)
            {
                return true;
            }

            var next = rest[length..].IndexOf('<');
            at = next < 0 ? -1 : at + length + next;
        }

        return false;
    }

    /// <summary>The tag's length, quoted values read as such; negative when it has too many attributes.</summary>
    private static int Through(ReadOnlySpan<char> tag, int limit)
    {
        var (at, attributes) = (1, 0);
        while (tag[at..].IndexOfAny("=>\"'") is >= 0 and var step)
        {
            at += step;
            switch (tag[at])
            {
                case '>':
                    return at;
                case '=' when ++attributes > limit:
                    return -1;
                case '"' or '\'':
                    var close = tag[(at + 1)..].IndexOf(tag[at]);
                    at += close < 0 ? 0 : close + 1;
                    break;
            }

            at++;
        }

        return tag.Length;
    }
}
