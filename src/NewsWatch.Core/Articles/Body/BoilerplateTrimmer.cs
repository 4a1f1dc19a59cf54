using NewsWatch.Core.Articles.Metadata;

namespace NewsWatch.Core.Articles.Body;

/// <summary>Removes the lines before the first and after the last sentence of an article, and the pointers between them.</summary>
internal static class BoilerplateTrimmer
{
    private const int Short = 60;

    // Lines of equal form that are sentences and not labels.
    private const int MinAlike = 3;

    // The share of the prose that is more than a note below the article.
    private const double MinRest = 0.15;

    /// <summary>The blocks of the article itself.</summary>
    /// <param name="blocks">The blocks of its container.</param>
    /// <param name="metadata">Its title and authors.</param>
    /// <param name="headline">Where the page shows its headline; null where it shows none.</param>
    public static List<Block> Trim(List<Block> blocks, PageMetadata metadata, PageNode? headline)
    {
        var page = new Context(metadata);
        var inRun = HeadingRuns(blocks);
        var kept = WithoutEnd(WithoutRepeats(blocks.Where((b, i) => !inRun[i] && !IsBetween(b, blocks, i)).ToList()));
        var from = Head(kept, page, headline);
        return kept.GetRange(from, Tail(kept, from, page) - from);
    }

    private static bool IsBetween(Block block, List<Block> blocks, int index) =>
        (BoilerplatePhrases.IsPointer(block.Text) && !IsQuoted(block))
        || (BoilerplatePhrases.IsCredit(block.Text) && (!block.IsProse || (block.Length < 110 && !block.EndsSentence)))
        || IsLinkedLine(block)
        || (block.LinkShare > 0.4 && BoilerplatePhrases.IsLabelled(block.Text))
        || BoilerplatePhrases.IsEntryTime(block.Text)
        || (index < 8 && IsHeadLine(block))
        || (index > 0 && block.Length >= Short && blocks[index - 1].Key == block.Key);

    // Date and byline may stand below the summary.
    private static bool IsHeadLine(Block block) =>
        BoilerplatePhrases.IsByline(block.Text) || (block.Text.Length <= 60 && !block.EndsSentence && VisibleDate.Find(block.Text) is not null);

    // A notice that a page repeats three times is not news: "External content is not available". The question put to each of several people leads to news, and cells of a table say the same many times.
    private static List<Block> WithoutRepeats(List<Block> blocks)
    {
        var times = blocks.CountBy(b => b.Key).ToDictionary(StringComparer.Ordinal);
        return blocks.Where(b => b.Length < 12 || times[b.Key] < 3 || IsLabel(b)).ToList();
    }

    private static bool IsLabel(Block block) => block.IsCell || block.Text[^1] is '?' or '？' or ':' or '：' || (!block.IsHeading && block.BoldLength > block.Length * 0.8);

    // Headlines in a row with nothing between them list other articles: four or more.
    private static bool[] HeadingRuns(List<Block> blocks)
    {
        var inRun = new bool[blocks.Count];
        for (var first = 0; first < blocks.Count; first++)
        {
            var behind = first;
            while (behind < blocks.Count && blocks[behind].IsHeading)
            {
                behind++;
            }

            if (blocks.Skip(first).Take(behind - first).DistinctBy(b => b.Owner).Count() > 3)
            {
                inRun.AsSpan(first..behind).Fill(true);
            }

            first = Math.Max(first, behind - 1);
        }

        return inRun;
    }

    private static bool IsQuoted(Block block) => block.Text[0] is '"' or '“' or '„' or '«';

    // A paragraph that is nothing but one link leads to another article.
    private static bool IsLinkedLine(Block block) => block.LinkShare > 0.85 && block.Length >= 35 && !block.Text.StartsWith("http", StringComparison.Ordinal);

    // "Related articles" and all after it, if the article is over by then.
    private static List<Block> WithoutEnd(List<Block> blocks)
    {
        var prose = blocks.Sum(b => b.IsProse ? b.Length : 0);
        var before = 0;
        var aboutSender = blocks.Count(b => BoilerplatePhrases.IsAbout(b.Text)) == 1;
        for (var index = 0; index < blocks.Count; index++)
        {
            if (index > 0 && before >= prose * Over(blocks[index], aboutSender) && !GoesOn(blocks, index, prose))
            {
                return blocks.GetRange(0, index);
            }

            before += blocks[index].IsProse ? blocks[index].Length : 0;
        }

        return blocks.Where(b => b.IsCell || !BoilerplatePhrases.EndsArticle(b.Text)).ToList();
    }

    // A box that invites to a newsletter, a subheading "Sources": paragraphs made like those before follow, and no headline that is a link.
    private static bool GoesOn(List<Block> blocks, int index, int prose)
    {
        var places = blocks.Take(index).Where(b => b.IsProse).Select(Place).ToHashSet();
        var rest = blocks.Skip(index + 1).ToList();
        var paragraphs = rest.Where(b => b.IsProse && places.Contains(Place(b))).ToList();
        return !rest.Exists(b => b.LinkShare > 0.5) && paragraphs.Count >= MinAlike && paragraphs.Sum(b => b.Length) >= prose * MinRest;
    }

    private static (PageNode? Parent, string Tag, string Classes) Place(Block block) => (block.Owner.Parent, block.Owner.Tag, block.Owner.Classes);

    // The share of the prose before a line that ends the article; a note on the sender is the last and short part of a release.
    private static double Over(Block block, bool aboutSender) =>
        block.IsCell ? double.PositiveInfinity : BoilerplatePhrases.EndsArticle(block.Text) ? 0.6 : aboutSender && BoilerplatePhrases.IsAbout(block.Text) ? 0.85 : double.PositiveInfinity;

