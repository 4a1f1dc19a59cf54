namespace NewsWatch.Core.Rules.Hits;

/// <summary>
/// Walks the pairs of two sorted regions of places that stand near each other: not overlapping, in one field, at most so many words between their edges. Looks only at the
/// window around each left place. Where places crowd more than in any article, each left place is paired with its nearest neighbours alone, so that the work grows with the
/// places and not with their pairs.
/// </summary>
internal ref struct NearPairs
{
    private const int MaxSteps = 20_000;
    private const int StepsPerPlace = 4;
    private const int LookBack = 1;
    private readonly Findings _findings;
    private readonly int _right;
    private readonly int _behind;
    private readonly int _distance;
    private readonly bool _ordered;
    private readonly int _longest;
    private int _steps;
    private int _window;
    private int _next;

    public NearPairs(Findings findings, int left, int right, int behind, int argument)
    {
        _findings = findings;
        _right = right;
        _behind = behind;
        _distance = argument >> 1;
        _ordered = (argument & 1) == 1;
        _window = right;
        _next = right;
        Left = left;
        _steps = MaxSteps + (StepsPerPlace * (behind - left));
        for (var i = right; i < behind; i++)
        {
            _longest = Math.Max(_longest, findings.Places[i].End - findings.Places[i].Start);
        }

        Slide();
    }

    /// <summary>The left place of the pair.</summary>
    public int Left { get; private set; }

    /// <summary>The right place of the pair.</summary>
    public readonly int Right => _next - 1;

    /// <summary>There have been more pairs than any article has: from here on each left place has its nearest neighbours alone.</summary>
    public readonly bool IsCrowded => _steps < 0;

    public bool MoveNext()
    {
        var places = _findings.Places;
        while (Left < _right)
        {
            ref readonly var left = ref places[Left];
            while (_next < _behind && places[_next].Start <= left.End + _distance)
            {
                if (--_steps < 0 && IsBetweenNeighbours(left))
                {
                    continue;
                }

                if (IsNear(left, places[_next++]))
                {
                    return true;
                }
            }

            Left++;
            Slide();
        }

        return false;
    }

    /// <summary>Goes on with the next left place.</summary>
    public void SkipLeft()
    {
        Left++;
        Slide();
    }

    // Goes to the last few places before the left one, then to the first behind it, then on to the next left place.
    private bool IsBetweenNeighbours(in Place left)
    {
        var before = FirstFrom(left.Start);
        var after = FirstFrom(left.End);
        var next = _next < before - LookBack ? before - LookBack : _next >= before && _next < after ? after : _next > after ? _behind : _next;
        if (next == _next)
        {
            return false;
        }

        _next = next;
        return true;
    }

    // The first right place that starts at a token or behind it; it is seldom far from the window's begin.
    private readonly int FirstFrom(int token)
    {
        var stride = 1;
        while (_window + stride < _behind && _findings.Places[_window + stride].Start < token)
        {
            stride *= 2;
        }

        var (low, high) = (_window + (stride / 2), Math.Min(_behind, _window + stride));
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _findings.Places[middle].Start < token ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private readonly bool IsNear(in Place left, in Place right)
    {
        var near = right.Start >= left.End ? right.Start - left.End <= _distance : !_ordered && right.End <= left.Start && left.Start - right.End <= _distance;
        return near && _findings.Tokens.FieldOf(left.Start) == _findings.Tokens.FieldOf(right.Start);
    }

    private void Slide()
    {
        if (Left < _right)
        {
            var earliest = _findings.Places[Left].Start - _distance - _longest;
            while (_window < _behind && _findings.Places[_window].Start < earliest)
            {
                _window++;
            }

            _next = _window;
        }
    }
}
