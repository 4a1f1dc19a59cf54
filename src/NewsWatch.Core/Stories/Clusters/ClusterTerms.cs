using System.Runtime.InteropServices;
using NewsWatch.Core.Stories.Terms;

namespace NewsWatch.Core.Stories.Clusters;

/// <summary>
/// Which terms the headlines of a cluster carry, and where these stand among the words of the news. Most clusters of a window have one article: its own
/// headline then says it all, and nothing is held besides.
/// </summary>
internal sealed class ClusterTerms
{
    private Gist? _only;
    private Dictionary<ulong, TermCount>? _counts;
    private float[]? _place;

    /// <summary>All terms of the cluster.</summary>
    public IEnumerable<KeyValuePair<ulong, TermCount>> All => _counts ?? Counts(_only);

    /// <summary>The sum of the headlines' places; null where there is no headline.</summary>
    public float[]? Place => _place ?? _only?.Place();

    /// <summary>What is known of a term; no count where no headline carries it.</summary>
    public TermCount Of(ulong term)
    {
        if (_counts is not null)
        {
            return _counts.GetValueOrDefault(term);
        }

        return _only is not null && Array.BinarySearch(_only.Terms, term) is >= 0 and var at ? TermCount.Of(_only, at) : default;
    }

    public void Add(Gist gist)
    {
        if (_only is null && _counts is null)
        {
            _only = gist;
            return;
        }

        Spread();
        Count(gist, 1);
    }

    public void Remove(Gist gist)
    {
        Spread();
        Count(gist, -1);
    }

    private static IEnumerable<KeyValuePair<ulong, TermCount>> Counts(Gist? gist) => gist is null ? [] : gist.Terms.Select((term, i) => KeyValuePair.Create(term, TermCount.Of(gist, i)));

    private void Spread()
    {
        if (_counts is null)
        {
            (_counts, _place) = (new(Counts(_only)), _only?.Place() ?? new float[NewsTable.Dimensions]);
            _only = null;
        }
    }

    private void Count(Gist gist, int one)
    {
        for (var i = 0; i < gist.Terms.Length; i++)
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts!, gist.Terms[i], out _);
            known = TermCount.Of(gist, i) with { Articles = known.Articles + one };
            if (known.Articles == 0)
            {
                _counts!.Remove(gist.Terms[i]);
            }
        }

        Vectors.Add(_place, gist.Place(), one);
    }
}
