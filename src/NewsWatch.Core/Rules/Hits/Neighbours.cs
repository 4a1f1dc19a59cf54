namespace NewsWatch.Core.Rules.Hits;

/// <summary>
/// The joined places of a NEAR where its operands crowd: of all that end, or begin, at one place only the shortest. Anything near a longer one is near it too,
/// so the verdict is the same, and there are at most four for each operand's place instead of one for each pair.
/// </summary>
internal readonly ref struct Neighbours(Findings findings, int argument)
{
    private readonly int _distance = argument >> 1;
    private readonly bool _ordered = (argument & 1) == 1;

    /// <summary>Adds the places that join each left place (from <paramref name="left"/>) and each right place (to before <paramref name="behind"/>) with its nearest neighbours.</summary>
    public void Add(int left, int right, int behind)
    {
        for (var at = left; at < right; at++)
        {
            AddNext(at, right, behind);
            if (!_ordered)
            {
                AddPrevious(at, right, behind);
            }
        }

        for (var at = right; at < behind; at++)
        {
            AddPrevious(at, left, right);
            if (!_ordered)
            {
                AddNext(at, left, right);
            }
        }
    }

    private void AddNext(int at, int from, int to)
    {
        var places = findings.Places;
        var next = FirstFrom(places[at].End, from, to);
        if (next < to && places[next].Start - places[at].End <= _distance)
        {
            Join(at, next);
        }
    }

    private void AddPrevious(int at, int from, int to)
    {
        var places = findings.Places;
        var start = places[at].Start;
        var previous = FirstFrom(start, from, to) - 1;

        // Of those that begin before it, one or two may reach into it.
        for (var step = 0; step < 3 && previous > from && places[previous].End > start; step++)
        {
            previous--;
        }

        if (previous >= from && places[previous].End <= start && start - places[previous].End <= _distance)
        {
            Join(at, previous);
        }
    }

    private void Join(int one, int other)
    {
        var places = findings.Places;
        var (a, b) = (places[one], places[other]);
        if (findings.Tokens.FieldOf(a.Start) == findings.Tokens.FieldOf(b.Start))
        {
            places.Add(new Place(Math.Min(a.Start, b.Start), Math.Max(a.End, b.End), -1));
        }
    }

    // The first of the places that begins at a token or behind it.
    private int FirstFrom(int token, int from, int to)
    {
        var (low, high) = (from, to);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = findings.Places[middle].Start < token ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
