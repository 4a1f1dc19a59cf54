using System.Text.RegularExpressions;
using NewsWatch.Core.Articles.Metadata;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Articles.Body;

/// <summary>The lines between headline and text, outside the element with the text: the summary, in one line or several, and a first paragraph that has a place of its own.</summary>
internal static partial class Standfirst
{
    // More than this before the text is another story, or a list of them.
    private const int MaxBlocks = 12;

    private const int NearSteps = 4;

    // Letters of an element that is marked as the summary; what is shorter is a label.
    private const int MinMarked = 16;

    // Letters of a heading that is a sentence of the summary and leads to no section.
    private const int LongHeading = 60;

    // Letters that tell one paragraph from another.
    private const int Probe = 60;

    private static readonly IEqualityComparer<PageNode> ByReference = ReferenceEqualityComparer.Instance;

    /// <summary>The paragraphs that the page shows between its headline and the text, and that the text does not repeat.</summary>
    public static IReadOnlyList<string> Before(List<Block> body, ContentMap map, PageMetadata metadata)
    {
        if (body.Count == 0)
        {
            return [];
        }

        var start = body[0].Owner.Order;
        var heading = map.Blocks.FindLastIndex(b => b.Owner.Order < start && (b.Owner.Tag == "h1" || ReferenceEquals(b.Owner, map.Headline)));
        var before = map.Blocks.Skip(heading + 1).TakeWhile(b => b.Owner.Order < start).ToList();
        var lengths = before.GroupBy(b => b.Owner, ByReference).ToDictionary(lines => lines.Key, lines => lines.Sum(b => b.Length), ByReference);
        var between = before.Where(b => IsSentence(b, lengths[b.Owner])).ToList();
        var frame = Frame(heading < 0 ? null : map.Blocks[heading].Owner, body[0].Owner);
        var title = TextMeasure.Key(metadata.Title);
        var leading = between.Where(b => IsDescribed(b, metadata.Description) || (heading >= 0 && (IsMarked(b.Owner) || IsLead(b, map, frame)))).Where(b => !RepeatsTitle(b, title)).ToList();
        if (leading.Count > MaxBlocks || leading.Sum(b => b.Length) > body.Sum(b => b.Length))
        {
            leading = leading.Where(b => IsDescribed(b, metadata.Description)).Take(1).ToList();
        }

        var text = string.Concat(body.Take(12).Select(b => b.Key));
        var repeated = leading.GroupBy(b => b.Owner, ByReference).Where(lines => lines.All(b => Repeats(text, b.Key))).Select(lines => lines.Key).ToHashSet(ByReference);
        return leading.DistinctBy(b => b.Key).Where(b => !repeated.Contains(b.Owner)).Select(b => b.Text).ToList();
    }

    // The lines of one element belong together.
    private static bool IsSentence(Block block, int length) =>
        (block.Length >= 40 || (length >= MinMarked && IsMarked(block.Owner))) && block.LinkShare < 0.3
        && !BoilerplatePhrases.IsCredit(block.Text) && !BoilerplatePhrases.IsPointer(block.Text) && !BoilerplatePhrases.IsByline(block.Text) && !BoilerplatePhrases.IsNote(block.Text)
        && !block.Text.EndsWith("...", StringComparison.Ordinal) && !IsCaption(block.Owner)
        && (block.EndsSentence || block.Text.Length > 120 || VisibleDate.Find(block.Text) is null);

    // The title once more, perhaps with a kicker or the words of a button.
    private static bool RepeatsTitle(Block block, string title) =>
        title.Length >= 20 && block.Key.Length < title.Length * 1.6 && block.Key.Contains(title, StringComparison.Ordinal);

    // Near headline and text, and no list but in the headline's own box: tool bars and boxes of key points stand deep in boxes of their own.
    private static bool IsLead(Block block, ContentMap map, HashSet<PageNode> frame)
    {
        var steps = 0;
        for (var at = block.Owner; at is not null && !frame.Contains(at); at = at.Parent)
        {
            steps++;
        }

        return steps <= NearSteps && (!block.IsListEntry || IsInHead(block.Owner)) && (map.IsProse(block) || (block.IsHeading && block.Length >= LongHeading && map.ShowsTitle));
    }

    private static bool IsInHead(PageNode node)
    {
        var at = node;
        while (at is not null && at.Tag != "header")
        {
            at = at.Parent;
        }

        return at is not null;
    }

    // The elements around headline or text.
    private static HashSet<PageNode> Frame(PageNode? headline, PageNode text)
    {
        var frame = new HashSet<PageNode>(ReferenceEqualityComparer.Instance);
        foreach (var start in new[] { headline, text })
        {
            for (var at = start?.Parent; at is not null; at = at.Parent)
            {
                frame.Add(at);
            }
        }

        return frame;
    }

    private static bool IsCaption(PageNode node)
    {
        for (var (at, step) = (node, 0); at is not null && step < 4; (at, step) = (at.Parent, step + 1))
        {
            if (at.Tag is "figcaption" or "figure" || at.ClassNames.Contains("caption", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDescribed(Block block, string? description)
    {
        if (description is not { Length: >= 40 })
        {
            return false;
        }

        var key = TextMeasure.Key(description);
        return key.Length >= 30 && (block.Key.StartsWith(key[..Math.Min(key.Length, 60)], StringComparison.Ordinal) || (block.Key.Length >= 40 && key.Contains(block.Key, StringComparison.Ordinal)));
    }

    private static bool IsMarked(PageNode node)
    {
        for (var (at, step) = (node, 0); at is not null && step < 3; (at, step) = (at.Parent, step + 1))
        {
            if (at.ClassNames.Length is > 0 and < 300 && SummaryMark().IsMatch(at.ClassNames))
            {
                return true;
            }
        }

        return false;
    }

    // A summary may share its first sentence with the text and go on by itself.
    private static bool Repeats(string text, string key) =>
        text.Contains(key[..Math.Min(key.Length, Probe)], StringComparison.Ordinal) && text.Contains(key[^Math.Min(key.Length, Probe)..], StringComparison.Ordinal);

    [GeneratedRegex(@"(?:^|[\s_-])(?:stand[_-]?first|sub[_-]?tit(?:le)?s?|mid[_-]?title|sub[_-]?head(?:line|ing)?|sub[_-]?deck|dek|deck|lead|lede|lead[_-]?text|chapo|chapeau|intro|introduction|ingress|excerpt|summary|abstract|entradilla|vorspann|anleser|perex|sommario|sottotitolo|description|strapline|opener|bajada)(?:$|[\s_-])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex SummaryMark();
}
