using System.Text.RegularExpressions;
using NewsWatch.Core.Articles.Metadata;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Articles.Body;

/// <summary>Finds the stories that a page carries below its own: endless scrolling, streams, the next one in full. The entries of a live blog are none: page, address or box call it live, or each begins with a time of day.</summary>
internal static partial class OtherStories
{
    // Time, author and headline stand in the first blocks of an entry.
    private const int OpeningBlocks = 3;

    // The share of a page's prose that is no story beside others.
    private const double MostOfPage = 0.7;

    /// <summary>Marks them: an article element, or a box with a main heading of its own, that comes after the page's story and begins with its own heading.</summary>
    /// <param name="blocks">All blocks of the page in document order.</param>
    /// <param name="headline">Where the page shows its own headline.</param>
    public static void Mark(List<Block> blocks, PageNode headline)
    {
        var places = new Places(blocks);
        if (places.FirstProseAfter(headline.Order) is not { } opening)
        {
            return;
        }

        var around = Ancestors(headline);
        var own = around.FirstOrDefault(a => a is { Tag: "article", ProseLength: > 0 }) ?? Ancestors(opening).FirstOrDefault(a => a.Tag == "article" && !places.BeginsWithHeading(a));
        foreach (var box in Boxes(blocks, headline, own, [.. around]))
        {
            if (box.Order > opening.Order && box.ProseLength > 0 && !places.HoldsText(box, headline) && places.BeginsWithHeading(box) && !places.BeginsWithClock(box) && !LiveName().IsMatch(box.ClassNames))
            {
                box.Kind = NodeKind.Elsewhere;
            }
        }
    }

    /// <summary>True for a page that is written while the thing happens: by its data, its title or its address.</summary>
    public static bool IsLive(PageMetadata page) => page.LiveBlog is not null || BoilerplatePhrases.TellsLive(page.Title) || LiveAddress().IsMatch(page.Url);

    private static IEnumerable<PageNode> Boxes(List<Block> blocks, PageNode headline, PageNode? own, HashSet<PageNode> around)
    {
        var later = blocks.Where(b => b.IsHeading && b.Owner.Order > headline.Order);
        var sections = blocks.Find(b => b.IsProse && b.Owner.Order > headline.Order) is { } first && later.Any(b => b.Owner.Tag == "h1" && b.Owner.Order < first.Owner.Order);
        foreach (var heading in later)
        {
            var path = Ancestors(heading.Owner).TakeWhile(a => !around.Contains(a)).ToList();
            if (own is not null && heading.Owner.Order > own.Last && path.FindLast(a => a.Tag == "article") is { } article)
            {
                yield return article;
            }
            else if (heading.Owner.Tag == "h1" && headline.Tag == "h1" && !sections && path.Count > 0 && !IsSectionOf(path[^1], headline))
            {
                yield return path[^1];
            }
        }
    }

    [GeneratedRegex(@"(?:^|[\s_-])(?:live|live[_-]?(?:blog|ticker|entry|post|update)s?|news-?ticker|ticker)(?:$|[\s_-])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex LiveName();

    [GeneratedRegex(@"/live/|live-?(?:blog|ticker|updates)|/(?:en-direct|en-vivo|en-directo|ao-vivo|diretta|ticker)(?:/|-)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, RegexLimit.Milliseconds)]
    private static partial Regex LiveAddress();

    // The outline of HTML: a section inside the story's own has a main heading, too, and is a chapter of it.
    private static bool IsSectionOf(PageNode box, PageNode headline) =>
        box.Tag == "section" && ReferenceEquals(box.Parent, Ancestors(headline).FirstOrDefault(a => a.Tag is "section" or "article"));

    private static IEnumerable<PageNode> Ancestors(PageNode node)
    {
        for (var at = node.Parent; at is not null; at = at.Parent)
        {
            yield return at;
        }
    }

    /// <summary>Where headings and prose stand, in document order.</summary>
    private sealed class Places(List<Block> blocks)
    {
        private readonly List<Block> _blocks = [.. blocks.OrderBy(b => b.Owner.Order)];
        private readonly List<int> _all = [.. blocks.Select(b => b.Owner.Order).Order()];
        private readonly List<int> _headings = [.. blocks.Where(b => b.IsHeading).Select(b => b.Owner.Order)];
        private readonly List<Block> _prose = [.. blocks.Where(b => b.IsProse).OrderBy(b => b.Owner.Order)];
        private readonly int _total = blocks.Sum(b => b.IsProse ? b.Length : 0);
        private readonly List<int> _orders = [.. blocks.Where(b => b.IsProse).Select(b => b.Owner.Order).Order()];

        public PageNode? FirstProseAfter(int order) => From(_orders, order) is var at && at < _prose.Count ? _prose[at].Owner : null;

        /// <summary>Before it there is only a summary, and most of the page's prose is in it: the text that the summary leads to.</summary>
        public bool HoldsText(PageNode box, PageNode headline)
        {
            var before = _prose.Skip(From(_orders, headline.Order)).TakeWhile(b => b.Owner.Order < box.Order).Sum(b => b.Length);
            return before < ContentMap.MinArticle && box.ProseLength > _total * MostOfPage;
        }

        public bool BeginsWithHeading(PageNode node)
        {
            var heading = From(_headings, node.Order);
            var prose = From(_orders, node.Order);
            return heading < _headings.Count && _headings[heading] <= node.Last && (prose == _orders.Count || _headings[heading] < _orders[prose]);
        }

        public bool BeginsWithClock(PageNode node)
        {
            var at = From(_all, node.Order);
            return Enumerable.Range(at, Math.Min(OpeningBlocks, _all.Count - at)).Any(i => _all[i] <= node.Last && BoilerplatePhrases.BeginsWithClock(_blocks[i].Text));
        }

        private static int From(List<int> orders, int least)
        {
            var at = orders.BinarySearch(least);
            while (at > 0 && orders[at - 1] == least)
            {
                at--;
            }

            return at >= 0 ? at : ~at;
        }
    }
}
