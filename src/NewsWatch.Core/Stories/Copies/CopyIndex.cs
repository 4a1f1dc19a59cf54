using System.Runtime.InteropServices;

namespace NewsWatch.Core.Stories.Copies;

/// <summary>Finds the texts that share runs of words with another.</summary>
/// <typeparam name="T">Whose texts they are.</typeparam>
/// <param name="sketchOf">An owner's text.</param>
internal sealed class CopyIndex<T>(Func<T, TextSketch> sketchOf)
    where T : class
{
    // One run in eight is indexed: a copy shares a dozen, and what shares none in eight shares little.
    private const uint Indexed = 8;
    private const int Compared = 24;
    private const int LatestOfShingle = 64;

    // Nearly all runs stand in one text only: a list for each would be most of what a window holds.
    private readonly Dictionary<uint, T> _one = [];
    private readonly Dictionary<uint, List<T>> _more = [];

    public void Add(T owner)
    {
        foreach (var shingle in sketchOf(owner).Shingles)
        {
            if (shingle % Indexed == 0)
            {
                Add(shingle, owner);
            }
        }
    }

    public void Remove(T owner)
    {
        foreach (var shingle in sketchOf(owner).Shingles)
        {
            if (shingle % Indexed == 0 && !_one.Remove(shingle) && _more.TryGetValue(shingle, out var owners) && owners.Remove(owner) && owners.Count == 0)
            {
                _more.Remove(shingle);
            }
        }
    }

    /// <summary>The owner of the text that the given one is a copy of, and how much of the shorter is in the longer; null for none.</summary>
    /// <param name="sketch">The text's sketch.</param>
    /// <param name="others">Texts that are compared besides: a teaser shares too few runs to be found by them.</param>
    /// <param name="isAbout">Whether an owner's text is about the same: a letter to readers quotes whole reports, and two reports quote one speech.</param>
    public (T Owner, float Contained)? Find(TextSketch sketch, IEnumerable<T> others, Func<T, bool> isAbout)
    {
        var counts = new Dictionary<T, int>();
        foreach (var shingle in sketch.Shingles)
        {
            if (shingle % Indexed == 0)
            {
                Count(shingle, counts);
            }
        }

        (T Owner, float Contained)? best = null;
        foreach (var owner in counts.OrderByDescending(pair => pair.Value).Take(Compared).Select(pair => pair.Key).Concat(others))
        {
            if (sketchOf(owner).With(sketch) is { IsCopy: true } overlap && !(best?.Contained >= overlap.Contained) && isAbout(owner))
            {
                best = (owner, overlap.Contained);
            }
        }

        return best;
    }

    private void Add(uint shingle, T owner)
    {
        if (_more.TryGetValue(shingle, out var owners))
        {
            owners.Add(owner);
        }
        else if (_one.Remove(shingle, out var first))
        {
            _more.Add(shingle, [first, owner]);
        }
        else
        {
            _one.Add(shingle, owner);
        }
    }

    private void Count(uint shingle, Dictionary<T, int> counts)
    {
        if (_one.TryGetValue(shingle, out var owner))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, owner, out _)++;
        }
        else if (_more.TryGetValue(shingle, out var owners))
        {
            foreach (var one in CollectionsMarshal.AsSpan(owners)[Math.Max(0, owners.Count - LatestOfShingle)..])
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, one, out _)++;
            }
        }
    }
}
