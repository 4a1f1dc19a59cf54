namespace NewsWatch.Core.Rules.Engine;

/// <summary>
/// Walks the pairs of two sorted regions of places that stand near each other: not overlapping, in one field, at most so many words between their edges. Looks only at the
/// window around each left place.
/// </summary>
internal ref struct Pairs
{
    private readonly Findings _findings;
    private readonly int _right;
    private readonly int _behind;
    private readonly int _distance;
    private readonly bool _ordered;
    private readonly int _longest;
    private int _window;
    private int _next;

    public Pairs(Findings findings, int left, int right, int behind, int argument)
    {
        _findings = findings;
        _right = right;
        _behind = behind;
        _distance = argument >> 1;
        _ordered = (argument & 1) == 1;
        _window = right;
        _next = right;
        Left = left;
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

    public bool MoveNext()
    {
        var places = _findings.Places;
        while (Left < _right)
        {
            ref readonly var left = ref places[Left];
            while (_next < _behind && places[_next].Start <= left.End + _distance)
            {
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
