namespace NewsWatch.Core.Rules.Hits;

/// <summary>Orders hits by field and offset; two clauses that hit the same characters are one hit, the first one's.</summary>
internal static class HitOrder
{
    public static Hit[] Sorted(List<Hit> hits)
    {
        if (hits.Count == 1)
        {
            return [hits[0]];
        }

        if (!IsSorted(hits))
        {
            StableSort(hits);
        }

        var kept = 0;
        for (var i = 0; i < hits.Count; i++)
        {
            if (kept == 0 || Compare(hits[kept - 1], hits[i]) != 0)
            {
                hits[kept++] = hits[i];
            }
        }

        hits.RemoveRange(kept, hits.Count - kept);
        return kept > RuleMatch.MaxHits ? Fewer(hits) : [.. hits];
    }

    // The first of every clause before the second of any: no clause goes unshown because another one is found everywhere.
    private static Hit[] Fewer(List<Hit> hits)
    {
        var ofClause = new Dictionary<string, int>();
        return
        [
            .. hits.Select((hit, place) => (Hit: hit, Place: place, Turn: ofClause[hit.Clause] = ofClause.GetValueOrDefault(hit.Clause) + 1))
                .OrderBy(one => one.Turn).ThenBy(one => one.Place).Take(RuleMatch.MaxHits).OrderBy(one => one.Place).Select(one => one.Hit),
        ];
    }

    private static int Compare(Hit a, Hit b) =>
        a.Field != b.Field ? a.Field.CompareTo(b.Field) : a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.Length.CompareTo(b.Length);

    private static bool IsSorted(List<Hit> hits)
    {
        for (var i = 1; i < hits.Count; i++)
        {
            if (Compare(hits[i - 1], hits[i]) > 0)
            {
                return false;
            }
        }

        return true;
    }

    // Few hits are the rule; runs of each clause are sorted already.
    private static void StableSort(List<Hit> hits)
    {
        if (hits.Count > 64)
        {
            var sorted = hits.OrderBy(h => h.Field).ThenBy(h => h.Start).ThenBy(h => h.Length).ToList();
            hits.Clear();
            hits.AddRange(sorted);
            return;
        }

        for (var i = 1; i < hits.Count; i++)
        {
            var hit = hits[i];
            var j = i;
            for (; j > 0 && Compare(hits[j - 1], hit) > 0; j--)
            {
                hits[j] = hits[j - 1];
            }

            hits[j] = hit;
        }
    }
}
