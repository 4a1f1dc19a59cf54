namespace NewsWatch.Core.Rules.Language;

/// <summary>Finds the name that was probably meant.</summary>
internal static class SpellingSuggester
{
    /// <summary>The candidate with the fewest edits to <paramref name="name"/>, if they are few enough; the first of equals.</summary>
    public static string? To(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        var fewest = Math.Max(2, (name.Length / 3) + 1);
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - name.Length) < fewest && Distance(name, candidate, fewest) is var edits && edits < fewest)
            {
                best = candidate;
                fewest = edits;
            }
        }

        return best;
    }

    // Edits: insert, delete, replace, swap of neighbours; case does not count.
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Max(a.Length, b.Length) > 64)
        {
            return limit;
        }

        var before = new int[b.Length + 1];
        var last = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                row[j] = Math.Min(Math.Min(last[j], row[j - 1]) + 1, last[j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last, row) = (last, row, before);
        }

        return last[b.Length];
    }
}
