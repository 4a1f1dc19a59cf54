namespace NewsWatch.Core.Changes;

/// <summary>Where two sentences differ, word by word.</summary>
internal sealed record Edit(IReadOnlyList<Word> Removed, IReadOnlyList<Word> Added)
{
    // Longer sentences, and those beyond the budget, are compared by their beginnings and ends alone.
    private const int MaxCompared = 400;

    /// <summary>The words that one sentence has and the other has not, in order: by their longest common sequence.</summary>
    public static Edit Between(IReadOnlyList<Word> before, IReadOnlyList<Word> after, DiffBudget budget)
    {
        var first = 0;
        while (first < before.Count && first < after.Count && before[first].Key == after[first].Key)
        {
            first++;
        }

        var same = 0;
        while (same < before.Count - first && same < after.Count - first && before[^(same + 1)].Key == after[^(same + 1)].Key)
        {
            same++;
        }

        List<Word> old = [.. before.Skip(first).Take(before.Count - first - same)];
        List<Word> now = [.. after.Skip(first).Take(after.Count - first - same)];
        return old.Count == 0 || now.Count == 0 || old.Count > MaxCompared || now.Count > MaxCompared || !budget.TrySpend((long)old.Count * now.Count) ? new(old, now) : Compared(old, now);
    }

    private static Edit Compared(List<Word> old, List<Word> now)
    {
        var common = new int[old.Count + 1, now.Count + 1];
        for (var i = old.Count - 1; i >= 0; i--)
        {
            for (var j = now.Count - 1; j >= 0; j--)
            {
                common[i, j] = old[i].Key == now[j].Key ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var (removed, added) = (new List<Word>(), new List<Word>());
        var (x, y) = (0, 0);
        while (x < old.Count || y < now.Count)
        {
            if (x < old.Count && y < now.Count && old[x].Key == now[y].Key)
            {
                (x, y) = (x + 1, y + 1);
            }
            else if (y == now.Count || (x < old.Count && common[x + 1, y] >= common[x, y + 1]))
            {
                removed.Add(old[x++]);
            }
            else
            {
                added.Add(now[y++]);
            }
        }

        return new(removed, added);
    }
}
