using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Hits;

/// <summary>
/// Narrows negations to what they negate: in "no cease-fire in Norland by Friday" that is the cease-fire, neither the place nor the day. A name is never negated,
/// and of the clauses that share one cue only the nearest is.
/// </summary>
internal static class NegationScope
{
    // A cue is up to six words before its hit.
    private const int Reach = 120;

    /// <summary>Takes the cue from those of a rule's ordered hits that it does not negate.</summary>
    public static void Narrow(Document document, Hit[] hits)
    {
        if (!Array.Exists(hits, hit => hit.Negated))
        {
            return;
        }

        for (var i = 0; i < hits.Length; i++)
        {
            if (hits[i].Negated && hits[i].Clause.StartsWith('@'))
            {
                hits[i] = hits[i] with { NegationCue = null };
            }
        }

        Narrow(hits, Enumerable.Range(0, hits.Length), (holder, hit) => IsBefore(document, holder) && Share(document, holder, hit));
        Narrow(hits, Enumerable.Range(0, hits.Length).Reverse(), (holder, hit) => !IsBefore(document, holder) && Share(document, hit, holder));
    }

    /// <summary>Walks away from the cues: the first hit that has one holds it for its clause.</summary>
    private static void Narrow(Hit[] hits, IEnumerable<int> places, Func<Hit, Hit, bool> isShared)
    {
        Hit? holder = null;
        foreach (var place in places.Where(place => hits[place].Negated).ToList())
        {
            if (holder is null || !isShared(holder, hits[place]))
            {
                holder = hits[place];
            }
            else if (hits[place].Clause != holder.Clause)
            {
                hits[place] = hits[place] with { NegationCue = null };
            }
        }
    }

    /// <summary>True where the words that negate a hit stand before it.</summary>
    private static bool IsBefore(Document document, Hit hit)
    {
        var from = Math.Max(0, hit.Start - Reach);
        return document[hit.Field].AsSpan(from, hit.Start - from).Contains(hit.NegationCue, StringComparison.Ordinal);
    }

    /// <summary>True where two hits are near each other and have one cue, which does not stand between them.</summary>
    private static bool Share(Document document, Hit first, Hit second)
    {
        var end = first.Start + first.Length;
        return first.Field == second.Field && first.NegationCue == second.NegationCue && second.Start - end < Reach
            && (second.Start <= end || !document[first.Field].AsSpan(end, second.Start - end).Contains(first.NegationCue, StringComparison.Ordinal));
    }
}
