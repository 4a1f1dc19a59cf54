using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules;

/// <summary>Cuts the sentences around hits: the one place that cuts, joins and marks, for mail, webhook, web and terminal.</summary>
public static class Excerpts
{
    private const int MaxWords = 90;

    /// <summary>The best of the sentences that hold the hits, in the order of the text, at most <paramref name="maxWords"/> words in all.</summary>
    public static IReadOnlyList<Excerpt> Cut(Document document, IReadOnlyList<Hit> hits, int maxWords = MaxWords) => new ExcerptCutter(document).Cut(hits, maxWords);

    /// <summary>For each match of a document its excerpts, at most 90 words each; reads the document once for all of them.</summary>
    public static IReadOnlyList<ExcerptedMatch> CutEach(Document document, IReadOnlyList<RuleMatch> matches, CancellationToken cancellation = default)
    {
        if (matches.Count == 0)
        {
            return [];
        }

        var cutter = new ExcerptCutter(document);
        return [.. matches.Select(Excerpted)];

        ExcerptedMatch Excerpted(RuleMatch match)
        {
            cancellation.ThrowIfCancellationRequested();
            return VoiceFacts.With(new(match.RuleId, match.Hits, cutter.Cut(match.Hits, MaxWords)), document);
        }
    }

    /// <summary>
    /// What several rules cut from one article, together: the same words once, with the marks of all, in the order of the text; at most
    /// <paramref name="maxWords"/> words of body, but always its first excerpt. What is given first goes before the rest where there are too many words.
    /// </summary>
    public static IReadOnlyList<Excerpt> Join(IEnumerable<Excerpt> excerpts, int maxWords = MaxWords)
    {
        var joined = new List<Excerpt>();
        var words = 0;
        foreach (var same in excerpts.GroupBy(excerpt => (excerpt.Field, excerpt.Text)))
        {
            var excerpt = same.First() with { Marks = Together(same.SelectMany(one => one.Marks)) };
            var length = excerpt.Field == Field.Body ? excerpt.Text.Count(char.IsWhiteSpace) + 1 : 0;
            if (words == 0 || words + length <= maxWords)
            {
                joined.Add(excerpt);
                words += length;
            }
        }

        return [.. joined.OrderBy(excerpt => excerpt.Field).ThenBy(excerpt => excerpt.Start)];
    }

    /// <summary>Marks in order; of those that overlap, the one that begins first and reaches farthest.</summary>
    private static List<Mark> Together(IEnumerable<Mark> marks)
    {
        var kept = new List<Mark>();
        foreach (var mark in marks.OrderBy(mark => mark.Start).ThenByDescending(mark => mark.Length))
        {
            if (kept.Count == 0 || mark.Start >= kept[^1].Start + kept[^1].Length)
            {
                kept.Add(mark);
            }
        }

        return kept;
    }
}
