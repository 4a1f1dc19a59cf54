namespace NewsWatch.Core.Rules.Hits;

/// <summary>A stretch of tokens; <c>Occurrence</c> is its number, or -1 when it is joined of several.</summary>
internal readonly record struct Place(int Start, int End, int Occurrence);

/// <summary>A stack of places, reused from rule to rule; a query's places are a region of it.</summary>
internal sealed class Places
{
    private Place[] _places = new Place[256];

    public int Count { get; private set; }

    public ref readonly Place this[int index] => ref _places[index];

    public void Add(Place place)
    {
        if (Count == _places.Length)
        {
            Array.Resize(ref _places, Count * 2);
        }

        _places[Count++] = place;
    }

    public void Truncate(int count) => Count = count;

    /// <summary>Moves the region from <paramref name="from"/> to the end down to <paramref name="to"/>.</summary>
    public void MoveDown(int from, int to)
    {
        _places.AsSpan(from, Count - from).CopyTo(_places.AsSpan(to));
        Count = to + Count - from;
    }

    /// <summary>Sorts the region from <paramref name="from"/> by start, longest first, and drops doubles.</summary>
    public void Sort(int from)
    {
        var region = _places.AsSpan(from, Count - from);
        if (!IsSorted(region))
        {
            region.Sort(default(ByStart));
        }

        var kept = 0;
        for (var i = 0; i < region.Length; i++)
        {
            if (kept == 0 || region[i].Start != region[kept - 1].Start || region[i].End != region[kept - 1].End)
            {
                region[kept++] = region[i];
            }
        }

        Count = from + kept;
    }

    /// <summary>Drops places that lie inside another of the sorted region from <paramref name="from"/>.</summary>
    public void KeepLongest(int from)
    {
        var kept = from;
        var end = -1;
        for (var i = from; i < Count; i++)
        {
            if (_places[i].End > end)
            {
                end = _places[i].End;
                _places[kept++] = _places[i];
            }
        }

        Count = kept;
    }

    private static bool IsSorted(ReadOnlySpan<Place> region)
    {
        for (var i = 1; i < region.Length; i++)
        {
            if (default(ByStart).Compare(region[i - 1], region[i]) > 0)
            {
                return false;
            }
        }

        return true;
    }

    private readonly struct ByStart : IComparer<Place>
    {
        public int Compare(Place x, Place y) => x.Start != y.Start ? x.Start.CompareTo(y.Start) : y.End.CompareTo(x.End);
    }
}
