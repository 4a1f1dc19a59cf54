using System.Runtime.InteropServices;

namespace NewsWatch.Core.Stories.Copies;

/// <summary>Finds the texts that share runs of words with another. Texts go by the slots of their articles in the window.</summary>
/// <param name="sketchOf">The text of a slot's article.</param>
internal sealed class CopyIndex(Func<int, TextSketch> sketchOf)
{
    // One run in eight is indexed: a copy shares a dozen, and what shares none in eight shares little.
    private const uint Indexed = 8;
    private const int Compared = 24;
    private const int LatestOfShingle = 64;

    // Nearly all runs stand in one text only: a list for each would be most of what a window holds.
    private readonly Dictionary<uint, int> _one = [];
    private readonly Dictionary<uint, List<int>> _more = [];

    public void Add(int slot)
    {
        foreach (var shingle in sketchOf(slot).Shingles)
        {
            if (shingle % Indexed == 0)
            {
                Add(shingle, slot);
            }
        }
    }

    public void Remove(int slot)
    {
        foreach (var shingle in sketchOf(slot).Shingles)
        {
            if (shingle % Indexed == 0 && !_one.Remove(shingle) && _more.TryGetValue(shingle, out var slots) && slots.Remove(slot) && slots.Count == 0)
            {
                _more.Remove(shingle);
            }
        }
    }

    /// <summary>The slot of the text that the given one is a copy of, and how much of the shorter is in the longer; null for none.</summary>
    /// <param name="sketch">The text's sketch.</param>
    /// <param name="others">Texts that are compared besides: a teaser shares too few runs to be found by them.</param>
    /// <param name="isAbout">Whether a slot's text is about the same: a letter to readers quotes whole reports, and two reports quote one speech.</param>
    public (int Slot, float Contained)? Find(TextSketch sketch, IEnumerable<int> others, Func<int, bool> isAbout)
    {
        var counts = new Dictionary<int, int>();
        foreach (var shingle in sketch.Shingles)
        {
            if (shingle % Indexed == 0)
            {
                Count(shingle, counts);
            }
        }

        (int Slot, float Contained)? best = null;
        foreach (var slot in counts.OrderByDescending(pair => pair.Value).Take(Compared).Select(pair => pair.Key).Concat(others))
        {
            if (sketchOf(slot).With(sketch) is { IsCopy: true } overlap && !(best?.Contained >= overlap.Contained) && isAbout(slot))
            {
                best = (slot, overlap.Contained);
            }
        }

        return best;
    }

    private void Add(uint shingle, int slot)
    {
        if (_more.TryGetValue(shingle, out var slots))
        {
            slots.Add(slot);
        }
        else if (!_one.TryAdd(shingle, slot))
        {
            _one.Remove(shingle, out var first);
            _more.Add(shingle, [first, slot]);
        }
    }

    private void Count(uint shingle, Dictionary<int, int> counts)
    {
        if (_one.TryGetValue(shingle, out var slot))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, slot, out _)++;
        }
        else if (_more.TryGetValue(shingle, out var slots))
        {
            foreach (var one in CollectionsMarshal.AsSpan(slots)[Math.Max(0, slots.Count - LatestOfShingle)..])
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, one, out _)++;
            }
        }
    }
}
