using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Feeds.Xml;

/// <summary>Where the document begins in what a server sent: scripts print warnings, styles and blocks before it.</summary>
internal static partial class DocumentStart
{
    private const int MaxNameLength = 60;

    private static readonly SearchValues<char> EndsOfNames = SearchValues.Create(" \t\r\n/>");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Roots =
        new[] { "rss", "feed", "rdf", "entry", "channel", "urlset", "sitemapindex", "opml", "html", "head", "body" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether the text is an XML document from its beginning.</summary>
    public static bool IsThere(string text) => text.IndexOf('<', StringComparison.Ordinal) is >= 0 and var start && BeginsAt(text, start);

    /// <summary>The index of the XML document; negative where there is no markup.</summary>
    public static int Find(string text)
    {
        var start = text.IndexOf('<', StringComparison.Ordinal);
        return start < 0 || BeginsAt(text, start) ? start : Behind(text, start) is { } found ? found : start;
    }

    /// <summary>Whether what begins there is a document as we read them, after declaration, comments and document type.</summary>
    private static bool BeginsAt(string text, int start)
    {
        for (var at = start; at >= 0;)
        {
            var rest = text.AsSpan(at);
            if (rest.StartsWith("<?") || rest.StartsWith("<!--"))
            {
                at = Next(text, at, rest[1] == '?' ? "?>" : "-->");
            }
            else if (rest.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase) && !IsHtml(rest["<!DOCTYPE".Length..]))
            {
                at = Next(text, at, rest.IndexOf('>') is >= 0 and var end && rest[..end].Contains('[') ? "]>" : ">");
            }
            else
            {
                return IsRoot(rest[1..]);
            }
        }

        return false;
    }

    // Not inside of a page: one that shows a feed's source is none.
    private static int? Behind(string text, int start)
    {
        if (Anywhere().Match(text, start) is not { Success: true } root || Page().IsMatch(text.AsSpan(start, root.Index - start)))
        {
            return null;
        }

        return text.LastIndexOf("<?xml ", root.Index, StringComparison.OrdinalIgnoreCase) is >= 0 and var declaration && declaration >= start && BeginsAt(text, declaration) ? declaration : root.Index;
    }

    private static int Next(string text, int at, string mark) =>
        text.IndexOf(mark, at, StringComparison.Ordinal) is >= 0 and var end ? text.IndexOf('<', end + mark.Length) : -1;

    private static bool IsRoot(ReadOnlySpan<char> tag)
    {
        var end = tag[..Math.Min(tag.Length, MaxNameLength)].IndexOfAny(EndsOfNames);
        var name = tag[..Math.Max(0, end)];
        return Roots.Contains(name[(name.IndexOf(':') + 1)..]);
    }

    private static bool IsHtml(ReadOnlySpan<char> type) => type.TrimStart().StartsWith("html", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"<(\w{1,20}:)?(rss|feed|rdf|urlset|sitemapindex|opml)[\s>]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Anywhere();

    [GeneratedRegex(@"<(html|head|body)[\s>]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Page();
}