    private static int Head(List<Block> blocks, Context page, PageNode? headline)
    {
        var heading = blocks.FindIndex(0, Math.Min(10, blocks.Count), b => b.Owner.Tag == "h1");
        var from = heading > 0 && blocks.Take(heading).Count(b => b.IsProse) <= 1 ? heading : 0;
        var isOfLines = !blocks.Exists(b => b.IsProse);
        while (from < blocks.Count && from < 15 && IsBefore(blocks[from], page, isOfLines))
        {
            from++;
        }

        return from == blocks.Count ? 0 : from > 0 && LeadsText(blocks[from - 1], page, headline) ? FirstLine(blocks, from - 1) : FirstAlike(blocks, from, page);
    }

    // A heading may have several lines.
    private static int FirstLine(List<Block> blocks, int line) => blocks.FindIndex(b => ReferenceEquals(b.Owner, blocks[line].Owner));

    // Several lines made like the first paragraph, right before it in its own box: weights and measures, places and dates.
    private static int FirstAlike(List<Block> blocks, int from, Context page)
    {
        var first = from;
        while (first > 0 && blocks[first - 1] is var line && line.Owner.Tag == blocks[from].Owner.Tag && ReferenceEquals(line.Owner.Parent, blocks[from].Owner.Parent) && line.LinkShare < 0.3 && (!IsOfHead(line, page) || page.IsTitle(line)))
        {
            first--;
        }

        return from - first >= MinAlike ? first : from;
    }

    // "Key points", "Introduction": a heading over the first paragraph; "KYIV —": the place before it.
    private static bool LeadsText(Block last, Context page, PageNode? headline) =>
        ((last.IsHeading || last.BoldLength > last.Length * 0.8) && last.Owner.Order > (headline?.Order ?? 0) && last.LinkShare < 0.5 && !page.IsTitle(last) && !page.IsByline(last) && VisibleDate.Find(last.Text) is null)
        || (last.Text.Length <= 40 && last.Text[^1] is '—' or '–' or '-');

    private static bool IsBefore(Block block, Context page, bool isOfLines) => IsOfHead(block, page) || (!isOfLines && block.Length < Short && !block.EndsSentence);

    private static bool IsOfHead(Block block, Context page) =>
        block.Owner.Tag == "h1"
        || page.IsTitle(block)
        || page.IsByline(block)
        || BoilerplatePhrases.IsCredit(block.Text)
        || (block.Text.Length <= 100 && VisibleDate.Find(block.Text) is not null);

    private static int Tail(List<Block> blocks, int from, Context page)
    {
        var to = blocks.Count;
        while (to > from + 1 && IsAfter(blocks, to - 1, page, blocks.Count - to))
        {
            to--;
        }

        return to;
    }

    private static bool IsAfter(List<Block> blocks, int index, Context page, int cut)
    {
        var block = blocks[index];
        return (block.IsHeading && (block.Length < Short || !block.EndsSentence))
            || BoilerplatePhrases.IsNote(block.Text)
            || page.IsByline(block)
            || (cut < 3 && page.NamesAuthor(block))
            || (block.LinkShare > 0.5 && block.Length >= 10 && !(block.EndsSentence && block.Length >= 2 * Short && block.LinkShare < 0.85))
            || (!block.EndsSentence && block.Length < Short && !IsListed(blocks, index));
    }

    // The last line of several made alike, which belong to the text: dates, results, places, the cells of a table.
    private static bool IsListed(List<Block> blocks, int index)
    {
        var last = blocks[index];
        var alike = 1;
        while (alike <= index && alike < MinAlike && IsAlike(blocks[index - alike], last))
        {
            alike++;
        }

        return last.LinkShare < 0.3 && alike >= (last.IsListEntry ? 2 : MinAlike);
    }

    private static bool IsAlike(Block block, Block other) =>
        block.Owner.Tag == other.Owner.Tag && !block.IsProse && block.LinkShare < 0.3
        && (ReferenceEquals(block.Owner.Parent, other.Owner.Parent) || (block.Owner.Tag is "td" or "th" && ReferenceEquals(block.Owner.Parent?.Parent, other.Owner.Parent?.Parent)));

    private sealed class Context(PageMetadata metadata)
    {
        private readonly string _title = TextMeasure.Key(metadata.Title);
        private readonly List<string> _authors = metadata.Authors.Select(TextMeasure.Key).Where(a => a.Length >= 5).ToList();

        // One word may be a place or a thing that the text is about.
        private readonly List<string> _names = metadata.Authors.Where(a => a.Contains(' ', StringComparison.Ordinal)).Select(TextMeasure.Key).Where(a => a.Length >= 5).ToList();

        public bool IsTitle(Block block) =>
            _title.Length > 8 && block.Key.Length >= 4
            && (_title.Contains(block.Key, StringComparison.Ordinal) || (block.Key.Contains(_title, StringComparison.Ordinal) && block.Key.Length < _title.Length * 1.6));

        /// <summary>Little more than the authors' names.</summary>
        public bool IsByline(Block block)
        {
            var names = _authors.Sum(a => block.Key.Contains(a, StringComparison.Ordinal) ? a.Length : 0);
            return names > 0 && block.Key.Length < (names * 2) + 30 && block.Text.Length < 160;
        }

        /// <summary>A note on an author: short, and begins with their name.</summary>
        public bool NamesAuthor(Block block) =>
            block.Text.Length < 500 && _names.Exists(a => block.Key.IndexOf(a, StringComparison.Ordinal) is >= 0 and < 40);
    }
}
