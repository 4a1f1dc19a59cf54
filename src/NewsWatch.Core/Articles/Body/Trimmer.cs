using NewsWatch.Core.Articles.Metadata;

namespace NewsWatch.Core.Articles.Body;

/// <summary>Cuts off what stands before the first and after the last sentence of an article, and the pointers between them.</summary>
internal static class Trimmer
{
    private const int Short = 60;

    /// <summary>The blocks of the article itself.</summary>
    public static List<Block> Trim(List<Block> blocks, PageMetadata metadata)
    {
        var page = new Context(metadata);
        var inRun = HeadingRuns(blocks);
        var kept = WithoutEnd(WithoutRepeats(blocks.Where((b, i) => !inRun[i] && !IsBetween(b, blocks, i)).ToList()));
        var from = Head(kept, page);
        return kept.GetRange(from, Tail(kept, from, page) - from);
    }

    private static bool IsBetween(Block block, List<Block> blocks, int index) =>
        (Phrases.IsPointer(block.Text) && !IsQuoted(block))
        || (Phrases.IsCredit(block.Text) && (!block.IsProse || (block.Length < 110 && !EndsSentence(block.Text))))
        || IsLinkedLine(block)
        || (block.LinkShare > 0.4 && Phrases.IsLabelled(block.Text))
        || Phrases.IsEntryTime(block.Text)
        || (index < 8 && IsHeadLine(block))
        || (index > 0 && block.Length >= Short && blocks[index - 1].Key == block.Key);

    // Date and byline may stand below the summary.
    private static bool IsHeadLine(Block block) =>
        Phrases.IsByline(block.Text) || (block.Text.Length <= 60 && !EndsSentence(block.Text) && VisibleDate.Find(block.Text) is not null);

    // A notice that stands three times on a page is no news: "External content is not available".
    private static List<Block> WithoutRepeats(List<Block> blocks)
    {
        var times = blocks.CountBy(b => b.Key).ToDictionary(StringComparer.Ordinal);
        return blocks.Where(b => b.Length < 12 || times[b.Key] < 3).ToList();
    }

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

            if (behind - first > 3)
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
        for (var index = 0; index < blocks.Count; index++)
        {
            var ends = Phrases.EndsArticle(blocks[index].Text) ? 0.6 : Phrases.IsAbout(blocks[index].Text) ? 0.5 : 2;
            if (index > 0 && before >= prose * ends)
            {
                return blocks.GetRange(0, index);
            }

            before += blocks[index].IsProse ? blocks[index].Length : 0;
        }

        return blocks.Where(b => !Phrases.EndsArticle(b.Text)).ToList();
    }

    private static int Head(List<Block> blocks, Context page)
    {
        var heading = blocks.FindIndex(0, Math.Min(10, blocks.Count), b => b.Owner.Tag == "h1");
        var from = heading > 0 && blocks.Take(heading).Count(b => b.IsProse) <= 1 ? heading : 0;
        while (from < blocks.Count && from < 15 && IsBefore(blocks[from], page))
        {
            from++;
        }

        return from < blocks.Count ? from : 0;
    }

    private static bool IsBefore(Block block, Context page) =>
        block.Owner.Tag == "h1"
        || page.IsTitle(block)
        || page.IsByline(block)
        || Phrases.IsCredit(block.Text)
        || (block.Text.Length <= 100 && VisibleDate.Find(block.Text) is not null)
        || (block.Length < Short && !EndsSentence(block.Text));

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
        return (block.IsHeading && (block.Length < Short || !EndsSentence(block.Text)))
            || Phrases.IsNote(block.Text)
            || page.IsByline(block)
            || (cut < 3 && page.NamesAuthor(block))
            || (block.LinkShare > 0.5 && block.Length >= 10)
            || (!EndsSentence(block.Text) && block.Length < Short && !IsListed(blocks, index));
    }

    // The last entry of a list that belongs to the text.
    private static bool IsListed(List<Block> blocks, int index) =>
        blocks[index].IsListEntry && index > 0 && blocks[index - 1].IsListEntry && blocks[index].LinkShare < 0.3;

    private static bool EndsSentence(string text)
    {
        var end = text.AsSpan().TrimEnd("\"”“’'»«)]』」 *");
        return end.Length > 0 && end[^1] is '.' or '!' or '?' or '…' or ':' or '。' or '！' or '？' or ';' or '؟' or '।';
    }

    private sealed class Context(PageMetadata metadata)
    {
        private readonly string _title = TextMeasure.Key(metadata.Title);
        private readonly List<string> _authors = metadata.Authors.Select(TextMeasure.Key).Where(a => a.Length >= 5).ToList();

        public bool IsTitle(Block block) =>
            _title.Length > 8 && block.Key.Length >= 4
            && (_title.Contains(block.Key, StringComparison.Ordinal) || (block.Key.Contains(_title, StringComparison.Ordinal) && block.Key.Length < _title.Length * 1.6));

        /// <summary>Little more than the authors' names.</summary>
        public bool IsByline(Block block)
        {
            var names = _authors.Sum(a => block.Key.Contains(a, StringComparison.Ordinal) ? a.Length : 0);
            return names > 0 && block.Key.Length < (names * 2) + 30 && block.Text.Length < 160;
        }

        /// <summary>A note on an author: short, and names them.</summary>
        public bool NamesAuthor(Block block) =>
            block.Text.Length < 500 && _authors.Exists(a => block.Key.Contains(a, StringComparison.Ordinal));
    }
}
