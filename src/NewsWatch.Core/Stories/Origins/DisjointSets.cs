namespace NewsWatch.Core.Stories.Origins;

/// <summary>Numbers that are joined into sets; a set is known by its smallest number.</summary>
internal sealed class DisjointSets(int count)
{
    private readonly int[] _parents = [.. Enumerable.Range(0, count)];

    /// <summary>The smallest number of a number's set.</summary>
    public int Find(int number)
    {
        while (_parents[number] != number)
        {
            number = _parents[number] = _parents[_parents[number]];
        }

        return number;
    }

    /// <summary>Makes one set of two.</summary>
    public void Join(int one, int other)
    {
        var (a, b) = (Find(one), Find(other));
        _parents[Math.Max(a, b)] = Math.Min(a, b);
    }
}
