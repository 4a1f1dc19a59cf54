using System.Text.RegularExpressions;
using NewsWatch.Core.Articles.Metadata;

namespace NewsWatch.Core.Articles.Body;

/// <summary>The summary that stands between headline and text, often outside the element that holds the text.</summary>
internal static partial class Standfirst
{
    /// <summary>The summary, if the page shows one before the text that the text does not repeat.</summary>
    public static IEnumerable<string> Before(List<Block> body, Survey survey, PageMetadata metadata)
    {
        if (body.Count == 0)
        {
            return [];
        }

        var text = string.Concat(body.Take(12).Select(b => b.Key));
        var start = body[0].Owner.Order;
        var heading = survey.Blocks.FindLastIndex(b => b.Owner.Order < start && b.Owner.Tag == "h1");
        var between = survey.Blocks.Skip(heading + 1).TakeWhile(b => b.Owner.Order < start)
            .Where(b => b.Length >= 40 && b.LinkShare < 0.3 && !Phrases.IsCredit(b.Text) && !Phrases.IsPointer(b.Text) && !b.Text.EndsWith("...", StringComparison.Ordinal) && !IsCaption(b.Owner)).ToList();
        var summary = between.Find(b => IsDescribed(b, metadata.Description)) ?? (heading < 0 ? null : between.Find(b => IsMarked(b.Owner)));
        return summary is null || text.Contains(Probe(summary.Key), StringComparison.Ordinal) ? [] : [summary.Text];
    }

    private static bool IsCaption(PageNode node)
    {
        for (var (at, step) = (node, 0); at is not null && step < 4; (at, step) = (at.Parent, step + 1))
        {
            if (at.Tag is "figcaption" or "figure" || at.Marks.Contains("caption", StringComparison.Ordinal))
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
            if (at.Marks.Length is > 0 and < 300 && SummaryMark().IsMatch(at.Marks))
            {
                return true;
            }
        }

        return false;
    }

    private static string Probe(string key) => key.Length <= 50 ? key : key[..50];

    [GeneratedRegex(@"(?:^|[\s_-])(?:standfirst|stand-first|sub-?title|sub-?head(?:line|ing)?|sub-?deck|dek|deck|lead|lede|lead-?text|chapo|chapeau|intro|introduction|ingress|excerpt|summary|abstract|entradilla|vorspann|anleser|perex|sommario|sottotitolo|description|strapline|opener|bajada)(?:$|[\s_-])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex SummaryMark();
}
